//! Fast-forward: whoever stole a feed key signs the highest version there is, so that no honest one could
//! follow. The place above ends that life of the feed and begins a new one.

use bantin_model::feed::{DelegateError, TrustError};
use bantin_model::record::Delegation;
use bantin_model::sync::Trouble;

use crate::country::{Country, NOW, Node, notice, place};
use crate::phone::{COMMUNE, Phone};

/// The thief signs version u64::MAX with the stolen key.
fn jump(country: &mut Country) {
    let node = country.commune();
    node.author.version = u64::MAX - 1;
    let lie = notice(&place(COMMUNE), 66, "Lời kẻ trộm");
    node.put(&lie);
}

#[test]
fn after_the_highest_version_nothing_honest_is_believed_in_that_life() {
    let mut country = Country::new();
    let mut mai = Phone::paired(&country);
    let honest = country.nodes[2].author.clone();
    jump(&mut country);
    mai.sync_with(&country);
    assert_eq!(
        mai.holds(),
        (1, u64::MAX),
        "the thief has the key: the phone is fooled"
    );
    country.commune().author = honest;
    let next = notice(&place(COMMUNE), 2, "Tin thật");
    country.commune().put(&next);
    let summary = mai.sync_with(&country);
    assert!(
        summary.troubles.contains(&Trouble::RolledBack),
        "that is why versions alone cannot mend it"
    );
}

#[test]
fn a_new_life_signed_from_above_goes_on() {
    let mut country = Country::new();
    let mut mai = Phone::paired(&country);
    let honest = country.nodes[2].author.clone();
    jump(&mut country);
    mai.sync_with(&country);
    // New keys; the province names the last honest version and begins epoch 2.
    let mut fresh = Node::new(COMMUNE, 40);
    fresh.files = country.nodes[2].files.clone();
    fresh.leaves = country.nodes[2].leaves.clone();
    fresh.author = honest;
    fresh.author.epoch = 2;
    let last_good = fresh.author.version;
    let mut grant = country.nodes[1].delegation_of(&fresh, 2, last_good);
    grant.revision = 2;
    country.nodes[1].put(&grant);
    let next = notice(&place(COMMUNE), 2, "Tin thật");
    fresh.put(&next);
    country.nodes[2] = fresh;
    let summary = mai.sync_with(&country);
    assert!(
        summary.troubles.is_empty(),
        "the new life is believed: {summary:?}"
    );
    assert_eq!(
        mai.holds(),
        (2, last_good + 1),
        "epoch before version: 2 after the thief's highest version of 1"
    );
}

#[test]
fn in_the_new_life_versions_up_to_the_last_good_one_do_not_count_again() {
    let mut country = Country::new();
    let mai = Phone::paired(&country);
    country.commune().author.epoch = 2;
    let mut grant = country.nodes[1].delegation_of(&country.nodes[2], 2, 5);
    grant.revision = 2;
    country.nodes[1].put(&grant);
    let second = notice(&place(COMMUNE), 2, "Phiên bản 2");
    country.commune().put(&second);
    assert_eq!(
        mai.judge(&country.document()),
        Err(TrustError::Delegation(place(COMMUNE))),
        "version 2 is not above `after version` 5"
    );
    country.commune().author.version = 5;
    let sixth = notice(&place(COMMUNE), 3, "Phiên bản 6");
    country.commune().put(&sixth);
    assert!(mai.judge(&country.document()).is_ok(), "version 6 is");
}

#[test]
fn a_life_after_which_none_could_follow_is_never_given() {
    let country = Country::new();
    let record = country.nodes[1].delegation_of(&country.nodes[2], u32::MAX, 0);
    let last: Delegation = bantin_model::cbor::from_slice(&record.body, 10_000).unwrap();
    assert_eq!(last.revoked(1, NOW), Err(DelegateError::AtTheEnd));
    let record = country.nodes[1].delegation_of(&country.nodes[2], 1, 0);
    let first: Delegation = bantin_model::cbor::from_slice(&record.body, 10_000).unwrap();
    assert_eq!(
        first.revoked(u64::MAX, NOW),
        Err(DelegateError::AtTheEnd),
        "the thief's own version must not be taken for the last honest one"
    );
}
