//! Segments opened beside the session: what they say, and what comes of one that comes twice or late.

use bantin_model::feed::{Codec, Op, OpenedSegment, Segment, SegmentError};
use bantin_model::id::Hash;
use bantin_model::record::Record;
use bantin_model::sync::{Apply, Effect, Event, Request, Scope, Session, Start, Trouble};

use crate::country::{Country, NOW, notice, place};

#[test]
fn an_opened_segment_says_where_its_leaves_lie() {
    let records = [1, 2, 3].map(|n| notice(&place("vn"), n, "Họp bản tối nay."));
    let mut ops: Vec<Op> = records.iter().map(|r| Op::Put(r.to_bytes())).collect();
    ops.insert(1, Op::Drop(Hash::of(b"x")));
    let payload = Op::join(&ops);
    let bytes = Segment::write(Codec::Plain, payload.len(), &payload);
    let opened = OpenedSegment::open(Hash::of(&bytes), &bytes, None).unwrap();
    assert_eq!(opened.hash(), Hash::of(&bytes), "its name is its bytes'");
    let (raw, ledger, puts) = opened.into_parts();
    assert_eq!(ledger.0.len(), 4, "the drop between them counts");
    assert_eq!(puts.len(), 3, "and is no leaf");
    for (put, record) in puts.iter().zip(&records) {
        let leaf = &raw[put.at.clone()];
        assert_eq!(leaf, record.to_bytes(), "a store need not look for it");
        assert_eq!(put.leaf, Record::leaf_hash(leaf), "nor hash it again");
        assert_eq!((put.id, put.issued_at), (record.id, record.issued_at));
    }
}

#[test]
fn nothing_opens_under_another_name() {
    let payload = Op::join(&[Op::Put(notice(&place("vn"), 1, "a").to_bytes())]);
    let bytes = Segment::write(Codec::Plain, payload.len(), &payload);
    let other = Hash::of(b"other");
    assert_eq!(
        OpenedSegment::open(other, &bytes, None),
        Err(SegmentError::Name(other)),
        "a segment is named by the head that an agency signed"
    );
}

/// Mai's phone, new, and what it asks for once the heads of her commune have come.
fn begun(country: &Country) -> (Session, Vec<Effect>) {
    let mut session = Session::new(Start {
        scope: Scope::Everything,
        place: place("vn-68-23074"),
        pin: country.pin(),
        feeds: Default::default(),
        etag: None,
        document: None,
        outbox: vec![],
        mailboxes: vec![],
        receipt_keys: vec![],
    });
    session.step(Event::Begin, NOW);
    let event = Event::Heads {
        bytes: country.document().to_bytes(),
        etag: None,
    };
    let effects = session.step(event, NOW);
    (session, effects)
}

/// The segments that come, each handed out to be opened; `change` damages them.
fn handed_out(
    session: &mut Session,
    country: &Country,
    asked: &[Effect],
    change: impl Fn(&mut Vec<u8>),
) -> Vec<Effect> {
    let mut opening = Vec::new();
    for effect in asked {
        let Effect::Request(Request::Segment { place, hash, .. }) = effect else {
            continue;
        };
        let mut bytes = country.segment(hash).unwrap();
        change(&mut bytes);
        let event = Event::Segment {
            place: place.clone(),
            hash: *hash,
            bytes,
        };
        opening.extend(session.step(event, NOW));
    }
    opening
}

/// Opens them in this order and carries out what follows; how often a feed was to be written.
fn opened(session: &mut Session, opening: Vec<Effect>) -> (usize, Option<Effect>) {
    let (mut feeds, mut last) = (0, None);
    let mut waiting = opening;
    while !waiting.is_empty() {
        let event = match waiting.remove(0) {
            Effect::Open(unopened) => unopened.open(),
            Effect::Apply(apply) => {
                feeds += usize::from(matches!(*apply, Apply::Feed(_)));
                Event::Applied
            }
            finish => {
                last = Some(finish);
                continue;
            }
        };
        waiting.extend(session.step(event, NOW));
    }
    (feeds, last)
}

#[test]
fn a_segment_that_comes_twice_is_written_once() {
    let country = Country::new();
    let (mut session, asked) = begun(&country);
    let mut opening = handed_out(&mut session, &country, &asked, |_| {});
    let once = opening.len();
    assert!(
        once > 0 && opening.iter().all(|e| matches!(e, Effect::Open(_))),
        "nothing is unpacked in the session itself: {opening:?}"
    );
    opening.extend(handed_out(&mut session, &country, &asked, |_| {}));
    assert_eq!(opening.len(), 2 * once, "nobody knows yet what is in them");
    let (feeds, last) = opened(&mut session, opening);
    assert_eq!(feeds, country.document().nodes.len(), "each feed once");
    let Some(Effect::Finish(summary)) = last else {
        panic!("the sync is over: {last:?}");
    };
    assert!(summary.troubles.is_empty(), "{:?}", summary.troubles);
}

#[test]
fn what_does_not_open_is_not_genuine_whatever_opens_later() {
    let country = Country::new();
    let (mut session, asked) = begun(&country);
    let damage = |bytes: &mut Vec<u8>| *bytes.last_mut().unwrap() ^= 1;
    let mut opening = handed_out(&mut session, &country, &asked, damage);
    opening.extend(handed_out(&mut session, &country, &asked, |_| {}));
    let (feeds, last) = opened(&mut session, opening);
    assert_eq!(feeds, 0, "a feed that was given up stays as it was");
    let Some(Effect::Finish(summary)) = last else {
        panic!("the sync is over: {last:?}");
    };
    assert!(
        summary.troubles.contains(&Trouble::NotGenuine),
        "and the person hears of it: {:?}",
        summary.troubles
    );
}
