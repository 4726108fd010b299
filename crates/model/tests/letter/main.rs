//! Letters from the phone to the agency and back: the story, the faults, the exact bytes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

mod attachments;
mod cast;
mod claim;
mod contents;
mod faults;
mod forward;
mod reseal;
mod story;
mod vectors;
