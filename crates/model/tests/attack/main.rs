//! What an attacker can try, by the classes of The Update Framework, with real signatures: one file per
//! class. Each test first shows that the honest way is open, so that a refusal means something.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

#[path = "../feed/country.rs"]
mod country;
mod phone;

mod compromise;
mod content;
mod forward;
mod freeze;
mod length;
mod letters;
mod mixed;
mod moved;
mod rollback;
mod roots;
