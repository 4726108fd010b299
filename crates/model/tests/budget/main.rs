//! Mai pays for every megabyte: what goes first, what waits, and what is counted.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod judge;
mod pace;
mod spending;
