//! Changes of a heads document: the newer one comes out, byte for byte, and nothing is believed by them.

use bantin_model::feed::{HeadsChanges, HeadsDocument};
use bantin_model::sync::{Effect, Event, Request, Scope, Session, Start};

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

#[test]
fn changes_that_do_not_hold_are_no_dead_end() {
    let country = Country::new();
    let document = country.document();
    let mut session = Session::new(Start {
        scope: Scope::Everything,
        place: place("vn-68-23074"),
        pin: country.pin(),
        feeds: Default::default(),
        etag: Some("held".into()),
        document: Some(document.to_bytes()),
        outbox: vec![],
        mailboxes: vec![],
        receipt_keys: vec![],
    });
    session.step(Event::Begin, NOW);
    let mut changes = HeadsChanges::between(&document, &document).unwrap();
    changes.nodes[2].head = Some(b"junk".to_vec().into());
    let event = Event::HeadsChanges {
        bytes: changes.to_bytes(),
        etag: Some("newer".into()),
    };
    let asked = session.step(event, NOW);
    assert!(
        matches!(
            asked.as_slice(),
            [Effect::Request(Request::Heads {
                etag: None,
                changes: false,
                ..
            })]
        ),
        "or a phone whose tag is not its document's would fail at every sync: {asked:?}"
    );
}
