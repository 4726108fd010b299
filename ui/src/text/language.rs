//! Languages by name. A name is written only where it is sure: minority languages carry their Vietnamese
//! name until a speaker gives us theirs.

use crate::t;

/// Languages a person can choose, by tag, in the order in which they are offered.
pub const OFFERED: &[&str] = &[
    "vi", "cjm-Latn", "cjm-Cham", "rog-Latn", "kpm-Latn", "crw-Latn", "blt-Latn", "blt-Tavt",
    "mww-Latn", "tyz-Latn", "nut-Latn", "mtq-Latn", "rad-Latn", "jra-Latn", "bdq-Latn", "km-Khmr",
    "en",
];

/// The name of a language in the language of the messages; the tag itself if we do not know it.
pub fn language_name(tag: &str) -> String {
    match tag {
        "vi" => t!("language-vi"),
        "en" => t!("language-en"),
        "cjm-Latn" => t!("language-cjm-latn"),
        "cjm-Cham" => t!("language-cjm-cham"),
        "rog-Latn" => t!("language-rog"),
        "kpm-Latn" => t!("language-kpm"),
        "crw-Latn" => t!("language-crw"),
        "blt-Latn" => t!("language-blt-latn"),
        "blt-Tavt" => t!("language-blt-tavt"),
        "mww-Latn" | "hnj-Latn" => t!("language-mww"),
        "tyz-Latn" => t!("language-tyz"),
        "nut-Latn" => t!("language-nut"),
        "mtq-Latn" => t!("language-mtq"),
        "rad-Latn" => t!("language-rad"),
        "jra-Latn" => t!("language-jra"),
        "bdq-Latn" => t!("language-bdq"),
        "km-Khmr" => t!("language-km"),
        "zh-Hans" => t!("language-zh"),
        "ko" => t!("language-ko"),
        "ru" => t!("language-ru"),
        "ar" => t!("language-ar"),
        other => other.to_owned(),
    }
}

/// How a language names itself, where its standard name is well documented (CLDR); else its Vietnamese name.
pub fn own_name(tag: &str) -> String {
    match tag {
        "vi" => "Tiếng Việt".into(),
        "en" => "English".into(),
        "km-Khmr" => "ភាសាខ្មែរ".into(),
        other => language_name(other),
    }
}

/// `rtl` for languages written from right to left, else `ltr`.
pub fn direction(tag: &str) -> &'static str {
    match tag.split('-').next() {
        Some("ar" | "fa" | "he" | "ur") => "rtl",
        _ => "ltr",
    }
}

/// Whether the interface itself speaks this language.
pub fn has_interface(tag: &str) -> bool {
    matches!(tag, "vi" | "en")
}
