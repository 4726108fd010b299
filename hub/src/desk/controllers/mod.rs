//! What the desk's routes do: one folder a noun, one file a verb.

pub(super) mod conversation;
pub(super) mod draft;
pub(super) mod file;
pub(super) mod publication;
pub(super) mod session;
pub(super) mod submission;
