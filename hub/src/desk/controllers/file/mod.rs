//! Pictures, sounds and attachments.

pub(in crate::desk) mod attachment;
pub(in crate::desk) mod blob;
pub(in crate::desk) mod upload;
