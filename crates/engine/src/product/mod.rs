//! OCOP products: the agency's catalogue, and submitting one.

mod list;
mod read;
mod submit;
