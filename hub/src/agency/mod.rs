//! Agencies that a conversation can be passed on to. Each is known by a parcel that proves its keys under
//! the root: this hub makes those of its own agencies, and gets others from the hubs below and above.

mod choose;
mod own;
mod tell;

pub use choose::KnownAgency;
pub(crate) use tell::missing;
