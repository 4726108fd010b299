//! Golden vectors: the exact bytes, so that another implementation can check itself and a change of
//! format cannot happen by accident. `BANTIN_WRITE_VECTORS=1` writes the file anew.

use std::fmt::Write as _;
use std::path::Path;

use bantin_model::cbor;
use bantin_model::id::Hash;
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
    let place = hanh.place.clone();
    let receipt = Receipt::issue(id, ReceiptStep::Delivered, NOW, place, &hanh.sign);
    let next = stranger();
    let (original, _) = open_original(&sealed, &hanh.seal).unwrap();
    let forward = Forward {
        format: 1,
        original,
        trail: vec![Hop {
            from: hanh.place.clone(),
            to: next.place.clone(),
            at: NOW,
            reason: "Đường này do xã bạn quản lý.".into(),
            by: "UBND xã Phan Sơn (mẫu)".into(),
        }],
        replies: 2,
        later: false,
    };
    let to_next = next.seal.public();
    let (_, passed_on) = seal_forward(&forward, &to_next, &hanh.sign, &mut rng(42)).unwrap();
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
    let mut rows: Vec<(&str, Vec<u8>)> = Vec::new();
    let mut row = |name, bytes: &[u8]| rows.push((name, bytes.to_vec()));
    row("conversation.seed", seed.to_bytes());
    row(
        "conversation.claim_code.ascii",
        seed.claim_code().as_bytes(),
    );
    row("conversation.sign.seed", mai.sign.seed());
    row("conversation.sign.public", mai.sign.public().as_bytes());
    row("conversation.seal.secret", mai.seal.to_bytes());
    row("conversation.seal.public", to.as_bytes());
    row("conversation.read_key", mai.read.to_bytes());
    row("conversation.mailbox", mai.mailbox().0.as_bytes());
    row("conversation.id", mai.id().as_bytes());
    row("agency.seal.secret", hanh.seal.to_bytes());
    row("agency.seal.public", hanh.seal.public().as_bytes());
    row("agency.sign.seed", hanh.sign.seed());
    row("letter", &cbor::to_vec(&letter));
    row("letter.sealed", &sealed);
    row("letter.id", id.0.as_bytes());
    row("reply", &cbor::to_vec(&reply));
    row("reply.entry", &entry);
    row("receipt", &receipt);
    row("forward", &cbor::to_vec(&forward));
    row("forward.sealed", &passed_on);
    row("next.seal.secret", next.seal.to_bytes());
    row("attachment.sealed", &small);
    row("attachment.photo.hash", Hash::of(&photo).as_bytes());
    row("poll.request", &request.to_bytes());
    row("poll.response", &response.to_bytes());
    let mut out = String::new();
    for (name, bytes) in rows {
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
