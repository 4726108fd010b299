//! The writing side: sets, corrections, withdrawals, and segments that stay few.

use bantin_model::feed::{Change, Op, PublishError, current_set, root_of};
use bantin_model::id::Hash;
use bantin_model::tree;
use proptest::prelude::*;

use crate::country::{Node, notice, ops};

#[test]
fn a_correction_replaces_and_a_withdrawal_removes() {
    let mut hub = Node::new("vn", 1);
    let first = notice(&hub.author.place, 1, "Họp lúc 8 giờ.");
    hub.put(&first);
    let mut corrected = notice(&hub.author.place, 1, "Họp lúc 9 giờ.");
    corrected.revision = 2;
    corrected.supersedes = Some(tree::leaf_hash(&first.to_bytes()));
    hub.put(&corrected);
    let set = hub.author.set();
    assert_eq!(set.len(), 1, "a correction is not a second notice");
    assert_eq!(
        set[&first.id],
        tree::leaf_hash(&corrected.to_bytes()),
        "the newer text counts"
    );
    hub.publish(&[Change::Withdraw(first.id)]);
    assert!(
        hub.author.set().is_empty(),
        "a withdrawn notice is gone from the set"
    );
    assert_eq!(hub.author.version, 3, "each change is one version");
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let mut hub = Node::new("vn", 1);
    let mine = notice(&hub.author.place, 1, "a");
    hub.put(&mine);
    let unknown = notice(&hub.author.place, 9, "c").id;
    let mut refused = |change: Change| {
        let before = (hub.author.version, hub.author.set());
        let mut fetch = |_: &_| None;
        let pack = |raw: &[u8]| (bantin_model::feed::Codec::Plain, raw.to_vec());
        let error = hub
            .author
            .publish(&[change], hub.at, &hub.key, &mut fetch, &pack)
            .unwrap_err();
        assert_eq!(
            (hub.author.version, hub.author.set()),
            before,
            "a refusal moves nothing"
        );
        error
    };
    let elsewhere = notice(&crate::country::place("vn-68"), 2, "b").to_bytes();
    assert_eq!(
        refused(Change::Put(elsewhere)),
        PublishError::Record,
        "another place's record"
    );
    assert_eq!(
        refused(Change::Put(mine.to_bytes())),
        PublishError::Record,
        "no new revision"
    );
    assert_eq!(
        refused(Change::Put(vec![1, 2, 3])),
        PublishError::Record,
        "junk"
    );
    assert_eq!(
        refused(Change::Withdraw(unknown)),
        PublishError::NotThere(unknown)
    );
}

#[test]
fn segments_stay_few_and_old_drops_vanish() {
    let mut hub = Node::new("vn", 1);
    for number in 0..400 {
        hub.put(&notice(&hub.author.place, number, "x"));
    }
    let listed = hub.author.segments.len();
    assert!(
        listed <= 9,
        "400 single publications leave at most log2(400) segments, not {listed}"
    );
    for number in 0..400 {
        hub.publish(&[Change::Withdraw(notice(&hub.author.place, number, "x").id)]);
    }
    let left: usize = hub
        .author
        .segments
        .iter()
        .map(|(listed, _)| {
            ops(&hub, listed)
                .iter()
                .filter(|op| matches!(op, Op::Drop(_)))
                .count()
        })
        .sum();
    assert!(hub.author.set().is_empty(), "everything was withdrawn");
    assert!(left <= 400, "a drop that met its put is gone with it");
}

#[test]
fn what_was_replaced_long_ago_is_not_fetched_for_ever() {
    let mut hub = Node::new("vn", 1);
    let all: Vec<Change> = (0..100)
        .map(|number| Change::Put(notice(&hub.author.place, number, "x").to_bytes()))
        .collect();
    hub.publish(&all);
    for revision in 2..12 {
        let mut again = Vec::new();
        for number in 0..30 {
            let mut record = notice(&hub.author.place, number, "y");
            record.revision = revision;
            again.push(Change::Put(record.to_bytes()));
        }
        hub.publish(&again);
        let listed: u32 = hub.author.segments.iter().map(|(s, _)| s.ops).sum();
        assert!(
            listed <= 2 * 100 + 64,
            "{listed} operations are listed for 100 notices: at most twice as many and a few"
        );
    }
}

#[test]
fn a_notice_withdrawn_after_its_correction_does_not_come_back() {
    let mut hub = Node::new("vn", 1);
    let many: Vec<Change> = (1..40)
        .map(|number| Change::Put(notice(&hub.author.place, number, "x").to_bytes()))
        .collect();
    hub.publish(&many);
    let mut corrected = notice(&hub.author.place, 1, "y");
    corrected.revision = 2;
    hub.put(&corrected);
    assert_eq!(
        hub.author.segments.len(),
        2,
        "the first text lies in a segment that the correction does not swallow"
    );
    // Swallows the correction's segment, but not the one with the first text.
    hub.publish(&[Change::Withdraw(corrected.id)]);
    let set = current_set(hub.author.segments.iter().map(|(_, ledger)| ledger));
    assert!(
        !set.contains_key(&corrected.id),
        "neither text is in the set that a phone replays"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_listed_segments_always_give_the_set(steps in proptest::collection::vec((0u64..12, 0u8..3), 1..60)) {
        let mut hub = Node::new("vn", 1);
        let mut expected = std::collections::BTreeMap::new();
        let mut revisions = std::collections::BTreeMap::new();
        for (number, kind) in steps {
            let mut record = notice(&hub.author.place, number, "nội dung");
            if kind == 0 && expected.contains_key(&record.id) {
                hub.publish(&[Change::Withdraw(record.id)]);
                expected.remove(&record.id);
                continue;
            }
            let revision = revisions.entry(number).or_insert(0);
            *revision += 1;
            record.revision = *revision;
            let leaf = record.to_bytes();
            expected.insert(record.id, tree::leaf_hash(&leaf));
            hub.publish(&[Change::Put(leaf)]);
        }
        let set = current_set(hub.author.segments.iter().map(|(_, ledger)| ledger));
        let leaves: Vec<Hash> = expected.values().copied().collect();
        prop_assert_eq!(&set, &expected, "replaying the listed segments gives exactly what is current");
        prop_assert_eq!(root_of(&set), tree::root(&leaves), "and the root that is signed");
    }
}
