//! The words of the interface, read from `locales/`: a story presses what a person reads, and a better
//! wording needs no change here.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use crate::programs::root;

static WORDS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| read("vi"));

fn read(language: &str) -> BTreeMap<String, String> {
    let folder = root().join("locales").join(language);
    let mut words = BTreeMap::new();
    let files = fs::read_dir(&folder).expect("locales/ is there").flatten();
    let mut files: Vec<_> = files.map(|file| file.path()).collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(file).expect("a locale file is text");
        for line in text.lines() {
            if let Some((key, value)) = line.split_once(" = ")
                && !key.starts_with([' ', '#', '-'])
            {
                words.insert(key.to_owned(), value.to_owned());
            }
        }
    }
    words
}

/// The Vietnamese words under `key`, up to the first value that is put in.
///
/// # Panics
/// If there is no such key.
pub fn words(key: &str) -> String {
    let text = WORDS
        .get(key)
        .unwrap_or_else(|| panic!("no words named {key} in locales/vi"));
    text.split('{').next().unwrap_or_default().trim().to_owned()
}

/// Every key there is: none of them may ever stand on a screen.
pub fn keys() -> Vec<String> {
    WORDS.keys().cloned().collect()
}
