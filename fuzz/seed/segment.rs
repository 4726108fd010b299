//! Segments in every codec, and dictionaries beside what they packed.

use bantin_model::feed::{Codec, Op, Segment};
use bantin_model::id::Hash;

use super::record;

/// Puts of all kinds of record and a drop.
pub fn raw() -> Vec<u8> {
    let mut ops: Vec<Op> = record::all().into_iter().map(Op::Put).collect();
    ops.push(Op::Drop(Hash([7; 32])));
    Op::join(&ops)
}

/// A dictionary as zstd trains it, from notices.
pub fn dictionary() -> Vec<u8> {
    let samples: Vec<Vec<u8>> = (0..400)
        .map(|n| record::notice(n, "vn-68-23008", 1 + n as usize % 3))
        .collect();
    zstd::dict::from_samples(&samples, 8 << 10).unwrap_or_default()
}

/// `raw` packed at `level` with `dictionary` (empty = none).
pub fn packed(raw: &[u8], dictionary: &[u8], level: i32) -> Vec<u8> {
    let packer = zstd::bulk::Compressor::with_dictionary(level, dictionary);
    packer
        .and_then(|mut packer| packer.compress(raw))
        .unwrap_or_default()
}

/// One of each codec that needs no dictionary.
pub fn all() -> Vec<Vec<u8>> {
    let long = raw();
    let short = Op::join(&[Op::Put(record::notice(1, "vn", 1)), Op::Drop(Hash([1; 32]))]);
    let mut out = vec![Segment::write(Codec::Plain, 0, &[])];
    for raw in [&long, &short] {
        out.push(Segment::write(Codec::Plain, raw.len(), raw));
        for level in [1, 19] {
            out.push(Segment::write(
                Codec::Zstd,
                raw.len(),
                &packed(raw, &[], level),
            ));
        }
        // Without a content size a frame names its window, and may name a huge one.
        let streamed = zstd::stream::encode_all(raw.as_slice(), 3).unwrap_or_default();
        out.push(Segment::write(Codec::Zstd, raw.len(), &streamed));
    }
    out
}

/// Input of the dictionary target: dictionary's length (u32, little-endian), dictionary, raw length
/// (u32), packed payload.
pub fn with_dictionaries() -> Vec<Vec<u8>> {
    let dictionary = dictionary();
    let small = dictionary.get(..4_096).unwrap_or_default();
    let long = raw();
    let short = record::notice(1, "vn", 1);
    let short = Op::join(&[Op::Put(short)]);
    let mut out = Vec::new();
    for dictionary in [&dictionary[..], small] {
        for raw in [&long, &short] {
            for level in [3, 19] {
                let packed = packed(raw, dictionary, level);
                let mut input = (dictionary.len() as u32).to_le_bytes().to_vec();
                input.extend_from_slice(dictionary);
                input.extend((raw.len() as u32).to_le_bytes());
                input.extend(packed);
                out.push(input);
            }
        }
    }
    out
}
