//! Publishing, correcting, withdrawing.

pub(in crate::desk) mod list;
pub(in crate::desk) mod publish;
pub(in crate::desk) mod read;
pub(in crate::desk) mod withdraw;
