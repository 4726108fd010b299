//! Who may import whom. The list is the one in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{files, read};

/// Every part and the parts it may use.
const EDGES: &[(&str, &[&str])] = &[
    ("bantin-model", &[]),
    ("bantin-search", &[]),
    ("bantin-media", &[]),
    ("bantin-wire", &["bantin-model"]),
    (
        "bantin-view",
        &["bantin-model", "bantin-search", "bantin-wire"],
    ),
    ("bantin-store", &["bantin-model", "bantin-search"]),
    (
        "bantin-engine",
        &[
            "bantin-media",
            "bantin-model",
            "bantin-search",
            "bantin-store",
            "bantin-view",
            "bantin-wire",
        ],
    ),
    (
        "bantin-relay",
        &["bantin-engine", "bantin-model", "bantin-wire"],
    ),
    ("bantin-hub-store", &["bantin-model"]),
    (
        "bantin-hub",
        &[
            "bantin-hub-store",
            "bantin-media",
            "bantin-model",
            "bantin-wire",
        ],
    ),
    (
        "bantin-cli",
        &[
            "bantin-engine",
            "bantin-model",
            "bantin-relay",
            "bantin-wire",
        ],
    ),
    ("bantin-ui", &["bantin-model", "bantin-wire"]),
    (
        "bantin-web",
        &[
            "bantin-media",
            "bantin-model",
            "bantin-search",
            "bantin-view",
            "bantin-wire",
        ],
    ),
    (
        "bantin-app",
        &[
            "bantin-engine",
            "bantin-model",
            "bantin-relay",
            "bantin-wire",
        ],
    ),
];

/// Parts that only check or build the others; nothing of the product uses them.
const ASIDE: &[&str] = &[
    "bantin-testkit",
    "bantin-tests",
    "bantin-simulation",
    "bantin-bench",
    "bantin-row",
    "bantin-fuzz",
    "xtask",
];

fn manifests() -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for path in files()
        .into_iter()
        .filter(|path| path.ends_with("Cargo.toml"))
    {
        let manifest: toml::Table = read(&path)
            .parse()
            .unwrap_or_else(|e| panic!("{path}: {e}"));
        let Some(name) = manifest.get("package").and_then(|p| p.get("name")) else {
            continue;
        };
        let mut uses: BTreeSet<String> = BTreeSet::new();
        let mut tables = vec![manifest.get("dependencies")];
        let targets = manifest.get("target").and_then(|t| t.as_table());
        tables.extend(
            targets
                .into_iter()
                .flat_map(|t| t.values().map(|v| v.get("dependencies"))),
        );
        for table in tables.into_iter().flatten().filter_map(|t| t.as_table()) {
            uses.extend(
                table
                    .keys()
                    .filter(|name| name.starts_with("bantin-"))
                    .cloned(),
            );
        }
        found.insert(name.as_str().unwrap().to_owned(), uses);
    }
    found
}

#[test]
fn imports_flow_downward() {
    let allowed: BTreeMap<&str, &[&str]> = EDGES.iter().copied().collect();
    for (part, uses) in manifests() {
        if ASIDE.contains(&part.as_str()) {
            continue;
        }
        let may = allowed
            .get(part.as_str())
            .unwrap_or_else(|| panic!("{part} is not in the list"));
        let more: Vec<&String> = uses
            .iter()
            .filter(|used| !may.contains(&used.as_str()))
            .collect();
        assert!(more.is_empty(), "{part} may not use {more:?}");
    }
}

#[test]
fn postgres_never_reaches_a_device() {
    for (part, _) in manifests() {
        let path = files().into_iter().find(|path| {
            path.ends_with("Cargo.toml") && read(path).contains(&format!("name = \"{part}\""))
        });
        let text = path.map(|path| read(&path)).unwrap_or_default();
        let server = part.starts_with("bantin-hub") || ASIDE.contains(&part.as_str());
        assert!(
            server || !text.contains("postgres"),
            "{part} is built for devices"
        );
    }
}
