//! Segments: what is read back, and what is refused.

use bantin_model::feed::{Codec, Ledger, Op, SEGMENT_RAW_MAX, Segment, SegmentError};
use bantin_model::id::Hash;
use proptest::prelude::*;

use crate::country::{notice, place};

#[test]
fn a_plain_segment_reads_back() {
    let ops = vec![
        Op::Put(notice(&place("vn"), 1, "a").to_bytes()),
        Op::Drop(Hash::of(b"x")),
    ];
    let raw = Op::join(&ops);
    let bytes = Segment::write(Codec::Plain, raw.len(), &raw);
    let unpacked = Segment::read(&bytes).unwrap().unpack(None).unwrap();
    let again: Vec<Op> = Op::split(&unpacked)
        .unwrap()
        .into_iter()
        .map(Op::from)
        .collect();
    assert_eq!(again, ops, "what was written is what is read");
    assert_eq!(
        Ledger::of(&unpacked).unwrap().0.len(),
        2,
        "the ledger has every operation"
    );
}

#[test]
fn an_announced_length_is_a_promise() {
    let raw = Op::join(&[Op::Drop(Hash::of(b"x"))]);
    let bytes = Segment::write(Codec::Plain, raw.len() - 1, &raw);
    let refused = Segment::read(&bytes).unwrap().unpack(None);
    assert_eq!(
        refused,
        Err(SegmentError::Length),
        "more bytes than announced are not taken"
    );
    let huge = Segment::write(Codec::Plain, SEGMENT_RAW_MAX + 1, &[]);
    assert_eq!(
        Segment::read(&huge).err(),
        Some(SegmentError::Length),
        "memory stays bounded"
    );
}

#[test]
fn an_unknown_codec_and_a_missing_dictionary_are_named() {
    let mut bytes = Segment::write(Codec::Plain, 0, &[]);
    bytes[4] = 77;
    assert_eq!(Segment::read(&bytes).err(), Some(SegmentError::Codec(77)));
    let needed = Hash::of(b"dictionary");
    let bytes = Segment::write(Codec::ZstdDictionary(needed), 0, &[]);
    let refused = Segment::read(&bytes).unwrap().unpack(Some(b"another"));
    assert_eq!(
        refused,
        Err(SegmentError::Dictionary(needed)),
        "a wrong dictionary is not used"
    );
}

#[test]
fn a_put_that_is_no_record_is_refused() {
    let raw = Op::join(&[Op::Put(b"junk".to_vec())]);
    assert_eq!(
        Ledger::of(&raw),
        Err(SegmentError::Ops),
        "junk does not enter a set"
    );
}

proptest! {
    #[test]
    fn random_bytes_never_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300), codec in 0u8..4) {
        let mut with_magic = b"BTS1".to_vec();
        with_magic.push(codec);
        with_magic.extend_from_slice(&[0xff, 0, 0, 0]);
        with_magic.extend_from_slice(&bytes);
        for input in [bytes, with_magic] {
            if let Ok(segment) = Segment::read(&input)
                && let Ok(raw) = segment.unpack(None)
            {
                let _ = Ledger::of(&raw);
            }
        }
    }
}

#[test]
fn a_frame_that_asks_for_a_huge_window_is_refused() {
    // Magic, a descriptor without content size, a window of 96 MiB, then one empty last block.
    let frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x84, 0x01, 0x00, 0x00];
    let hostile = Segment::write(Codec::Zstd, 0, &frame);
    let unpacked = Segment::read(&hostile).unwrap().unpack(None);
    assert_eq!(
        unpacked,
        Err(SegmentError::Packed),
        "nine bytes must not cost a phone 96 MiB"
    );
    let mut honest = frame;
    honest[5] = 0x68; // 8 MiB
    let honest = Segment::write(Codec::Zstd, 0, &honest);
    let unpacked = Segment::read(&honest).unwrap().unpack(None);
    assert_eq!(
        unpacked,
        Ok(vec![]),
        "8 MiB is what a segment may unpack to"
    );
}
