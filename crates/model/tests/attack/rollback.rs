//! Rollback: an older state, genuinely signed, offered as the newest.

use bantin_model::feed::TrustError;
use bantin_model::sync::Trouble;

use crate::country::{Country, notice, place};
use crate::phone::{COMMUNE, Phone};

#[test]
fn an_old_head_of_the_place_is_refused_and_nothing_is_lost() {
    let mut country = Country::new();
    let old = country.document().to_bytes();
    let mut mai = Phone::paired(&country);
    let second = notice(&place(COMMUNE), 2, "Họp bản tối mai.");
    country.commune().put(&second);
    assert!(mai.sync_with(&country).troubles.is_empty());
    assert_eq!(mai.holds(), (1, 2), "the honest way is open");
    let files = |hash: &_| country.segment(hash);
    let summary = mai.sync(old, &files);
    assert!(
        summary.troubles.contains(&Trouble::RolledBack),
        "version 1 after version 2 is a replay, however well it is signed"
    );
    assert_eq!(mai.holds(), (1, 2), "the phone keeps what it has");
}

#[test]
fn an_old_head_of_a_place_above_is_refused_as_well() {
    let mut country = Country::new();
    let old = country.document();
    let mut mai = Phone::paired(&country);
    let news = notice(&place("vn-68"), 7, "Tin của tỉnh");
    country.nodes[1].put(&news);
    mai.sync_with(&country);
    assert_eq!(
        mai.judge(&old),
        Err(TrustError::RolledBack(place("vn-68"))),
        "else a delegation that was taken back could be brought back"
    );
}

#[test]
fn an_older_signature_over_the_same_version_is_refused() {
    let mut country = Country::new();
    let yesterday = country.document();
    let mut mai = Phone::paired(&country);
    let key = country.nodes[2].key.clone();
    let today = crate::country::NOW.plus(86_400);
    country.nodes[2].head = country.nodes[2].author.sign(today, &key).1;
    mai.sync_with(&country);
    assert_eq!(
        mai.judge(&yesterday),
        Err(TrustError::RolledBack(place(COMMUNE))),
        "the newest signed time seen never goes back"
    );
}

#[test]
fn another_content_under_a_known_version_is_named_a_fork() {
    let mut country = Country::new();
    let mut mai = Phone::paired(&country);
    mai.sync_with(&country);
    let mut twin = Country::new();
    let author = &mut twin.nodes[2].author;
    author.version = 0;
    author.segments.clear();
    let other = notice(&place(COMMUNE), 9, "Nội dung khác");
    twin.commune().put(&other);
    country.nodes[2] = twin.nodes.remove(2);
    assert_eq!(
        mai.judge(&country.document()),
        Err(TrustError::Forked(place(COMMUNE))),
        "one version has one content, also for whoever holds the key"
    );
}
