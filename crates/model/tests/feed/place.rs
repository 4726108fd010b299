//! Invariant 5: no level name in logic. Bình Thuận's communes move to Lâm Đồng; history and links stay.

use std::collections::BTreeMap;

use bantin_model::id::Lang;
use bantin_model::place::PlaceTree;
use bantin_model::record::PlaceInfo;
use bantin_model::time::{Seconds, Validity};

use crate::country::place;

const MERGER: Seconds = Seconds(1_751_328_000); // 2025-07-01

fn period(
    id: &str,
    parent: Option<&str>,
    from: u64,
    until: Option<Seconds>,
    to: &[&str],
) -> PlaceInfo {
    PlaceInfo {
        id: place(id),
        names: BTreeMap::from([(Lang::vietnamese(), id.to_owned())]),
        official_code: None,
        kind_text: String::new(),
        parent: parent.map(place),
        valid: Validity {
            from: Seconds(from),
            until,
        },
        successors: to.iter().map(|id| place(id)).collect(),
    }
}

/// Before: Đông Giang below a district below Bình Thuận. After: directly below Lâm Đồng.
fn merged() -> PlaceTree {
    let mut tree = PlaceTree::default();
    let end = Some(MERGER);
    tree.insert(period("vn", None, 0, None, &[]));
    tree.insert(period("binh-thuan", Some("vn"), 0, end, &["lam-dong"]));
    tree.insert(period(
        "ham-thuan-bac",
        Some("binh-thuan"),
        0,
        end,
        &["dong-giang", "hong-son"],
    ));
    tree.insert(period("dong-giang", Some("ham-thuan-bac"), 0, end, &[]));
    tree.insert(period("dong-giang", Some("lam-dong"), MERGER.0, None, &[]));
    tree.insert(period("hong-son", Some("lam-dong"), MERGER.0, None, &[]));
    tree.insert(period("lam-dong", Some("vn"), 0, None, &[]));
    tree
}

#[test]
fn history_keeps_the_path_it_had() {
    let tree = merged();
    let before = tree.path(&place("dong-giang"), Seconds(MERGER.0 - 1));
    let after = tree.path(&place("dong-giang"), MERGER);
    let names = |path: Vec<bantin_model::id::PlaceId>| {
        path.iter()
            .map(|id| id.as_str().to_owned())
            .collect::<Vec<_>>()
            .join(" < ")
    };
    assert_eq!(
        names(before),
        "dong-giang < ham-thuan-bac < binh-thuan < vn",
        "four levels before"
    );
    assert_eq!(
        names(after),
        "dong-giang < lam-dong < vn",
        "three levels after, same code"
    );
}

#[test]
fn links_to_abolished_places_lead_on() {
    let tree = merged();
    let stands_for = tree.current(&place("ham-thuan-bac"), MERGER);
    assert_eq!(
        stands_for,
        [place("dong-giang"), place("hong-son")].into(),
        "a split has two heirs"
    );
    assert_eq!(
        tree.current(&place("binh-thuan"), MERGER),
        [place("lam-dong")].into()
    );
}

#[test]
fn sums_follow_the_tree_of_their_time() {
    let tree = merged();
    let before = tree.below(&place("lam-dong"), Seconds(MERGER.0 - 1));
    let after = tree.below(&place("lam-dong"), MERGER);
    assert!(
        !before.contains(&place("dong-giang")),
        "before the merger it counted elsewhere"
    );
    assert!(
        after.contains(&place("dong-giang")),
        "afterwards it counts here"
    );
}

#[test]
fn a_circle_ends() {
    let mut tree = PlaceTree::default();
    tree.insert(period("a", Some("b"), 0, None, &[]));
    tree.insert(period("b", Some("a"), 0, None, &[]));
    assert_eq!(
        tree.path(&place("a"), MERGER).len(),
        2,
        "hostile data does not hang the app"
    );
}
