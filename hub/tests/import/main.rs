//! Officer Hạnh brings a folder of text files: what is in order becomes drafts, what is not is named
//! with file and line, and nothing of a folder with a fault is taken.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod folder;
mod header;
mod hostile;
mod starter;
mod words;
