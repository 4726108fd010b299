//! Texts of the windows: Fluent messages in the person's language, with Vietnamese behind it.
//!
//! [`t!`](crate::t) is the only way to a message. It gives a plain `String`: when the language changes the
//! window builds itself anew, so no message has to be watched.

mod failure;
pub mod language;
mod moment;
mod number;
mod resource;

use std::cell::RefCell;

use bantin_wire::Failure;
use fluent_bundle::FluentArgs;

pub use failure::{failure_text, field_text};
pub use moment::{ago, clock, date, date_of_text, month_short, sort_day, when};
pub use number::{bytes_text, number};
pub use resource::{Texts, interface_tag};

/// Messages of a part that not every window has: its files in Vietnamese and in English.
#[derive(Clone, Copy, Default)]
pub struct Part {
    /// Vietnamese: the source.
    pub vi: &'static [&'static str],
    /// English.
    pub en: &'static [&'static str],
    /// The part's own words for failures that mean something else there.
    pub failure: Option<fn(&Failure) -> Option<String>>,
}

thread_local! {
    static PART: std::cell::Cell<Part> = const { std::cell::Cell::new(Part { vi: &[], en: &[], failure: None }) };
    static TEXTS: RefCell<Option<Texts>> = const { RefCell::new(None) };
}

/// Adds the messages of a part to those every window has. Call before [`speak`].
pub fn extend(part: Part) {
    PART.set(part);
}

/// Shows messages in `language` from now on. A language without an interface of its own gets Vietnamese.
pub fn speak(language: &str) {
    TEXTS.with_borrow_mut(|slot| *slot = Some(Texts::load(language, PART.get())));
}

/// The message `key`; use [`t!`](crate::t).
pub fn message(key: &str, args: Option<&FluentArgs<'_>>) -> String {
    TEXTS.with_borrow_mut(|slot| {
        slot.get_or_insert_with(|| Texts::load("vi", PART.get()))
            .message(key, args)
    })
}

/// The language in which messages are shown now: `vi` or `en`.
pub fn spoken() -> &'static str {
    TEXTS.with_borrow_mut(|slot| {
        slot.get_or_insert_with(|| Texts::load("vi", PART.get()))
            .tag()
    })
}

/// A message by its key: `t!("nav-home")`, `t!("ago-hours", count = 2)`.
#[macro_export]
macro_rules! t {
    ($key:literal) => {
        $crate::text::message($key, None)
    };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        let mut args = $crate::text::Args::new();
        $(args.set(stringify!($name), $value);)+
        $crate::text::message($key, Some(&args))
    }};
}

/// Arguments of a message; for [`t!`](crate::t).
pub type Args<'a> = FluentArgs<'a>;
