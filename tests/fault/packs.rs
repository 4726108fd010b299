//! Single bits flipped in a pack of 100 KB; `./x soak` flips them all.

use std::io::Cursor;

use bantin_model::id::Hash;
use bantin_model::pack::{Contents, Entry, FRAME_BYTES, HEADER_BYTES, RecordKind, ScanError, scan};
use bantin_tests::pack::Flipped;

#[test]
fn a_flipped_bit_costs_no_more_than_its_record() {
    let pack = Flipped::read_by(|source| scan(source));
    // The header and the first frames whole, then a bit here and there.
    let begin = 0..(HEADER_BYTES + 2 * FRAME_BYTES) as u64 * 8;
    assert_eq!(pack.flip(begin), Ok(()));
    for bit in (0..pack.bits()).step_by(40_009) {
        assert_eq!(pack.flip(bit..bit + 1), Ok(()), "bit {bit}");
    }
}

/// The planted bug: frames and bodies are believed as they stand.
fn trusts(source: &mut Cursor<&[u8]>) -> Result<Contents, ScanError> {
    let bytes = *source.get_ref();
    let mut contents = Contents::default();
    let mut at = HEADER_BYTES;
    while let Some(frame) = bytes.get(at..at + FRAME_BYTES) {
        let kind = RecordKind(u16::from_le_bytes([frame[4], frame[5]]));
        let length = u32::from_le_bytes([frame[8], frame[9], frame[10], frame[11]]);
        let entry = Entry {
            kind,
            hash: Hash::from_slice(&frame[12..44]).expect("32 bytes"),
            at: (at + FRAME_BYTES) as u64,
            bytes: length,
        };
        at = (at + FRAME_BYTES).saturating_add(length as usize);
        if kind != RecordKind::END {
            contents.entries.push(entry);
        }
    }
    Ok(contents)
}

/// Another one: what follows the first damage is not looked for.
fn gives_up(source: &mut Cursor<&[u8]>) -> Result<Contents, ScanError> {
    let mut contents = scan(source)?;
    if let Some(first) = contents.damages.first().map(|damage| damage.at) {
        contents.entries.retain(|entry| entry.at < first);
    }
    Ok(contents)
}

#[test]
fn a_reader_that_believes_or_gives_up_is_caught() {
    let somewhere = 9_000 * 8;
    for planted in [trusts, gives_up] {
        let pack = Flipped::read_by(planted);
        let found = pack.flip(somewhere..somewhere + 1);
        assert!(found.is_err(), "the flipped bit is noticed: {found:?}");
    }
}
