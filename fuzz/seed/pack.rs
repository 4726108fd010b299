//! Packs: with every kind of record, with news alone, with letters alone, and with none.

use bantin_model::id::Hash;
use bantin_model::letter::MailboxId;
use bantin_model::pack::{Ask, PackWriter, PackedMail, RecordKind};

use super::{heads, letter, record, segment};

fn pack(records: &[(RecordKind, Vec<u8>)]) -> Vec<u8> {
    let mut writer = PackWriter::new(Vec::new()).expect("memory takes bytes");
    for (kind, body) in records {
        writer.record(*kind, body).expect("memory takes bytes");
    }
    writer.finish().expect("memory takes bytes")
}

fn news() -> Vec<(RecordKind, Vec<u8>)> {
    let mut short = segment::all();
    short.sort_by_key(Vec::len);
    let segments = short.into_iter().take(3);
    let mut all = vec![(RecordKind::HEADS, heads::document(1, 1))];
    all.extend(segments.map(|segment| (RecordKind::SEGMENT, segment)));
    all.push((RecordKind::BLOB, record::notice(7, "vn", 1)));
    all
}

fn letters() -> Vec<(RecordKind, Vec<u8>)> {
    let mailbox = MailboxId(Hash([7; 32]));
    let mut all: Vec<_> = letter::receipts()
        .into_iter()
        .map(|receipt| (RecordKind::RECEIPT, receipt))
        .collect();
    for entry in letter::entries() {
        let entry = entry.into();
        let mail = PackedMail { mailbox, entry };
        all.push((RecordKind::MAIL, mail.to_bytes()));
    }
    all.push((RecordKind::ASK, Ask { mailbox }.to_bytes()));
    let mut sealed = letter::sealed();
    sealed.sort_by_key(Vec::len);
    all.extend(sealed.into_iter().take(1).map(|s| (RecordKind::LETTER, s)));
    all
}

/// Packs that are whole.
pub fn all() -> Vec<Vec<u8>> {
    let later = (RecordKind(77), b"mai sau".to_vec());
    let everything = [news(), letters(), vec![later]].concat();
    vec![
        pack(&everything),
        pack(&news()),
        pack(&letters()),
        pack(&[]),
    ]
}
