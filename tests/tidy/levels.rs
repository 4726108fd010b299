//! Invariant 5: no level of government has a name in logic.

use crate::tree::{is_product, read, rust_files};

#[test]
fn no_level_has_a_name_in_logic() {
    let words = ["district", "commune", "province", "ward", "huyện", "tỉnh"];
    let mut found = Vec::new();
    for path in rust_files().into_iter().filter(|path| is_product(path)) {
        let text = read(&path);
        // A test module may tell a story with real places; its story begins at `mod tests`.
        let logic = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, line) in logic.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default().to_lowercase();
            let named = |word: &str| {
                code.split(|c: char| !c.is_alphanumeric())
                    .any(|part| part == word)
            };
            if words.iter().any(|word| named(word)) {
                found.push(format!("{path}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "levels are data, not logic: {found:#?}");
}
