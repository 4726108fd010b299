//! Where a conversation stands, until when an answer is due, and what is proven.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

mod deadline;
mod status;
mod stones;
