//! The short forms of the fault harnesses, and the proof that each can turn red. The long forms are run by
//! `./x soak`; docs/soak.md explains them.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod clocks;
mod disks;
mod lines;
mod packs;
mod restores;
