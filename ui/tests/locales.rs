//! Every message in every language: none missing, none unused, none that cannot be read, and one for each
//! failure. Files and keys are read from the sources themselves, so nobody has to keep a list.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Message texts by key.
fn messages(language: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for path in files(&root().join("locales").join(language), "ftl") {
        let text = fs::read_to_string(&path).unwrap();
        let mut key = None::<String>;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, value)) = line
                .split_once(" =")
                .filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                let old = all.insert(name.to_owned(), value.trim().to_owned());
                assert_eq!(old, None, "{name} is written once in {language}");
                key = Some(name.to_owned());
            } else if let Some(name) = key.as_ref().filter(|_| line.starts_with(' ')) {
                all.get_mut(name).unwrap().push_str(&format!("\n{line}"));
            }
        }
    }
    all
}

fn bundle(language: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
    for path in files(&root().join("locales").join(language), "ftl") {
        let resource = FluentResource::try_new(fs::read_to_string(&path).unwrap());
        let resource = resource
            .unwrap_or_else(|(_, faults)| panic!("{} cannot be read: {faults:?}", path.display()));
        bundle
            .add_resource(resource)
            .unwrap_or_else(|faults| panic!("{}: {faults:?}", path.display()));
    }
    bundle
}

/// Keys that the sources ask for.
fn asked() -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = codes().iter().map(|code| format!("error-{code}")).collect();
    for path in files(&root().join("ui/src"), "rs") {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("t!(") {
            // `t!(` ends other macros' names too: `assert!(`, `format!(`.
            if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let after = text[at + 3..].trim_start();
            if let Some(key) = after
                .strip_prefix('"')
                .and_then(|rest| rest.split_once('"'))
            {
                // The macro's own documentation shows keys too; they exist.
                keys.insert(key.0.to_owned());
            }
        }
    }
    keys
}

/// Codes of failures, from the enumeration itself.
fn codes() -> Vec<String> {
    let text = fs::read_to_string(root().join("crates/wire/src/failure.rs")).unwrap();
    let body = text
        .split_once("pub enum Code {")
        .unwrap()
        .1
        .split_once("\n}")
        .unwrap()
        .0;
    body.lines()
        .map(str::trim)
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|line| {
            let mut code = String::new();
            for c in line.trim_end_matches(',').chars() {
                if c.is_ascii_uppercase() && !code.is_empty() {
                    code.push('-');
                }
                code.push(c.to_ascii_lowercase());
            }
            code
        })
        .collect()
}

/// Names of the variables in a message.
fn variables(text: &str) -> BTreeSet<String> {
    text.split('$')
        .skip(1)
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        })
        .collect()
}

#[test]
fn every_key_that_is_asked_for_exists_and_no_other() {
    let asked = asked();
    assert!(asked.len() > 200, "the sources were really read");
    for language in ["vi", "en"] {
        let have: BTreeSet<String> = messages(language).into_keys().collect();
        let missing: Vec<_> = asked.difference(&have).collect();
        let unused: Vec<_> = have.difference(&asked).collect();
        assert!(missing.is_empty(), "missing in {language}: {missing:?}");
        assert!(
            unused.is_empty(),
            "nobody asks for these in {language}: {unused:?}"
        );
    }
}

#[test]
fn every_failure_has_a_message() {
    let codes = codes();
    assert!(
        codes.contains(&"media-too-many-pixels".to_owned()),
        "codes are spelt as on the wire"
    );
    for language in ["vi", "en"] {
        let messages = messages(language);
        for code in &codes {
            assert!(
                messages.contains_key(&format!("error-{code}")),
                "error-{code} tells Mai what to do, in {language}"
            );
        }
    }
}

#[test]
fn a_translation_names_nothing_that_the_source_does_not() {
    let (source, english) = (messages("vi"), messages("en"));
    for (key, text) in &english {
        // The parts of a date are the one place where languages order and write differently.
        if key == "date" || key == "month-short" {
            continue;
        }
        assert_eq!(
            variables(text),
            variables(&source[key]),
            "{key} says the same with the same values"
        );
    }
}

#[test]
fn vietnamese_has_one_plural_form() {
    for (key, text) in messages("vi") {
        for form in ["[one]", "[zero]", "[two]", "[few]", "[many]"] {
            assert!(
                !text.contains(form),
                "{key}: CLDR gives Vietnamese `other` only"
            );
        }
    }
}

#[test]
fn messages_can_be_read_and_formatted() {
    for language in ["vi", "en"] {
        let bundle = bundle(language);
        for (key, text) in messages(language) {
            let mut args = FluentArgs::new();
            for name in variables(&text) {
                args.set(name, 3);
            }
            if key == "date" {
                args.set("month", 3);
            }
            let mut faults = Vec::new();
            let pattern = bundle.get_message(&key).and_then(|m| m.value()).unwrap();
            let shown = bundle.format_pattern(pattern, Some(&args), &mut faults);
            assert!(faults.is_empty(), "{key} in {language}: {faults:?}");
            assert!(
                !shown.contains('{'),
                "{key} in {language} leaves no brace: {shown}"
            );
        }
    }
}

#[test]
fn a_number_changes_its_english_word_and_not_its_vietnamese_one() {
    let said = |language: &str, count: i64| {
        let mut args = FluentArgs::new();
        args.set("count", count);
        let bundle = bundle(language);
        let pattern = bundle
            .get_message("truth-waiting")
            .and_then(|m| m.value())
            .unwrap();
        bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .replace(['\u{2068}', '\u{2069}'], "")
    };
    assert_eq!(said("vi", 1), "1 thư chờ gửi", "one letter waits");
    assert_eq!(
        said("vi", 2),
        "2 thư chờ gửi",
        "two letters wait with the same word"
    );
    assert_eq!(said("en", 1), "1 letter waiting", "one letter waits");
    assert_eq!(said("en", 2), "2 letters waiting", "two letters wait");
}
