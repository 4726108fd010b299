//! Mailboxes: read by whoever holds the read key, and by nodes below that carried letters here.

mod below;
mod carried;
mod poll;

pub(crate) use below::{PARCEL_BYTES, within};
pub use carried::Asked;
