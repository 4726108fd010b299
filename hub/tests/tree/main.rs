//! Stories of a tree of hubs: the centre, a province below it, a commune below that. Each hub has its
//! own keys, store and address, and they know of each other only what travels over HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod carried;
mod cast;
mod cut;
mod forward;
mod letters;
mod moved;
mod news;
mod phone;
mod unknown;
