//! The device's store: one change is all or nothing, search answers the golden file, lists and searches
//! walk their indexes, and what was acknowledged is there after a restart.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod feed;
mod letter;
mod plan;
mod search;
mod support;
