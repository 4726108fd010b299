//! Feeds and syncs: what is believed, what is replayed, and what a session does about it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod author;
mod changes;
mod country;
mod mailbox;
mod opened;
mod outbox;
mod place;
mod segment;
mod session;
mod tree;
mod trust;
mod zstd;
