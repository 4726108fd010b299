//! What a heads document must prove before anything in it counts.

use std::collections::BTreeMap;

use bantin_model::feed::{HeadsDocument, Known, TrustError, Verified, verify};
use bantin_model::id::PlaceId;
use bantin_model::time::{Seconds, Validity};
use proptest::prelude::*;

use crate::country::{Country, NOW, notice, place};

fn check(country: &Country, document: &HeadsDocument) -> Result<Verified, TrustError> {
    verify(
        document,
        &place("vn-68-23074"),
        country.pin(),
        &BTreeMap::new(),
    )
}

fn known(verified: &Verified) -> BTreeMap<PlaceId, Known> {
    let state = |h: &bantin_model::feed::TrustedHead| Known {
        order: h.head.order(),
        root: h.head.root,
        issued_at: h.head.issued_at,
    };
    verified
        .heads
        .iter()
        .map(|h| (h.head.place.clone(), state(h)))
        .collect()
}

#[test]
fn an_honest_document_holds() {
    let country = Country::new();
    let verified = check(&country, &country.document()).unwrap();
    assert_eq!(
        verified.heads.len(),
        3,
        "the commune and both places above it speak"
    );
    assert_eq!(verified.newest_signed, NOW);
}

#[test]
fn too_few_root_signatures_do_not_hold() {
    let country = Country::new();
    let mut document = country.document();
    document.roots = vec![country.root_envelope(1).into()];
    let refused = check(&country, &document);
    assert!(
        matches!(refused, Err(TrustError::Signature { .. })),
        "two of three must sign"
    );
}

#[test]
fn another_root_is_named_as_such() {
    let country = Country::new();
    let mut other = country.pin();
    other.root.0[0] ^= 1;
    let refused = verify(
        &country.document(),
        &place("vn-68-23074"),
        other,
        &BTreeMap::new(),
    );
    assert_eq!(refused, Err(TrustError::OtherRoot), "a link pins its root");
}

#[test]
fn a_feed_without_its_grant_is_silent() {
    let country = Country::new();
    let mut without = country.document();
    without.nodes[2].delegation = None;
    assert!(matches!(
        check(&country, &without),
        Err(TrustError::Delegation(_))
    ));
    let mut swapped = country.document();
    swapped.nodes[2].delegation = swapped.nodes[1].delegation.clone();
    assert!(
        matches!(check(&country, &swapped), Err(TrustError::Delegation(_))),
        "not its own"
    );
    let mut skipped = country.document();
    skipped.nodes.remove(1);
    assert!(
        check(&country, &skipped).is_err(),
        "no level can be left out"
    );
    let mut short = country.document();
    short.nodes.pop();
    assert_eq!(
        check(&country, &short),
        Err(TrustError::OtherPlace),
        "nor another place given"
    );
}

#[test]
fn an_expired_grant_stops_new_heads() {
    let mut country = Country::new();
    let mut record = country.nodes[1].delegation_of(&country.nodes[2], 1, 0);
    let mut grant: bantin_model::record::Delegation =
        bantin_model::cbor::from_slice(&record.body, 10_000).unwrap();
    grant.valid = Validity {
        from: Seconds(0),
        until: Some(NOW),
    };
    record.body = bantin_model::cbor::to_vec(&grant).into();
    record.revision = 2;
    country.nodes[1].put(&record);
    let refused = check(&country, &country.document());
    assert_eq!(
        refused,
        Err(TrustError::Delegation(place("vn-68-23074"))),
        "signed after its end"
    );
}

#[test]
fn versions_only_go_up() {
    let mut country = Country::new();
    let old = country.document();
    let before = check(&country, &old).unwrap();
    let second = notice(&place("vn-68-23074"), 2, "Mới");
    country.commune().put(&second);
    let after = check(&country, &country.document()).unwrap();
    let newest = country.document();
    let pin = country.pin();
    let again = |document: &HeadsDocument, known: &BTreeMap<PlaceId, Known>| {
        verify(document, &place("vn-68-23074"), pin, known)
    };
    let rolled = again(&old, &known(&after));
    assert_eq!(
        rolled,
        Err(TrustError::RolledBack(place("vn-68-23074"))),
        "an older version than seen is a replay"
    );
    assert!(again(&newest, &known(&before)).is_ok(), "forward is fine");
    let mut forked = known(&after);
    forked.get_mut(&place("vn-68-23074")).unwrap().root.0[0] ^= 1;
    let refused = again(&newest, &forked);
    assert_eq!(
        refused,
        Err(TrustError::Forked(place("vn-68-23074"))),
        "one version, one content"
    );
}

#[test]
fn a_new_epoch_needs_the_place_above() {
    let mut country = Country::new();
    country.commune().author.epoch = 2;
    let second = notice(&place("vn-68-23074"), 2, "Sau khi khôi phục");
    country.commune().put(&second);
    let refused = check(&country, &country.document());
    assert_eq!(
        refused,
        Err(TrustError::Delegation(place("vn-68-23074"))),
        "not by itself"
    );
    let version = country.nodes[2].author.version - 1;
    let mut grant = country.nodes[1].delegation_of(&country.nodes[2], 2, version);
    grant.revision = 2;
    country.nodes[1].put(&grant);
    assert!(
        check(&country, &country.document()).is_ok(),
        "signed from above it counts"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn no_altered_bit_passes(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let country = Country::new();
        let honest = check(&country, &country.document()).unwrap();
        let mut bytes = country.document().to_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let outcome = HeadsDocument::from_bytes(&bytes)
            .map_err(TrustError::from)
            .and_then(|document| check(&country, &document));
        // A flip may hit what nothing depends on (an unknown key, a spare signature): then every head
        // that counts is still exactly the signed one.
        if let Ok(verified) = outcome {
            let heads = |v: &Verified| v.heads.iter().map(|h| h.head.clone()).collect::<Vec<_>>();
            prop_assert_eq!(heads(&verified), heads(&honest), "altered content is never believed");
        }
    }
}
