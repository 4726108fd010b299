//! Wrong length: endless data, fewer or more bytes than were signed.

use bantin_model::feed::{
    Codec, HEADS_BYTES_MAX, HeadsDocument, SEGMENT_RAW_MAX, SEGMENTS_MAX, Segment, TrustError,
};
use bantin_model::id::Hash;
use bantin_model::sign::{Envelope, PayloadType};
use bantin_model::sync::Trouble;

use crate::country::{Country, place};
use crate::phone::{COMMUNE, Phone};

#[test]
fn a_document_longer_than_the_limit_is_not_even_read() {
    let country = Country::new();
    let mut mai = Phone::paired(&country);
    // Genuine, and well formed: the surplus stands under a key that readers skip.
    let mut endless = country.document().to_bytes();
    assert_eq!(endless[0], 0xa2, "a map of two entries");
    endless[0] = 0xa3;
    endless.extend([0x09, 0x5a]);
    endless.extend((HEADS_BYTES_MAX as u32).to_be_bytes());
    endless.extend(vec![0; HEADS_BYTES_MAX]);
    let summary = mai.sync(endless, &|_| None);
    assert!(summary.troubles.contains(&Trouble::NotAHub));
    assert!(mai.known.is_empty(), "and nothing of it counts");
}

#[test]
fn one_byte_more_or_less_than_a_document_is_refused() {
    let country = Country::new();
    let whole = country.document().to_bytes();
    assert!(HeadsDocument::from_bytes(&whole).is_ok());
    let mut more = whole.clone();
    more.push(0);
    assert!(
        HeadsDocument::from_bytes(&more).is_err(),
        "bytes after the end could hide something from one reader and not from another"
    );
    assert!(HeadsDocument::from_bytes(&whole[..whole.len() - 1]).is_err());
}

#[test]
fn a_segment_of_another_length_than_listed_is_refused() {
    for change in [-1isize, 1] {
        let country = Country::new();
        let mut mai = Phone::paired(&country);
        let commune = country.nodes[2].files.clone();
        let wrong = |hash: &Hash| {
            let mut bytes = country.segment(hash)?;
            if commune.contains_key(hash) {
                bytes.resize(bytes.len().saturating_add_signed(change), 0);
            }
            Some(bytes)
        };
        let summary = mai.sync(country.document().to_bytes(), &wrong);
        assert!(
            summary.troubles.contains(&Trouble::NotGenuine),
            "the name is the hash of exactly these bytes"
        );
        assert!(!mai.known.contains_key(&place(COMMUNE)));
    }
}

#[test]
fn a_segment_that_unpacks_to_more_than_it_says_or_may_is_refused() {
    let bomb = Segment::write(Codec::Plain, 3, b"four");
    let read = Segment::read(&bomb).unwrap().unpack(None);
    assert!(read.is_err(), "more bytes than the header says");
    let huge = Segment::write(Codec::Zstd, SEGMENT_RAW_MAX + 1, b"");
    assert!(
        Segment::read(&huge).and_then(|s| s.unpack(None)).is_err(),
        "no reader makes room for more than the limit, whatever a header says"
    );
}

#[test]
fn a_head_that_lists_too_many_segments_is_refused() {
    let country = Country::new();
    let mai = Phone::paired(&country);
    let mut head = mai.judge(&country.document()).unwrap().heads[2]
        .head
        .clone();
    let one = head.segments[0];
    head.segments = vec![one; SEGMENTS_MAX + 1];
    head.version += 1;
    let payload = bantin_model::cbor::to_vec(&head);
    let envelope = Envelope::seal(PayloadType::Head, payload, &[&country.nodes[2].key]);
    let mut document = country.document();
    document.nodes[2].head = envelope.to_bytes().into();
    assert!(
        matches!(mai.judge(&document), Err(TrustError::Shape(_))),
        "also the key holder cannot make phones fetch without end"
    );
}
