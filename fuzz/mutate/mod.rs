//! Valid inputs made slightly wrong. Without coverage to steer by, the depth comes from the seeds: every
//! one is accepted by its target, and most changes leave nearly all of it valid.

mod bytes;
pub mod cbor;
pub mod pack;
pub mod picture;

pub use bytes::mutate;
