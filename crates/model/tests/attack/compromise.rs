//! Key compromise: what a stolen key is worth, and for how long.

use bantin_model::cbor;
use bantin_model::feed::{DelegateError, DelegateTerms, KeyRequest, TrustError};
use bantin_model::id::Lang;
use bantin_model::record::{Delegation, PlaceInfo, Record};
use bantin_model::sign::SecretKey;
use bantin_model::sync::Trouble;
use bantin_model::time::{Seconds, Validity};

use crate::country::{Country, NOW, Node, for_ever, notice, place};
use crate::phone::{COMMUNE, Phone};

fn grant_of(record: &Record) -> Delegation {
    cbor::from_slice(&record.body, 10_000).unwrap()
}

fn republish(country: &mut Country, grant: &Delegation, revision: u32) {
    let mut record = country.nodes[1].delegation_of(&country.nodes[2], 1, 0);
    record.revision = revision;
    record.body = cbor::to_vec(grant).into();
    country.nodes[1].put(&record);
}

fn request_of(node: &Node, voucher: Option<&SecretKey>) -> Vec<u8> {
    let info = PlaceInfo {
        id: place(COMMUNE),
        names: [(Lang::vietnamese(), "Đông Giang".to_owned())].into(),
        official_code: None,
        kind_text: "nơi (mẫu)".into(),
        parent: Some(place("vn-68")),
        valid: for_ever(),
        successors: vec![],
    };
    let request = KeyRequest {
        format: KeyRequest::FORMAT,
        info,
        keys: node.keys(),
        epoch: 1,
        version: 1,
        from: NOW,
        at: NOW,
        anew: false,
    };
    request.sign(&node.key, &node.receipt, voucher)
}

#[test]
fn a_stolen_feed_key_is_worth_nothing_after_its_revocation() {
    let mut country = Country::new();
    let mut mai = Phone::paired(&country);
    mai.sync_with(&country);
    let lie = notice(&place(COMMUNE), 66, "Lời kẻ trộm");
    country.commune().put(&lie);
    assert!(
        mai.judge(&country.document()).is_ok(),
        "until then it is worth everything"
    );
    let record = country.nodes[1].delegation_of(&country.nodes[2], 1, 0);
    let revoked = grant_of(&record).revoked(1, NOW).unwrap();
    republish(&mut country, &revoked, 2);
    assert_eq!(
        mai.judge(&country.document()),
        Err(TrustError::Delegation(place(COMMUNE))),
        "the lie, and the honest version before it: the key speaks no more"
    );
    // The thief knows the new epoch from the public record and signs in it, before and after the end.
    for at in [NOW, Seconds(NOW.0 - 1), NOW.plus(9)] {
        country.commune().author.epoch = revoked.epoch;
        country.commune().at = at;
        let again = notice(&place(COMMUNE), 67 + at.0, "Lời kẻ trộm");
        country.commune().put(&again);
        assert!(
            mai.judge(&country.document()).is_err(),
            "the validity covers no moment"
        );
    }
}

#[test]
fn a_village_whose_key_was_revoked_still_hears_from_above() {
    let mut country = Country::new();
    let mut mai = Phone::paired(&country);
    mai.sync_with(&country);
    let before = mai.holds();
    let record = country.nodes[1].delegation_of(&country.nodes[2], 1, 0);
    let revoked = grant_of(&record).revoked(1, NOW).unwrap();
    republish(&mut country, &revoked, 2);
    let warning = notice(&place("vn-68"), 68, "Bão đến tối nay.");
    country.nodes[1].put(&warning);
    country
        .commune()
        .put(&notice(&place(COMMUNE), 66, "Lời kẻ trộm"));
    let summary = mai.sync_with(&country);
    assert!(
        summary.troubles.contains(&Trouble::NotGenuine),
        "that the village's own feed does not hold is said"
    );
    assert_eq!(mai.holds(), before, "the thief's word does not count");
    assert_eq!(
        mai.known[&place("vn-68")].order.1,
        country.nodes[1].author.version,
        "the storm warning from above does"
    );
    assert_eq!(
        mai.document, None,
        "the document is asked for again until it holds as a whole"
    );
}

