//! Signing in and out.

pub(in crate::desk) mod sign_in;
pub(in crate::desk) mod sign_out;
pub(in crate::desk) mod who_am_i;
