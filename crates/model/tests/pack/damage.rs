//! Sticks lose bits and messengers lose ends: whatever is whole is kept, whatever is not is named.

use std::collections::BTreeSet;
use std::io::Cursor;

use bantin_model::id::Hash;
use bantin_model::pack::{Contents, FRAME_BYTES, HEADER_BYTES, Lost, RecordKind, read_body, scan};

use crate::{noise, pack, read, records};

fn names(contents: &Contents) -> BTreeSet<(RecordKind, Hash)> {
    let entries = contents.entries.iter();
    entries.map(|entry| (entry.kind, entry.hash)).collect()
}

#[test]
fn what_is_written_is_read() {
    let bytes = pack(&records());
    let mut source = Cursor::new(&bytes);
    let contents = scan(&mut source).unwrap();
    assert!(contents.is_whole(), "nothing was damaged");
    let read: Vec<_> = contents
        .entries
        .iter()
        .map(|entry| (entry.kind, read_body(&mut source, entry).unwrap().unwrap()))
        .collect();
    assert_eq!(
        read,
        records(),
        "every record in its order, unknown kinds too"
    );
}

/// Flips each bit that `chosen` takes and checks that at most one record is lost and that it is said.
fn flip(bytes: &[u8], chosen: impl Fn(usize) -> bool) {
    let whole = names(&read(bytes).unwrap());
    let mut altered = bytes.to_vec();
    for bit in (0..bytes.len() * 8).filter(|bit| chosen(*bit)) {
        altered[bit / 8] ^= 1 << (bit % 8);
        let contents = read(&altered).expect("one bit never hides a whole pack");
        let found = names(&contents);
        assert!(found.is_subset(&whole), "bit {bit} made up a record");
        assert!(
            whole.difference(&found).count() <= 1,
            "bit {bit} cost more than its own record"
        );
        assert!(!contents.is_whole(), "bit {bit} went unnoticed");
        altered[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn every_flipped_bit_of_a_small_pack_stays_in_its_record() {
    flip(&pack(&records()), |_| true);
}

/// A bit here and there; `./x soak --only packs` flips every one of a pack of this size.
#[test]
fn flipped_bits_of_a_pack_of_100_kb_stay_in_their_records() {
    let bytes = pack(&large());
    flip(&bytes, |bit| bit % 2_003 == 0 || bit < HEADER_BYTES * 8);
}

fn large() -> Vec<(RecordKind, Vec<u8>)> {
    let mut all = records();
    for n in 0..10 {
        all.push((RecordKind::BLOB, noise(100 + n, 10_000)));
    }
    all
}

#[test]
fn cut_at_any_byte_the_records_before_are_kept() {
    let bytes = pack(&records());
    let whole = read(&bytes).unwrap();
    for len in 0..bytes.len() {
        let cut = read(&bytes[..len]);
        let before: Vec<_> = whole
            .entries
            .iter()
            .filter(|entry| entry.at + u64::from(entry.bytes) <= len as u64)
            .copied()
            .collect();
        match cut {
            Ok(contents) => {
                assert_eq!(
                    contents.entries, before,
                    "cut at {len}: what came whole is kept"
                );
                assert!(!contents.is_whole(), "cut at {len}: it is said");
            }
            Err(_) => assert!(len < HEADER_BYTES, "only without its header it is no pack"),
        }
    }
}

#[test]
fn bytes_lost_added_or_overwritten_cost_only_what_they_touch() {
    let bytes = pack(&records());
    let whole = read(&bytes).unwrap();
    let segment = whole.of(RecordKind::SEGMENT).next().unwrap();
    let (at, end) = (segment.at as usize + 10, segment.at as usize + 200);
    let mut shorter = bytes.clone();
    shorter.drain(at..end);
    let mut longer = bytes.clone();
    longer.splice(at..at, noise(9, 500));
    let mut zeroed = bytes.clone();
    zeroed[at..end].fill(0);
    for damaged in [shorter, longer, zeroed] {
        let contents = read(&damaged).unwrap();
        assert_eq!(
            contents.entries.len(),
            whole.entries.len() - 1,
            "all records but the damaged one are found again"
        );
        let named: Vec<_> = contents.damages.iter().filter_map(|d| d.record).collect();
        assert_eq!(
            named,
            [(RecordKind::SEGMENT, segment.hash)],
            "the damaged one is named"
        );
    }
}

#[test]
fn a_record_taken_out_whole_is_noticed() {
    let bytes = pack(&records());
    let letter = *read(&bytes).unwrap().of(RecordKind::LETTER).next().unwrap();
    let mut without = bytes.clone();
    let begin = letter.at as usize - FRAME_BYTES;
    without.drain(begin..letter.at as usize + letter.bytes as usize);
    let contents = read(&without).unwrap();
    assert_eq!(
        contents.damages.iter().map(|d| d.lost).collect::<Vec<_>>(),
        [Lost::End],
        "the last record counts what was there"
    );
}

#[test]
fn a_repeated_record_counts_once() {
    let mut twice = records();
    twice.extend(records());
    let contents = read(&pack(&twice)).unwrap();
    assert!(contents.is_whole(), "a repetition is no damage");
    assert_eq!(contents.entries.len(), records().len(), "and has no effect");
}
