//! Mix and match: genuine pieces that do not belong together.

use bantin_model::feed::{HeadsNode, LeafProof, TrustError};
use bantin_model::sync::Trouble;
use bantin_model::tree;

use crate::country::{Country, Node, notice, place};
use crate::phone::{COMMUNE, Phone};

#[test]
fn a_delegation_of_another_moment_is_refused() {
    let mut country = Country::new();
    let mai = Phone::paired(&country);
    let before = country.document();
    let news = notice(&place("vn-68"), 7, "Tin của tỉnh");
    country.nodes[1].put(&news);
    let mut mixed = country.document();
    assert!(mai.judge(&mixed).is_ok(), "the honest way is open");
    mixed.nodes[2].delegation = before.nodes[2].delegation.clone();
    assert_eq!(
        mai.judge(&mixed),
        Err(TrustError::Delegation(place("vn-68"))),
        "yesterday's delegation does not stand under today's head"
    );
}

#[test]
fn a_delegation_taken_back_does_not_come_back_with_an_old_head_of_the_place_above() {
    let mut country = Country::new();
    let mut mai = Phone::paired(&country);
    let before = country.document();
    mai.sync_with(&country);
    let stranger = Node::new(COMMUNE, 50);
    let mut grant = country.nodes[1].delegation_of(&stranger, 2, 1);
    grant.revision = 2;
    country.nodes[1].put(&grant);
    country.nodes[2] = stranger;
    country.commune().author.epoch = 2;
    country.commune().author.version = 1;
    let first = notice(&place(COMMUNE), 5, "Khoá mới");
    country.commune().put(&first);
    assert!(mai.sync_with(&country).troubles.is_empty());
    let mut mixed = country.document();
    mixed.nodes[1] = before.nodes[1].clone();
    mixed.nodes[2] = before.nodes[2].clone();
    assert!(
        matches!(mai.judge(&mixed), Err(TrustError::RolledBack(_))),
        "old head, old delegation and old key fit each other, but the phone has seen newer"
    );
}

#[test]
fn a_delegation_written_for_another_place_above_is_refused() {
    let country = Country::new();
    let mai = Phone::paired(&country);
    // A province smuggles the record that its neighbour signed once into its own tree.
    let mut foreign = country.nodes[1].delegation_of(&country.nodes[2], 1, 0);
    foreign.place = place("vn-40");
    let leaf = foreign.to_bytes();
    let hash = tree::leaf_hash(&leaf);
    let mut document = country.document();
    let mut head = mai.judge(&document).unwrap().heads[1].head.clone();
    head.root = hash;
    head.count = 1;
    head.version += 1;
    let key = country.nodes[1].key.clone();
    document.nodes[1].head = seal_head(&head, &key).into();
    document.nodes[2].delegation = Some(LeafProof {
        leaf: leaf.into(),
        index: 0,
        path: vec![],
    });
    assert_eq!(
        mai.judge(&document),
        Err(TrustError::Delegation(place("vn-68"))),
        "a record counts only in the feed of the place it names"
    );
}

fn seal_head(head: &bantin_model::feed::Head, key: &bantin_model::sign::SecretKey) -> Vec<u8> {
    use bantin_model::sign::{Envelope, PayloadType};
    let payload = bantin_model::cbor::to_vec(head);
    Envelope::seal(PayloadType::Head, payload, &[key]).to_bytes()
}

#[test]
fn a_head_of_another_place_or_epoch_under_the_right_key_is_refused() {
    let country = Country::new();
    let mai = Phone::paired(&country);
    let honest = mai.judge(&country.document()).unwrap().heads[2]
        .head
        .clone();
    let key = &country.nodes[2].key;
    let mut elsewhere = honest.clone();
    elsewhere.place = place("vn-68-23005");
    let mut other_life = honest.clone();
    other_life.epoch = 2;
    for head in [elsewhere, other_life] {
        let mut document = country.document();
        let delegation = document.nodes[2].delegation.clone();
        document.nodes[2] = HeadsNode {
            head: seal_head(&head, key).into(),
            delegation,
            handed: None,
        };
        assert_eq!(
            mai.judge(&document),
            Err(TrustError::Delegation(place(COMMUNE))),
            "the key may speak for one place in one life, and for nothing else"
        );
    }
}

#[test]
fn segments_of_another_feed_give_another_root() {
    let mut country = Country::new();
    let mut mai = Phone::paired(&country);
    let mut honest = mai.judge(&country.document()).unwrap().heads[2]
        .head
        .clone();
    let province = mai.judge(&country.document()).unwrap().heads[1]
        .head
        .clone();
    // The key holder itself lists the province's segments under the commune's root.
    honest.segments = province.segments;
    honest.version += 1;
    let key = country.nodes[2].key.clone();
    country.nodes[2].head = seal_head(&honest, &key);
    let summary = mai.sync_with(&country);
    assert!(
        summary.troubles.contains(&Trouble::NotGenuine),
        "replayed, they do not give the signed root"
    );
    assert!(
        !mai.known.contains_key(&place(COMMUNE)),
        "so nothing of the commune's feed is kept"
    );
    assert!(
        mai.known.contains_key(&place("vn-68")),
        "and the others' news come all the same"
    );
}

#[test]
fn a_signature_of_one_kind_does_not_pass_for_another() {
    use bantin_model::sign::{Envelope, PayloadType};
    let country = Country::new();
    let mai = Phone::paired(&country);
    let honest = mai.judge(&country.document()).unwrap().heads[2]
        .head
        .clone();
    let payload = bantin_model::cbor::to_vec(&honest);
    let mut as_record = Envelope::seal(PayloadType::Record, payload, &[&country.nodes[2].key]);
    as_record.payload_type = PayloadType::Head.as_str().into();
    let mut document = country.document();
    document.nodes[2].head = as_record.to_bytes().into();
    assert!(
        matches!(mai.judge(&document), Err(TrustError::Signature { .. })),
        "the type is signed with the payload"
    );
}