#[test]
fn a_delegation_ends_by_itself() {
    let mut country = Country::new();
    let mai = Phone::paired(&country);
    let record = country.nodes[1].delegation_of(&country.nodes[2], 1, 0);
    let month = Delegation {
        valid: Validity {
            from: Seconds(0),
            until: Some(NOW.plus(30 * Seconds::DAY)),
        },
        ..grant_of(&record)
    };
    republish(&mut country, &month, 2);
    assert!(mai.judge(&country.document()).is_ok());
    country.commune().at = NOW.plus(30 * Seconds::DAY);
    let late = notice(&place(COMMUNE), 2, "Muộn");
    country.commune().put(&late);
    assert_eq!(
        mai.judge(&country.document()),
        Err(TrustError::Delegation(place(COMMUNE))),
        "a key that nobody renewed ends, also one that nobody missed"
    );
}

#[test]
fn without_the_present_key_only_a_loss_declared_by_an_officer_changes_keys() {
    let country = Country::new();
    let present = grant_of(&country.nodes[1].delegation_of(&country.nodes[2], 1, 0));
    let other = Node::new(COMMUNE, 70);
    let terms = DelegateTerms::default();
    let stranger = KeyRequest::open(&request_of(&other, None)).unwrap();
    assert_eq!(
        Delegation::answering(Some(&present), &stranger, &terms),
        Err(DelegateError::NotVouched)
    );
    let vouched = request_of(&other, Some(&country.nodes[2].key));
    let vouched = KeyRequest::open(&vouched).unwrap();
    let next = Delegation::answering(Some(&present), &vouched, &terms).unwrap();
    assert_eq!(
        (next.epoch, next.keys),
        (1, other.keys()),
        "an orderly rotation"
    );
    let lost = DelegateTerms {
        lost: true,
        ..terms
    };
    let anew = Delegation::answering(Some(&present), &stranger, &lost).unwrap();
    assert_eq!(
        (anew.epoch, anew.after_version),
        (2, 1),
        "a loss begins a new life: what the lost key signs from then on counts nowhere"
    );
    let same = KeyRequest::open(&request_of(&country.nodes[2], None)).unwrap();
    assert_eq!(
        Delegation::answering(Some(&present), &same, &lost),
        Err(DelegateError::Revoked),
        "a lost key is not given back its word"
    );
}

#[test]
fn a_revoked_key_vouches_for_nobody() {
    let country = Country::new();
    let present = grant_of(&country.nodes[1].delegation_of(&country.nodes[2], 1, 0));
    let revoked = present.revoked(1, NOW).unwrap();
    let terms = DelegateTerms::default();
    let thief = KeyRequest::open(&request_of(&country.nodes[2], None)).unwrap();
    assert_eq!(
        Delegation::answering(Some(&revoked), &thief, &terms),
        Err(DelegateError::Revoked)
    );
    let other = Node::new(COMMUNE, 70);
    let request = request_of(&other, Some(&country.nodes[2].key));
    let request = KeyRequest::open(&request).unwrap();
    let next = Delegation::answering(Some(&revoked), &request, &terms).unwrap();
    assert_eq!(
        next.epoch, 3,
        "the stolen key's signature does not make it an orderly rotation"
    );
}

#[test]
fn a_request_must_be_signed_by_both_keys_it_names() {
    let country = Country::new();
    let node = &country.nodes[2];
    let thief = SecretKey::from_seed([99; 32]);
    let honest = KeyRequest::open(&request_of(node, None)).unwrap().request;
    let without_feed = honest.sign(&thief, &node.receipt, None);
    let without_receipt = honest.sign(&node.key, &thief, None);
    for bytes in [without_feed, without_receipt] {
        assert!(
            KeyRequest::open(&bytes).is_err(),
            "else somebody could have the keys of others let speak for his place"
        );
    }
}
