//! Golden vectors: the exact bytes, so that another implementation can check itself and a change of
//! format cannot happen by accident. `BANTIN_WRITE_VECTORS=1` writes the file anew.

use std::fmt::Write as _;
use std::path::Path;

use bantin_model::cbor;
use bantin_model::letter::*;

use crate::cast::*;

fn vectors() -> String {
    let (mai, hanh) = (mai(), hanh());
    let seed = ConversationSeed::from_bytes([0x11; 32]);
    let (letter, photo) = question_with_photo();
    let (id, sealed) = seal(&letter, &mai, &hanh.seal.public(), &mut rng(40)).unwrap();
    let reply = answer(id);
    let to = mai.seal.public();
    let entry = seal_reply(&reply, mai.mailbox(), &to, &hanh.sign, &mut rng(41)).unwrap();
    let receipt = Receipt::issue(id, ReceiptStep::Delivered, NOW, hanh.place, &hanh.sign);
    let small = encrypt(
        b"ban do duong vao ban",
        &AttachmentKey::from_bytes([0x33; 32]),
    )
    .unwrap();
    let request = PollRequest {
        boxes: vec![BoxCursor {
            read_key: mai.read.clone(),
            after: 7,
        }],
    };
    let response = PollResponse {
        boxes: vec![BoxPage {
            entries: vec![MailItem {
                cursor: 8,
                bytes: b"entry".to_vec().into(),
            }],
            more: false,
        }],
    };
    let rows: [(&str, &[u8]); 20] = [
        ("conversation.seed", seed.to_bytes()),
        (
            "conversation.claim_code.ascii",
            seed.claim_code().as_bytes(),
        ),
        ("conversation.sign.seed", mai.sign.seed()),
        ("conversation.sign.public", mai.sign.public().as_bytes()),
        ("conversation.seal.secret", mai.seal.to_bytes()),
        ("conversation.seal.public", to.as_bytes()),
        ("conversation.read_key", mai.read.to_bytes()),
        ("conversation.mailbox", mai.mailbox().0.as_bytes()),
        ("conversation.id", mai.id().as_bytes()),
        ("agency.seal.secret", hanh.seal.to_bytes()),
        ("agency.seal.public", hanh.seal.public().as_bytes()),
        ("agency.sign.seed", hanh.sign.seed()),
        ("letter", &cbor::to_vec(&letter)),
        ("letter.sealed", &sealed),
        ("letter.id", id.0.as_bytes()),
        ("reply", &cbor::to_vec(&reply)),
        ("reply.entry", &entry),
        ("receipt", &receipt),
        ("attachment.sealed", &small),
        (
            "attachment.photo.hash",
            bantin_model::id::Hash::of(&photo).as_bytes(),
        ),
    ];
    let polls = [
        ("poll.request", request.to_bytes()),
        ("poll.response", response.to_bytes()),
    ];
    let rows = rows.into_iter().map(|(name, bytes)| (name, bytes.to_vec()));
    let mut out = String::new();
    for (name, bytes) in rows.chain(polls) {
        let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        writeln!(out, "{name} = {hex}").unwrap();
    }
    out
}

#[test]
fn the_bytes_are_those_of_the_specification() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/letters.hex");
    let made = vectors();
    if std::env::var_os("BANTIN_WRITE_VECTORS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    for (made, golden) in made.lines().zip(golden.lines()) {
        assert_eq!(
            made, golden,
            "this format changed: raise its version and keep reading the old one"
        );
    }
    assert_eq!(
        made.lines().count(),
        golden.lines().count(),
        "no vector is lost"
    );
}
