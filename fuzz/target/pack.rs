//! A file from somebody's stick.

use std::collections::BTreeSet;
use std::io::Cursor;

use bantin_model::feed::{HeadsDocument, Segment};
use bantin_model::id::Hash;
use bantin_model::letter::SealedLetter;
use bantin_model::pack::{
    Ask, Entry, FRAME_BYTES, PACK_DAMAGES_MAX, PackedMail, RecordKind, read_body, scan,
};

/// A pack, whole or damaged on purpose, and the first look at each of its records.
pub fn pack(data: &[u8]) -> bool {
    let mut source = Cursor::new(data);
    let Ok(contents) = scan(&mut source) else {
        return false;
    };
    let damages = contents.damages.len();
    assert!(damages <= PACK_DAMAGES_MAX + 1, "what is named is bounded");
    let (mut seen, mut after) = (BTreeSet::new(), 0);
    for entry in &contents.entries {
        assert!(
            seen.insert((entry.kind, entry.hash)),
            "a record counts once"
        );
        let begin = entry.at - FRAME_BYTES as u64;
        assert!(begin >= after, "records lie one behind the other");
        after = entry.at + u64::from(entry.bytes);
        assert!(after <= data.len() as u64, "and in the file");
        assert!(
            u64::from(entry.bytes) <= entry.kind.bytes_max(),
            "a limit is a limit"
        );
        let body = read_body(&mut source, entry).expect("memory can be read");
        let body = body.expect("what was whole is whole");
        assert_eq!(Hash::of(&body), entry.hash, "a body is what its name says");
        look(entry, &body);
    }
    contents.is_whole()
}

/// What an importer does first with a record, before it asks who signed it.
fn look(entry: &Entry, body: &[u8]) {
    match entry.kind {
        RecordKind::HEADS => drop(HeadsDocument::from_bytes(body)),
        RecordKind::SEGMENT => drop(Segment::read(body)),
        RecordKind::LETTER => drop(SealedLetter::read(body)),
        RecordKind::ASK => {
            if let Ok(ask) = Ask::from_bytes(body) {
                let again = Ask::from_bytes(&ask.to_bytes());
                assert_eq!(again.ok(), Some(ask), "written, it is read again");
            }
        }
        RecordKind::MAIL => {
            if let Ok(mail) = PackedMail::from_bytes(body) {
                let again = PackedMail::from_bytes(&mail.to_bytes());
                assert_eq!(again.ok(), Some(mail), "written, it is read again");
            }
        }
        _ => {}
    }
}
