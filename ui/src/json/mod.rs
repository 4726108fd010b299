//! JSON between the windows and what stands behind them, read and written by `serde` in as little code as
//! that takes: the pages are downloaded over village links, and a general reader, with its fractions, its
//! messages and its second way into every struct, was a tenth of the first download.
//!
//! Left out is what no type of ours has: fractions, values that say their own type, and words about what is
//! wrong. A text that cannot be read is a [`Fault`] and nothing more.

mod read;
mod scan;
mod write;

use std::fmt::{self, Display, Formatter};

pub use read::read;
pub use write::write;

/// The text, or the value, has not the agreed form. Where is not kept: nobody would be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault;

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("not the agreed form")
    }
}

impl std::error::Error for Fault {}

impl serde::ser::Error for Fault {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Every way to go wrong is named here although the trait has words for each: those words are code.
impl serde::de::Error for Fault {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }
    fn invalid_value(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}
