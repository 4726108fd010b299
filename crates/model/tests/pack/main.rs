//! Packs that are whole, cut, damaged or hostile.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod damage;
mod hostile;
mod vectors;

use std::io::Cursor;

use bantin_model::id::Hash;
use bantin_model::letter::MailboxId;
use bantin_model::pack::{Ask, Contents, PackWriter, PackedMail, RecordKind, ScanError, scan};

/// A pack of `records`.
fn pack(records: &[(RecordKind, Vec<u8>)]) -> Vec<u8> {
    let mut writer = PackWriter::new(Vec::new()).unwrap();
    for (kind, body) in records {
        assert!(writer.record(*kind, body).unwrap(), "it is within limits");
    }
    writer.finish().unwrap()
}

fn read(bytes: &[u8]) -> Result<Contents, ScanError> {
    scan(&mut Cursor::new(bytes))
}

/// Bytes that no compression or pattern makes special.
fn noise(seed: u64, bytes: usize) -> Vec<u8> {
    let block = |n: u64| Hash::of_parts(&[&seed.to_le_bytes(), &n.to_le_bytes()]).0;
    (0..).flat_map(block).take(bytes).collect()
}

/// What Mai's pack may hold: news, a letter, an ask, what came back, and something of a later version.
fn records() -> Vec<(RecordKind, Vec<u8>)> {
    let mailbox = MailboxId(Hash([7; 32]));
    let entry = noise(5, 90).into();
    vec![
        (RecordKind::HEADS, noise(1, 150)),
        (RecordKind::RECEIPT, noise(2, 80)),
        (RecordKind::MAIL, PackedMail { mailbox, entry }.to_bytes()),
        (RecordKind::ASK, Ask { mailbox }.to_bytes()),
        (RecordKind::LETTER, noise(3, 128)),
        (RecordKind(77), noise(4, 33)),
        (RecordKind::SEGMENT, noise(6, 260)),
        (RecordKind::BLOB, Vec::new()),
    ]
}
