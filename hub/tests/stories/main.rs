//! Stories of a hub: what goes down, what comes up, and what it does with bad input.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod canary;
mod feed;
mod junk;
mod keys;
mod letter;
mod mailbox;
mod officer;
mod pages;
mod product;
mod restore;
mod upload;
