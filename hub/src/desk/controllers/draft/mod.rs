//! Notices being written.

pub(in crate::desk) mod delete;
pub(in crate::desk) mod list;
pub(in crate::desk) mod read;
pub(in crate::desk) mod save;
