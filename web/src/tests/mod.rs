//! The engine against a small country and an honest hub, all in memory: what the browser does, without a
//! browser.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

#[path = "../../../crates/model/tests/feed/country.rs"]
#[allow(dead_code, missing_docs)]
mod country;

mod claim;
mod data;
mod faults;
mod golden;
mod hub;
mod letters;
mod news;
mod tab;
