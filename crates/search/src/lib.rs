//! Search for texts in Vietnamese and the minority languages of Vietnam, without I/O.
//!
//! One pipeline serves two engines: word lists that the device stores in runs ([`Indexer`], [`run`],
//! [`newest()`]) and the browser's in-memory [`Postings`]. Both see the same tokens and give the same
//! order, and both must pass the same [`golden`] file.
//!
//! - [`fold()`] takes tones, diacritics, strokes and apostrophes off: `duong` finds `đường`.
//! - [`exact()`] keeps them, so that what was typed with its accents ranks first.
//! - [`tokens()`] finds words, and cluster bigrams where a script writes no spaces (Khmer).

mod apostrophe;
mod bytes;
mod candidates;
mod class;
mod cluster;
pub mod fold;
pub mod golden;
pub mod index;
pub mod newest;
mod plain;
pub mod postings;
pub mod query;
pub mod rank;
pub mod run;
mod slots;
pub mod snippet;
pub mod tokens;
mod varint;

pub use fold::{exact, fold};
pub use index::{Indexer, Lists, WordList};
pub use newest::{Listed, newest};
pub use postings::Postings;
pub use query::{Form, Limits, Query, Term};
pub use rank::{Hit, rank};
pub use run::BadLists;
pub use snippet::{Snippet, snippet};
pub use tokens::{Token, tokens};
