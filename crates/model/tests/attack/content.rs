//! Arbitrary content: bytes of one's own under a genuine name.

use bantin_model::feed::{Codec, Op, Segment};
use bantin_model::id::Hash;
use bantin_model::sync::Trouble;

use crate::country::{Country, Node, notice, place};
use crate::phone::{COMMUNE, Phone};

#[test]
fn a_well_formed_segment_of_ones_own_is_not_the_one_asked_for() {
    let country = Country::new();
    let mut mai = Phone::paired(&country);
    let lie = notice(&place(COMMUNE), 1, "Chuyển tiền ngay").to_bytes();
    let raw = Op::join(&[Op::Put(lie)]);
    let own = Segment::write(Codec::Plain, raw.len(), &raw);
    let commune = country.nodes[2].files.clone();
    let files = |hash: &Hash| {
        let genuine = country.segment(hash)?;
        Some(if commune.contains_key(hash) {
            own.clone()
        } else {
            genuine
        })
    };
    let summary = mai.sync(country.document().to_bytes(), &files);
    assert!(summary.troubles.contains(&Trouble::NotGenuine));
    assert!(
        !mai.known.contains_key(&place(COMMUNE)),
        "the phone holds nothing of the commune rather than a lie"
    );
}

#[test]
fn the_same_records_in_other_bytes_are_not_the_segment_asked_for() {
    let mut country = Country::new();
    let two = [2, 3].map(|number| notice(&place(COMMUNE), number, "Tin").to_bytes());
    let changes = two.clone().map(bantin_model::feed::Change::Put);
    let published = country.commune().publish(&changes);
    let newest = published.body.segments.last().unwrap().hash;
    let mut puts = crate::country::ops(&country.nodes[2], published.body.segments.last().unwrap());
    puts.reverse();
    let raw = Op::join(&puts);
    let turned = Segment::write(Codec::Plain, raw.len(), &raw);
    let files = |hash: &Hash| {
        let genuine = country.segment(hash)?;
        Some(if *hash == newest {
            turned.clone()
        } else {
            genuine
        })
    };
    let mut mai = Phone::paired(&country);
    let summary = mai.sync(country.document().to_bytes(), &files);
    assert!(
        summary.troubles.contains(&Trouble::NotGenuine),
        "they would give the signed root, but whoever passes the file on by its name would pass on a lie"
    );
}

#[test]
fn a_head_signed_by_nobody_known_is_refused() {
    let mut country = Country::new();
    let mut mai = Phone::paired(&country);
    mai.sync_with(&country);
    let held = mai.holds();
    let mut stranger = Node::new(COMMUNE, 60);
    stranger.author.version = 7;
    let lie = notice(&place(COMMUNE), 2, "Chuyển tiền ngay");
    stranger.put(&lie);
    country.nodes[2].head = stranger.head.clone();
    country.nodes[2].files.extend(stranger.files.clone());
    let summary = mai.sync_with(&country);
    assert!(summary.troubles.contains(&Trouble::NotGenuine));
    assert_eq!(mai.holds(), held, "what is held stays");
}

#[test]
fn a_head_must_end_after_it_begins() {
    let country = Country::new();
    let mai = Phone::paired(&country);
    let mut head = mai.judge(&country.document()).unwrap().heads[2]
        .head
        .clone();
    head.expires_at = head.issued_at;
    let payload = bantin_model::cbor::to_vec(&head);
    let sealed = bantin_model::sign::Envelope::seal(
        bantin_model::sign::PayloadType::Head,
        payload,
        &[&country.nodes[2].key],
    );
    let mut document = country.document();
    document.nodes[2].head = sealed.to_bytes().into();
    assert_eq!(
        mai.judge(&document),
        Err(bantin_model::feed::TrustError::Times(place(COMMUNE)))
    );
}
