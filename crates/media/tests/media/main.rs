//! What crates/media promises, told with the files people really have. Every fixture is made here, in code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod audio;
mod fixtures;
mod hostile;
mod metadata;
mod photo;
mod refusals;
