//! A conversation that was taken over by its code belongs to the agency that answered first, wherever
//! the new phone lives.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use bantin_model::id::{Hash, Lang, PlaceId, RecordId};
use bantin_model::letter::{
    ConversationKeys, ConversationSeed, LetterId, OpenedReply, Reply, ReplyVerb, SealSecret,
};
use bantin_model::record::{Agency, Body, Kind, Record};
use bantin_model::sign::SecretKey;
use bantin_model::time::{Seconds, Validity};
use bantin_view::{Directory, Reader, Thread, conversation_page};
use bantin_wire::ipc::device::Settings;

const NOW: Seconds = Seconds(1_795_323_600);

fn place(id: &str) -> PlaceId {
    PlaceId::new(id).unwrap()
}

fn agency(directory: &mut Directory, id: &str, name: &str, sign: &SecretKey) {
    let agency = Agency {
        names: [(Lang::vietnamese(), name.to_owned())].into(),
        seal_key: SealSecret::from_bytes([9; 32]).public(),
        sign_key: SecretKey::from_seed([99; 32]).public(),
        valid: Validity {
            from: Seconds(0),
            until: None,
        },
        contact: BTreeMap::new(),
        // It has changed its key since it answered.
        former: vec![sign.public()],
    };
    let number = RecordId::derived(NOW, id.as_bytes());
    let record = Record::new(number, Kind::AGENCY, place(id), NOW, &agency);
    assert!(
        directory.insert(&record, &Body::Agency(agency)),
        "an agency"
    );
}

#[test]
fn sons_phone_follows_his_commune_and_mais_code_leads_to_the_province() {
    let province = SecretKey::from_seed([5; 32]);
    let commune = SecretKey::from_seed([6; 32]);
    let mut directory = Directory::default();
    agency(&mut directory, "vn-68", "UBND tỉnh", &province);
    agency(&mut directory, "vn-68-23074", "UBND xã", &commune);
    let seed = ConversationSeed::from_bytes([3; 32]);
    let letter = LetterId::of(b"on the lost phone");
    let silent = Thread {
        id: ConversationKeys::from_seed(&seed).id(),
        agency: place("vn-68-23074"),
        claim_code: seed.claim_code(),
        letters: vec![],
        receipts: vec![],
        replies: vec![],
        replies_read: 0,
        claimed_at: Some(NOW),
    };
    let reader = Reader::new(&Settings::default(), NOW, 420);
    let page = conversation_page(&silent.clone().at_home(&directory), &directory, &reader);
    assert_eq!(page.card.status, "unknown", "nothing has come");
    assert!(page.actions.is_empty(), "so nobody knows whom to write to");
    assert_eq!(
        page.card.changed_at, NOW,
        "it stands where it was taken over"
    );

    let delivered = Reply::new(ReplyVerb::Delivered, 1, Some(letter), NOW, "UBND tỉnh");
    let answered = Thread {
        replies: vec![OpenedReply {
            id: Hash::of(b"first"),
            signed_by: province.public(),
            reply: delivered,
        }],
        ..silent
    };
    let answered = answered.at_home(&directory);
    assert_eq!(answered.agency, place("vn-68"), "whose key signed it");
    let page = conversation_page(&answered, &directory, &reader);
    assert_eq!(page.card.agency, "UBND tỉnh", "and it says so");
    assert_eq!(page.card.status, "received", "a proof that it arrived");
    assert_eq!(page.actions.first().map(String::as_str), Some("reply"));
    let steps: Vec<_> = page.stones.iter().map(|s| s.step.as_str()).collect();
    assert_eq!(
        steps,
        ["accepted", "delivered", "opened", "answered"],
        "nobody can prove that the lost phone had saved it"
    );
}
