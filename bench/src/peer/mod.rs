//! What Bản Tin is measured beside: programs of others, fetched into `target/` and run for real.
//!
//! Their own packages come from npm and PyPI at the first run, pinned by `bench/peer/`; nothing of them is kept in
//! the repository or reaches a user. Where one cannot be had, its rows say so and no figure stands in for it.

mod documents;
mod folder;
mod lines;
mod pouch;
mod zim;

pub use documents::documents_file;
pub use folder::Peers;
pub use pouch::{Pouch, PouchPhone, PouchServer, Sent};
pub use zim::{Zim, ZimTimes};
