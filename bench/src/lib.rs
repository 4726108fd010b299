//! What Bản Tin is measured with.
//!
//! - [`corpus`] makes any number of Vietnamese documents, and the queries to search them with, from a seed.

pub mod corpus;
