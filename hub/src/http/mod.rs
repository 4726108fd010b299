//! What both origins share: failures as answers, headers, ranges, files of pages, and the listener.

mod answer;
mod files;
mod headers;
mod listen;
mod range;
mod time;

pub use answer::{Problem, status};
pub use files::pages;
pub use headers::protect;
pub use listen::{Listening, Peer, listen};
pub use range::{blob_answer, etag, matches};
pub use time::within;
