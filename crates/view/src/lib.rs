//! From what a device holds to what its window shows, and from what a person typed to what is sealed.
//!
//! The app's engine (SQLite) and the browser's engine (IndexedDB) differ in where things lie and in
//! nothing else: what a card says, in which language, how sure its origin is, where a conversation
//! stands and what can be done with it is decided here, once. No I/O, no clock, no randomness.

mod conversation;
mod directory;
mod feed;
mod form;
mod notice;
mod pairing;
mod part;
mod product;
mod reader;
mod refusal;
mod search;
mod settings;
mod stones;
mod thread;
mod write;

pub use conversation::{conversation_card, conversation_page};
pub use directory::Directory;
pub use feed::{FeedMark, authenticity};
pub use form::{
    Act, PHOTOS_MAX, close_act, product_act, question_act, rate_act, reopen_act, reply_act,
};
pub use notice::{Marks, can_be_heard, notice_card, notice_order, notice_page, notice_shown};
pub use pairing::Pairing;
pub use part::Context;
pub use product::{product_card, product_order, product_page, product_shown};
pub use reader::{Reader, judged};
pub use refusal::{
    claim_failure, letter_failure, media_failure, outcome, outcome_failure, seal_failure,
    trouble_code, trouble_of_answer,
};
pub use search::{SNIPPET_CHARS_MAX, Searchable, hit, passage, searchable};
pub use settings::{DRAFT_BYTES_MAX, DRAFT_KEY_BYTES_MAX, check_draft, check_settings};
pub use thread::{SentLetter, Thread};
pub use write::{Envelope, Written, write};
