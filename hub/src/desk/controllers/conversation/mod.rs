//! Reading and answering letters.

pub(in crate::desk) mod forward;
pub(in crate::desk) mod queue;
pub(in crate::desk) mod read;
pub(in crate::desk) mod reply;
mod view;
