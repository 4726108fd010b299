//! Stories of a device: Mai the villager, Thu who sells rượu cần, and the agency of officer Hạnh, against
//! a hub of a few lines that can be told to misbehave.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod bad_input;
mod cast;
mod claim;
mod data;
mod faults;
mod hub;
#[cfg(target_os = "linux")]
mod large;
mod letters;
mod line;
mod news;
mod pack;
mod room;
mod server;
mod shelf;
mod turn;
