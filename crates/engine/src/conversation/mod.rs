//! Conversations with agencies: sealed once, safe on this device before anything is said to be saved.

mod act;
mod ask;
mod claim;
mod list;
mod outbox;
mod read;
mod thread;
mod write;

pub use outbox::WaitingLetter;
