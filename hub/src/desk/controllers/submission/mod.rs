//! Products that households submitted.

pub(in crate::desk) mod publish;
pub(in crate::desk) mod reject;
