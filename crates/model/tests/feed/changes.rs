//! Changes of a heads document: the newer one comes out, byte for byte, and nothing is believed by them.

use bantin_model::feed::{HeadsChanges, HeadsDocument};
use bantin_model::id::Hash;
use bantin_model::sync::{Apply, Effect, Event, Request, Scope, Session, Start};

use crate::country::{Country, NOW, notice, place};

#[test]
fn the_newer_document_comes_out_byte_for_byte() {
    let mut country = Country::new();
    let old = country.document();
    country
        .commune()
        .put(&notice(&place("vn-68-23074"), 7, "Họp bản tối nay."));
    let new = country.document();
    let changes = HeadsChanges::between(&old, &new).expect("the same places");
    assert!(
        changes.nodes[0].head.is_none() && changes.nodes[1].head.is_none(),
        "the places above have said nothing new"
    );
    let bytes = changes.to_bytes();
    assert!(
        bytes.len() * 2 < new.to_bytes().len(),
        "one of three heads travels"
    );
    let read = HeadsChanges::from_bytes(&bytes).unwrap();
    assert_eq!(
        read.applied_to(&old).unwrap().to_bytes(),
        new.to_bytes(),
        "what is verified is the document itself"
    );
}

#[test]
fn changes_of_another_shape_are_none() {
    let country = Country::new();
    let whole = country.document();
    let mut shorter = whole.clone();
    shorter.nodes.pop();
    assert_eq!(
        HeadsChanges::between(&shorter, &whole),
        None,
        "a place more"
    );
    let same = HeadsChanges::between(&whole, &whole).unwrap();
    assert_eq!(
        same.applied_to(&shorter),
        None::<HeadsDocument>,
        "changes of another document are refused"
    );
    let mut rootless = whole.clone();
    rootless.roots.clear();
    assert_eq!(
        HeadsChanges::between(&whole, &rootless),
        None,
        "roots are only ever added"
    );
}

/// A hub's tag of a document, as a proxy that packs answers hands it on.
fn tag(document: &HeadsDocument) -> String {
    format!("W/\"{}-gzip\"", &document.content().to_string()[..16])
}

/// Mai's phone, which holds this document under this tag, has asked for the heads.
fn asking(country: &Country, held: Option<&HeadsDocument>, etag: &str) -> (Session, Vec<Effect>) {
    let mut session = Session::new(Start {
        scope: Scope::Everything,
        place: place("vn-68-23074"),
        pin: country.pin(),
        feeds: Default::default(),
        etag: Some(etag.into()),
        document: held.map(HeadsDocument::to_bytes),
        outbox: vec![],
        mailboxes: vec![],
        receipt_keys: vec![],
    });
    let asked = session.step(Event::Begin, NOW);
    (session, asked)
}

fn asks_for_the_whole(asked: &[Effect]) -> bool {
    matches!(
        asked,
        [Effect::Request(Request::Heads {
            etag: None,
            changes: false,
            ..
        })]
    )
}

/// What a session keeps once it has got all the segments it asks for.
fn kept(mut session: Session, country: &Country, effects: Vec<Effect>) -> (bool, Option<String>) {
    let mut waiting = effects;
    let mut found = None;
    while let Some(effect) = waiting.pop() {
        let event = match effect {
            Effect::Request(Request::Segment { place, hash, .. }) => Event::Segment {
                bytes: country.segment(&hash).unwrap(),
                place,
                hash,
            },
            Effect::Open(unopened) => unopened.open(),
            Effect::Apply(apply) => {
                if let Apply::Heads { document, etag, .. } = *apply {
                    found = Some((document.is_some(), etag));
                }
                Event::Applied
            }
            _ => continue,
        };
        waiting.extend(session.step(event, NOW));
    }
    found.expect("the heads are kept at the end")
}

#[test]
fn changes_damaged_into_a_field_nobody_reads_are_not_the_newer_document() {
    let mut country = Country::new();
    let old = country.document();
    country
        .commune()
        .put(&notice(&place("vn-68-23074"), 7, "Họp bản tối nay."));
    let new = country.document();
    let mut changes = HeadsChanges::between(&old, &new).unwrap();
    let (mut session, asked) = asking(&country, Some(&old), &tag(&old));
    assert!(
        matches!(
            &asked[..],
            [Effect::Request(Request::Heads {
                etag: Some(_),
                changes: true,
                ..
            })]
        ),
        "the honest way is open: {asked:?}"
    );
    // One bit of the key 0 was turned over on the line: no reader knows field 1, 2, 4 … and skips it.
    for node in &mut changes.nodes {
        node.head = None;
    }
    let event = Event::HeadsChanges {
        bytes: changes.to_bytes(),
        etag: Some(tag(&new)),
    };
    let asked = session.step(event, NOW);
    assert!(
        asks_for_the_whole(&asked),
        "or the phone would keep the old heads under the new tag and hear \"unchanged\" from then on: {asked:?}"
    );
}

#[test]
fn a_tag_that_names_another_document_is_never_sent_nor_kept() {
    let mut country = Country::new();
    let old = country.document();
    country
        .commune()
        .put(&notice(&place("vn-68-23074"), 7, "Họp bản tối nay."));
    let new = country.document();
    let (_, asked) = asking(&country, Some(&old), &tag(&new));
    assert!(
        asks_for_the_whole(&asked),
        "a tag kept from before this was checked heals by itself: {asked:?}"
    );
    for (etag, kept_too) in [
        (tag(&new), true),
        (format!("\"{}\"", Hash::of(&new.to_bytes())), true),
        (tag(&old), false),
        ("\"\"".to_owned(), false),
        ("rogue".to_owned(), false),
    ] {
        let (mut session, _) = asking(&country, None, "whatever");
        let event = Event::Heads {
            bytes: new.to_bytes(),
            etag: Some(etag.clone()),
        };
        let effects = session.step(event, NOW);
        let (document, held) = kept(session, &country, effects);
        assert!(document, "the document holds, whatever its tag");
        assert_eq!(
            held.is_some(),
            kept_too,
            "{etag}: a hub's and a relay's own tag count, another server's word for another document does not"
        );
    }
}

#[test]
fn changes_that_do_not_hold_are_no_dead_end() {
    let country = Country::new();
    let document = country.document();
    let (mut session, _) = asking(&country, Some(&document), &tag(&document));
    let mut changes = HeadsChanges::between(&document, &document).unwrap();
    changes.nodes[2].head = Some(b"junk".to_vec().into());
    let event = Event::HeadsChanges {
        bytes: changes.to_bytes(),
        etag: Some("newer".into()),
    };
    let asked = session.step(event, NOW);
    assert!(
        asks_for_the_whole(&asked),
        "or a phone whose tag is not its document's would fail at every sync: {asked:?}"
    );
}
