//! The agency's server: it publishes signed feeds, accepts sealed letters and answers through
//! mailboxes. `DIR/` holds everything: `hub.toml`, `hub.db`, `segments/`, `blobs/`, `attachments/` and
//! `keys/`. Use-cases are methods of [`Hub`], written beside their nouns; HTTP and the command line
//! only parse, call and convert.
//!
//! Never logged, at any level: text, contact or attachments of a letter or reply, read keys, passwords,
//! session tokens, secret keys. Letters are named by hash and conversations not at all.

pub mod agency;
pub mod auth;
pub mod backup;
pub mod blob;
mod chance;
pub mod citizen;
pub mod cli;
pub mod clock;
pub mod config;
pub mod conversation;
pub mod desk;
pub mod disk;
pub mod failure;
pub mod feed;
pub mod http;
mod hub;
pub mod import;
pub mod keys;
pub mod letter;
pub mod mailbox;
pub mod officer;
pub mod pack;
pub mod serve;
pub mod upstream;

pub use chance::{bytes as random_bytes, rng};
pub use hub::{DATABASE, Hub};
