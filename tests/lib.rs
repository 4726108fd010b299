//! What the end-to-end stories drive: the real programs, a network that fails on purpose, browsers and
//! the real window. The stories themselves are in `story/`, the house rules in `tidy/`.
//!
//! Everything here may panic: a driver that cannot do its work is a failed test, and says why.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

pub mod browser;
pub mod clock;
pub mod database;
pub mod disk;
pub mod errand;
pub mod hub;
pub mod network;
pub mod pack;
pub mod phone;
pub mod photo;
pub mod programs;
pub mod restore;
pub mod trace;
pub mod wait;
pub mod words;
