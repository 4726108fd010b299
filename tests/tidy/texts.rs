//! Files that people read.

use crate::tree::{files, read};

#[test]
fn documents_point_at_what_exists() {
    let all = files();
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
    ] {
        let text = read(document);
        let quoted = text.split('`').skip(1).step_by(2);
        let looks_like_path = |word: &&str| {
            word.contains('/')
                && !word.contains([' ', '*', '<', '{', '…', ':', '='])
                && !word.starts_with(['/', '.', '-'])
        };
        for path in quoted.filter(looks_like_path) {
            let clean = path.trim_end_matches('/');
            let there = all
                .iter()
                .any(|f| f == clean || f.starts_with(&format!("{clean}/")));
            assert!(there, "{document} names {path}, which is not there");
        }
    }
}

#[test]
fn the_readme_names_the_two_commands() {
    let readme = read("README.md");
    for command in ["./x run", "./x test"] {
        assert!(readme.contains(command), "a newcomer must find {command}");
    }
}

#[test]
fn numbered_invariants_name_their_tests() {
    let text = read("ARCHITECTURE.md");
    let after = text
        .split("## Invariants")
        .nth(1)
        .expect("a section of invariants");
    let section = after.split("\n## ").next().unwrap_or_default();
    for number in 1..=10 {
        let start = format!("\n{number}. ");
        let item = section
            .split(&start)
            .nth(1)
            .unwrap_or_else(|| panic!("invariant {number}"));
        let item = item.split("\n\n").next().unwrap_or_default();
        assert!(
            item.contains("Test"),
            "invariant {number} names no test: {item}"
        );
    }
}
