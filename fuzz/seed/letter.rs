//! What travels up and comes back, from the golden vectors of `docs/formats/letters.md`.

use bantin_model::id::{Hash, Lang};
use bantin_model::letter::{
    AttachmentKey, Letter, Receipt, ReceiptStep, Reply, ReplyVerb, SealedLetter, Verb, encrypt,
    seal, seal_reply,
};
use bantin_model::time::Seconds;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::cast::{NOW, agency_seal, agency_sign, mai, place};
use super::{Item, bytes, map, number, one, text};

const VECTORS: &str = include_str!("../../crates/model/tests/vectors/letters.hex");

/// A golden vector by its name.
pub fn vector(name: &str) -> Vec<u8> {
    let line = VECTORS.lines().find_map(|line| {
        let (found, hex) = line.split_once(" = ")?;
        (found == name).then_some(hex)
    });
    let digits: Vec<u8> = line
        .unwrap_or_default()
        .chars()
        .filter_map(|digit| digit.to_digit(16).map(|value| value as u8))
        .collect();
    digits
        .chunks(2)
        .filter_map(|pair| match pair {
            [high, low] => Some(high << 4 | low),
            _ => None,
        })
        .collect()
}

fn question(text: &str) -> Letter {
    let lang = Lang::vietnamese();
    Letter::new(&mai(), Verb::Question, 1, Seconds(NOW), lang, text)
}

/// Sealed letters: the golden one, a short one, a long one.
pub fn sealed() -> Vec<Vec<u8>> {
    let mut all = vec![vector("letter.sealed")];
    for words in ["Bao giờ có nước?".to_owned(), "Đường sạt lở. ".repeat(300)] {
        let mut rng = ChaCha20Rng::from_seed([5; 32]);
        let made = seal(&question(&words), &mai(), &agency_seal().public(), &mut rng);
        all.extend(made.map(|(_, bytes)| bytes));
    }
    all.retain(|bytes| SealedLetter::read(bytes).is_ok());
    all
}

/// Opened contents of letters, product and rating included.
pub fn contents() -> Vec<Vec<u8>> {
    let (sign, seal) = (mai().sign.public(), mai().seal.public());
    let frame = |verb: u64, last: (u64, Item)| {
        one(&map([
            (0, number(1)),
            (1, number(verb)),
            (2, bytes(sign.as_bytes())),
            (3, bytes(seal.as_bytes())),
            (4, number(2)),
            (5, number(NOW)),
            (6, text("vi")),
            (7, text("")),
            last,
        ]))
    };
    let certificate = map([
        (0, text("OCOP-MẪU-01")),
        (1, text("Uỷ ban")),
        (2, number(0)),
        (3, number(NOW)),
    ]);
    let draft = map([
        (0, bytes(&[4; 16])),
        (1, text("Rượu cần men lá")),
        (2, number(2)),
        (3, text("Ủ ba tháng trong ché.")),
        (4, text("350.000 đồng")),
        (5, Item::Array(vec![number(1), number(12)])),
        (6, text("Bản Cà Lon")),
        (7, text("Hộ chị Thu")),
        (8, text("Gọi trước")),
        (9, certificate),
        (10, number(3)),
    ]);
    vec![
        vector("letter"),
        frame(6, (11, draft)),
        frame(3, (12, number(5))),
    ]
}

/// Replies without their seal.
pub fn replies() -> Vec<Vec<u8>> {
    vec![vector("reply")]
}

/// Mailbox entries.
pub fn entries() -> Vec<Vec<u8>> {
    let mut reply = Reply::new(ReplyVerb::Opened, 1, None, Seconds(NOW), "Xã");
    reply.text = String::new();
    let to = mai();
    let mut rng = ChaCha20Rng::from_seed([6; 32]);
    let made = seal_reply(
        &reply,
        to.mailbox(),
        &to.seal.public(),
        &agency_sign(),
        &mut rng,
    );
    let mut all = vec![vector("reply.entry")];
    all.extend(made);
    all
}

/// Receipts of every step.
pub fn receipts() -> Vec<Vec<u8>> {
    let id = bantin_model::letter::LetterId(Hash([3; 32]));
    let steps = [
        ReceiptStep::Accepted,
        ReceiptStep::Delivered,
        ReceiptStep::Opened,
    ];
    let issue = |step| Receipt::issue(id, step, Seconds(NOW), place(), &agency_sign());
    steps.into_iter().map(issue).collect()
}

/// Sealed attachments: less than a chunk, and more than one.
pub fn attachments() -> Vec<Vec<u8>> {
    let key = attachment_key();
    let files = [vec![0xd8; 20], vec![0xd8; 500], vec![7; 70_000]];
    let mut all = vec![vector("attachment.sealed")];
    all.extend(files.iter().filter_map(|file| encrypt(file, &key).ok()));
    all
}

/// The key of every attachment here.
pub fn attachment_key() -> AttachmentKey {
    AttachmentKey::from_bytes([0x33; 32])
}

/// Poll requests: one mailbox, and many.
pub fn requests() -> Vec<Vec<u8>> {
    let one_box = |n: u8| map([(0, bytes(&[n; 32])), (1, number(u64::from(n)))]);
    let many = Item::Array((0..40).map(one_box).collect());
    vec![vector("poll.request"), one(&map([(0, many)]))]
}

/// Poll responses to the golden request.
pub fn responses() -> Vec<Vec<u8>> {
    let item = |cursor: u64| map([(0, number(cursor)), (1, bytes(&vector("reply.entry")))]);
    let page = map([
        (0, Item::Array((8..20).map(item).collect())),
        (1, super::truth(true)),
    ]);
    vec![
        vector("poll.response"),
        one(&map([(0, Item::Array(vec![page]))])),
    ]
}
