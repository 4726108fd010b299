//! The whole story, with the real programs: Officer Hạnh publishes, Mai reads without a network, asks
//! and is answered, Thu shows her rượu cần; on the command line, under every fault.
//!
//! The stories share nothing but the programs, so they run beside one another; each has folders and ports
//! of its own.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod browser;
mod cli;
mod relay;
mod screen;
mod village;
mod window;
