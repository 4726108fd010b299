//! Files: small, documented, finished.

use crate::tree::{is_product, read, rust_files};

#[test]
fn files_stay_small() {
    let mut sizes: Vec<(usize, String)> = rust_files()
        .into_iter()
        .map(|path| (read(&path).lines().count(), path))
        .collect();
    sizes.sort();
    let (largest, path) = sizes.last().unwrap();
    assert!(
        *largest <= 500,
        "{path} has {largest} lines: split it by noun"
    );
    let at = |share: usize| sizes[sizes.len() * share / 100].0;
    assert!(at(50) <= 120, "the median file has {} lines", at(50));
    assert!(
        at(90) <= 350,
        "one file in ten has more than {} lines",
        at(90)
    );
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<String> = rust_files()
        .into_iter()
        .filter(|path| !read(path).starts_with("//!"))
        .collect();
    assert!(silent.is_empty(), "no module doc at the top of: {silent:?}");
}

#[test]
fn nothing_is_left_unfinished() {
    let words = [
        "TODO",
        "FIXME",
        "XXX",
        "todo!(",
        "unimplemented!(",
        "dbg!(",
        "coming soon",
    ];
    let mut found = Vec::new();
    for path in rust_files()
        .into_iter()
        .filter(|path| !path.starts_with("tests/tidy/"))
    {
        let text = read(&path);
        let lines = text.lines().enumerate();
        let left = lines.filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        found.extend(left.map(|(at, line)| format!("{path}:{}: {}", at + 1, line.trim())));
    }
    assert!(found.is_empty(), "unfinished by its own word: {found:#?}");
}

#[test]
fn no_module_is_a_grab_bag() {
    let names = [
        "util", "utils", "helper", "helpers", "common", "manager", "service", "misc",
    ];
    let is_bag = |path: &String| {
        let stem = path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        let folder = path.rsplit('/').nth(1).unwrap_or_default();
        names.contains(&stem) || names.contains(&folder)
    };
    let bags: Vec<String> = rust_files().into_iter().filter(is_bag).collect();
    assert!(bags.is_empty(), "named after nothing: {bags:?}");
}

#[test]
fn tests_do_not_sleep_or_skip() {
    let words = ["thread::sleep", "time::sleep(", "#[ignore", "assert!(true)"];
    let mut found = Vec::new();
    let tests = rust_files().into_iter().filter(|path| !is_product(path));
    for path in tests.filter(|path| !path.starts_with("tests/tidy/") && path.contains("tests/")) {
        let text = read(&path);
        let bad = |line: &&str| words.iter().any(|word| line.contains(word));
        // Waiting for a condition in small steps is the one allowed use, and says so.
        let waits = |line: &str| line.contains("// poll");
        found.extend(
            text.lines()
                .filter(bad)
                .filter(|l| !waits(l))
                .map(|l| format!("{path}: {l}")),
        );
    }
    assert!(
        found.is_empty(),
        "wait for the condition instead: {found:#?}"
    );
}
