//! Search for texts in Vietnamese and the minority languages of Vietnam, without I/O.
//!
//! One pipeline serves two engines: the device's SQLite FTS5 (through [`index_text`] and the MATCH
//! strings of [`Query`]) and the browser's in-memory [`Postings`]. Both see the same tokens and
//! order their results by the same [`rank()`], and both must pass the same [`golden`] file.
//!
//! - [`fold()`] takes tones, diacritics, strokes and apostrophes off: `duong` finds `đường`.
//! - [`exact()`] keeps them, so that what was typed with its accents ranks first.
//! - [`tokens()`] finds words, and cluster bigrams where a script writes no spaces (Khmer).

mod apostrophe;
mod class;
mod cluster;
pub mod fold;
pub mod golden;
pub mod index;
mod plain;
pub mod postings;
pub mod query;
pub mod rank;
mod slots;
pub mod snippet;
pub mod tokens;

pub use fold::{exact, fold};
pub use index::{IndexText, Indexer, NewWords, index_text};
pub use postings::Postings;
pub use query::{Form, Limits, Matching, Query, Term};
pub use rank::{Hit, rank};
pub use snippet::{Snippet, snippet};
pub use tokens::{Token, tokens};
