//! What a phone and a following hub have in common: the news they hold, the letters they bring up, one sync at a time.

mod driver;
mod letters;
mod news;

pub use driver::{Driver, Next};
pub use letters::{LetterState, Letters};
pub use news::{Extent, News};
