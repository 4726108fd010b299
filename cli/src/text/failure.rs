//! The message of a failure, from the same files as the app's.

use bantin_wire::Failure;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::args::Language;

/// The message of `failure`; its code if the message cannot be made.
pub(crate) fn failure(failure: &Failure, language: Language) -> String {
    let code = failure.code.as_str();
    let said = message(failure, language).unwrap_or_else(|| code.clone());
    match &failure.field {
        Some(field) => format!("{field}: {said}"),
        None => said,
    }
}

fn message(failure: &Failure, language: Language) -> Option<String> {
    let (lang, file) = match language {
        Language::Vi => ("vi", include_str!("../../../locales/vi/error.ftl")),
        Language::En => ("en", include_str!("../../../locales/en/error.ftl")),
    };
    let lang: LanguageIdentifier = lang.parse().ok()?;
    let mut bundle = FluentBundle::new(vec![lang]);
    // Isolation marks are for screens that mix directions, not for terminals.
    bundle.set_use_isolating(false);
    bundle
        .add_resource(FluentResource::try_new(file.to_owned()).ok()?)
        .ok()?;
    let key = format!("error-{}", failure.code.as_str());
    let pattern = bundle.get_message(&key)?.value()?;
    let mut args = FluentArgs::new();
    args.set(
        "known",
        if failure.number.is_some() {
            "yes"
        } else {
            "no"
        },
    );
    args.set("number", failure.number.unwrap_or_default());
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use bantin_wire::Code;

    use super::*;

    #[test]
    fn a_failure_says_what_to_do_in_both_languages() {
        for (language, words) in [(Language::Vi, "20000 chữ"), (Language::En, "20000")] {
            let long = Failure::at(Code::TooLong, "text").with(20_000);
            let said = failure(&long, language);
            assert!(said.starts_with("text: "), "the field is named: {said}");
            assert!(said.contains(words), "the limit is named: {said}");
        }
        let offline = failure(&Failure::new(Code::Offline), Language::Vi);
        assert!(
            offline.starts_with("Không có mạng"),
            "in Vietnamese: {offline}"
        );
    }
}
