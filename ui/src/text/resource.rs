//! The messages themselves, compiled in, and the order in which languages are tried.

use super::Part;
use super::messages::{Args, Messages};

/// Vietnamese: the source, always complete.
const VI: &[&str] = &[
    include_str!("../../../locales/vi/frame.ftl"),
    include_str!("../../../locales/vi/start.ftl"),
    include_str!("../../../locales/vi/home.ftl"),
    include_str!("../../../locales/vi/news.ftl"),
    include_str!("../../../locales/vi/market.ftl"),
    include_str!("../../../locales/vi/ask.ftl"),
    include_str!("../../../locales/vi/me.ftl"),
    include_str!("../../../locales/vi/share.ftl"),
    include_str!("../../../locales/vi/data.ftl"),
    include_str!("../../../locales/vi/name.ftl"),
    include_str!("../../../locales/vi/time.ftl"),
    include_str!("../../../locales/vi/error.ftl"),
];

/// English.
const EN: &[&str] = &[
    include_str!("../../../locales/en/frame.ftl"),
    include_str!("../../../locales/en/start.ftl"),
    include_str!("../../../locales/en/home.ftl"),
    include_str!("../../../locales/en/news.ftl"),
    include_str!("../../../locales/en/market.ftl"),
    include_str!("../../../locales/en/ask.ftl"),
    include_str!("../../../locales/en/me.ftl"),
    include_str!("../../../locales/en/share.ftl"),
    include_str!("../../../locales/en/data.ftl"),
    include_str!("../../../locales/en/name.ftl"),
    include_str!("../../../locales/en/time.ftl"),
    include_str!("../../../locales/en/error.ftl"),
];

/// The interface language that serves a person who chose `language`: the same if there are messages in
/// it, else `vi`. Never English by accident.
pub fn interface_tag(language: &str) -> &'static str {
    match language.split('-').next() {
        Some("en") => "en",
        _ => "vi",
    }
}

/// Messages of one language with Vietnamese behind it.
pub struct Texts {
    tag: &'static str,
    own: Option<Messages<'static>>,
    vietnamese: Messages<'static>,
}

impl Texts {
    /// The messages for a person who chose `language`.
    pub fn load(language: &str, part: Part) -> Self {
        let tag = interface_tag(language);
        Self {
            tag,
            own: (tag == "en").then(|| messages(tag, EN, part.en)),
            vietnamese: messages("vi", VI, part.vi),
        }
    }

    /// The language of the messages.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// The message `key`, or the key itself where even Vietnamese has none (a test keeps that from happening).
    pub fn message(&self, key: &str, args: &Args) -> String {
        self.own
            .as_ref()
            .and_then(|own| own.format(key, args))
            .or_else(|| self.vietnamese.format(key, args))
            .unwrap_or_else(|| key.to_owned())
    }
}

fn messages(
    tag: &'static str,
    sources: &[&'static str],
    more: &[&'static str],
) -> Messages<'static> {
    let mut messages = Messages::new(tag);
    sources
        .iter()
        .chain(more)
        .for_each(|source| messages.add(source));
    messages
}
