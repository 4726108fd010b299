//! Files that somebody made to do harm.

use bantin_model::id::Hash;
use bantin_model::pack::{HEADER_BYTES, Lost, PACK_DAMAGES_MAX, PackWriter, RecordKind, ScanError};

use crate::{noise, pack, read, records};

/// A frame whose check holds, whatever it says.
fn frame(kind: u16, bytes: u32, hash: Hash) -> Vec<u8> {
    let mut said = vec![0xb7, b'B', b'T', b'R'];
    said.extend(kind.to_le_bytes());
    said.extend([0, 0]);
    said.extend(bytes.to_le_bytes());
    said.extend(hash.0);
    let check = Hash::of_parts(&[b"bantin pack record v1\0", &said]).0;
    said.extend(&check[..8]);
    said
}

fn behind_a_header(rest: &[u8]) -> Vec<u8> {
    let mut bytes = pack(&[])[..HEADER_BYTES].to_vec();
    bytes.extend(rest);
    bytes
}

#[test]
fn lengths_that_cannot_be_are_no_reason_to_reserve_memory() {
    for bytes in [u32::MAX, u32::MAX - 51, 1 << 31, 64 << 20] {
        let file = behind_a_header(&frame(2, bytes, Hash([1; 32])));
        let contents = read(&file).unwrap();
        assert!(contents.entries.is_empty(), "nothing is there");
        assert_eq!(contents.damages[0].lost, Lost::Cut, "the file ends before");
    }
}

#[test]
fn a_record_over_the_limit_of_its_kind_is_passed_over() {
    let body = noise(1, 70_000);
    let mut rest = frame(RecordKind::LETTER.0, 70_000, Hash::of(&body));
    rest.extend(&body);
    rest.extend(&pack(&records())[HEADER_BYTES..]);
    let contents = read(&behind_a_header(&rest)).unwrap();
    assert_eq!(contents.damages[0].lost, Lost::TooLong, "it is refused");
    assert_eq!(
        contents.entries.len(),
        records().len(),
        "what follows is read"
    );
    let mut writer = PackWriter::new(Vec::new()).unwrap();
    let taken = writer.record(RecordKind::LETTER, &body).unwrap();
    assert!(!taken, "nor is one ever written");
}

#[test]
fn frames_within_frames_cost_no_more_than_the_file_is_long() {
    // Each frame claims the whole rest of the file, so each would be hashed to its end.
    let count = 20_000usize;
    let mut rest = Vec::new();
    for n in 0..count {
        let left = ((count - n - 1) * 52) as u32;
        rest.extend(frame(4, left.saturating_sub(1), Hash([2; 32])));
    }
    let began = std::time::Instant::now();
    let contents = read(&behind_a_header(&rest)).unwrap();
    assert!(contents.entries.is_empty(), "none of them holds");
    assert!(
        contents.damages.len() <= PACK_DAMAGES_MAX + 1,
        "the list is bounded"
    );
    assert_eq!(
        contents.damages.last().unwrap().lost,
        Lost::GivenUp,
        "and it is said that the rest was not read"
    );
    assert!(began.elapsed().as_secs() < 20, "and the work is");
}

#[test]
fn other_files_are_no_packs() {
    for file in [Vec::new(), b"PK\x03\x04".to_vec(), noise(3, 100_000)] {
        assert!(
            matches!(read(&file), Err(ScanError::NotAPack)),
            "neither header nor record"
        );
    }
    let mut newer = pack(&records());
    newer[8] = 2;
    let check = Hash::of_parts(&[b"bantin pack v1\0", &newer[..12]]).0;
    newer[12..16].copy_from_slice(&check[..4]);
    assert!(
        matches!(read(&newer), Err(ScanError::Newer(2))),
        "a version we cannot know is said, not guessed"
    );
}

#[test]
fn a_pack_within_a_damaged_record_brings_nothing_but_records() {
    // A blob that is itself a pack: where its record is damaged, the records in it surface. That is no
    // way in: each is verified for itself by whoever imports it.
    let inner = pack(&records());
    let mut bytes = pack(&[(RecordKind::BLOB, inner.clone())]);
    let end = bytes.len();
    bytes.truncate(end - 100);
    let contents = read(&bytes).unwrap();
    assert!(
        contents
            .entries
            .iter()
            .all(|entry| u64::from(entry.bytes) < inner.len() as u64),
        "the damaged one itself is never given out"
    );
}
