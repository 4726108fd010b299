//! A corpus of Vietnamese notices that exists only to be measured with: made from a seed, the same on every machine.
//!
//! A benchmark over random letters measures nothing: sizes and search times depend on how a language repeats
//! itself. So the documents are composed of real Vietnamese phrases (`bench/data/`, written for this purpose), drawn
//! with frequencies that fall off as in natural text, each document keeping to its topic. They are close to 1,580 bytes of
//! UTF-8 and compress one by one to about 810 bytes at zstd -19, as genuine notices do; a test holds both.
//!
//! As one stream they are a little cheaper than genuine notices: 10,000 of them as JSON lines take 334 bytes each at
//! zstd -19, their text alone 324, where genuine notices took 392. A figure for bytes of a first sync has to be read
//! with that; `bantin-bench` prints it beside. What a number, a village or a sentence says was drawn, so that texts
//! differ as those of many authors do; it reads like Vietnamese and means nothing.
//!
//! **The sentences state no facts.** They are never shipped and never shown to anybody as news.

mod compose;
mod draw;
mod query;
mod vocabulary;

pub use query::{Query, queries, unaccented};
pub use vocabulary::TOPICS;

/// The seed every published figure uses.
pub const SEED: u64 = 20_250_701;
/// Day on which the first document is issued: 2025-07-01 00:00 UTC, in seconds since 1970.
pub const FIRST_ISSUED_AT: i64 = 1_751_328_000;
/// Seconds between two documents: 10,000 of them span a little over two years.
pub const ISSUE_INTERVAL_S: i64 = 7_200;

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its number in the corpus, from 0.
    pub id: u64,
    /// One line, without a full stop.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Several paragraphs, separated by an empty line.
    pub body: String,
    /// One of [`TOPICS`].
    pub topic: &'static str,
    /// Seconds since 1970; rises with the id.
    pub issued_at: i64,
}

impl Document {
    /// All text of the document, the way its size is counted: title, summary and body, each ended by a newline.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.title, self.summary, self.body)
    }
}

/// The first `count` documents of the corpus of `seed`.
pub fn documents(seed: u64, count: u64) -> impl Iterator<Item = Document> {
    (0..count).map(move |id| document(seed, id))
}

/// Document `id` of the corpus of `seed`. It does not depend on any other, so a corpus can be made in pieces, and a
/// changed document is `document(other_seed, id)`.
pub fn document(seed: u64, id: u64) -> Document {
    compose::document(&mut draw::Draw::new(seed, id), id)
}
