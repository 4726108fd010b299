//! Packs: what this device holds and carries, written to one file, and such a file taken in
//! (`docs/formats/pack.md`).
//!
//! Taking in is a sync whose hub is a file: news go through the same session and the same transactions,
//! receipts and answers through the same checks. What is somebody else's is carried.

mod carried;
mod export;
mod feeds;
mod import;
mod mine;
mod show;
mod source;
mod stage;

pub use show::show;
