//! The messages themselves, compiled in, and the order in which languages are tried.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::Part;
use super::number::grouped;

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
    own: Option<FluentBundle<FluentResource>>,
    vietnamese: FluentBundle<FluentResource>,
}

impl Texts {
    /// The messages for a person who chose `language`.
    pub fn load(language: &str, part: Part) -> Self {
        let tag = interface_tag(language);
        Self {
            tag,
            own: (tag == "en").then(|| bundle(tag, EN, part.en)),
            vietnamese: bundle("vi", VI, part.vi),
        }
    }

    /// The language of the messages.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// The message `key`, or the key itself where even Vietnamese has none (a test keeps that from happening).
    pub fn message(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        self.own
            .as_ref()
            .and_then(|own| format(own, key, args))
            .or_else(|| format(&self.vietnamese, key, args))
            .unwrap_or_else(|| key.to_owned())
    }
}

fn format(
    bundle: &FluentBundle<FluentResource>,
    key: &str,
    args: Option<&FluentArgs<'_>>,
) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut faults = Vec::new();
    Some(
        bundle
            .format_pattern(pattern, args, &mut faults)
            .into_owned(),
    )
}

fn bundle(
    tag: &'static str,
    sources: &[&'static str],
    more: &[&'static str],
) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![locale]);
    // Both interface languages run left to right; isolating marks would only get in the way of copying.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match tag {
        "en" => |value, _| number_text(value, ','),
        _ => |value, _| number_text(value, '.'),
    }));
    for source in sources.iter().chain(more) {
        // What can be parsed of a damaged file is used; a test sees to it that all of it can.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Numbers the way the language writes them: 1.234 in Vietnamese, 1,234 in English.
fn number_text(value: &FluentValue<'_>, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(grouped(number.value as i64, separator)),
        _ => None,
    }
}
