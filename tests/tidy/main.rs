//! The house rules as ordinary tests: what stands in ARCHITECTURE.md and can be checked is checked here.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod edges;
mod files;
mod levels;
mod texts;
mod tree;
