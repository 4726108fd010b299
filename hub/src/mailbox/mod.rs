//! Mailboxes: read by whoever holds the read key, and by nodes below that carried letters here.

mod carried;
mod poll;

pub use carried::Asked;
