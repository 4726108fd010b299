//! Officer Hạnh at her desk: she signs in, publishes, answers Mai and checks Thu's product; officer Lâm
//! has no grant; and nobody gets in who should not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod browser;
mod conversation;
mod form;
mod junk;
mod media;
mod origin;
mod publication;
mod session;
mod submission;
