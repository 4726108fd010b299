//! Packing and unpacking segments.

use bantin_model::feed::{Codec, Segment, SegmentRef};
use zstd::bulk::Compressor;
use zstd::zstd_safe::CParameter;

use super::dictionary::Dictionary;
use crate::disk::Disk;

/// The slowest level that still is sensible: a segment is packed once and fetched by every phone.
const LEVEL: i32 = 19;
/// As far back as a segment can be long, so that its last notice is packed in view of its first: 16 MiB.
const WINDOW_LOG: u32 = 24;
/// Longer payloads teach themselves more than a dictionary knows, in bytes.
const SMALL: usize = 512 << 10;

/// The smallest of plain, zstd, and zstd with the dictionary.
pub fn pack(raw: &[u8], dictionary: Option<&Dictionary>) -> (Codec, Vec<u8>) {
    let dictionary = dictionary.filter(|_| raw.len() <= SMALL);
    let with = dictionary.and_then(|d| Some((Codec::ZstdDictionary(d.hash), with(raw, &d.bytes)?)));
    let without = alone(raw).map(|packed| (Codec::Zstd, packed));
    let plain = (Codec::Plain, raw.to_vec());
    let all = [Some(plain), without, with].into_iter().flatten();
    // The header of a dictionary's segment is longer by its name; it has to earn that.
    let size =
        |(codec, bytes): &(Codec, Vec<u8>)| bytes.len() + Segment::write(*codec, 0, &[]).len();
    all.min_by_key(size).unwrap_or((Codec::Plain, raw.to_vec()))
}

fn alone(raw: &[u8]) -> Option<Vec<u8>> {
    let mut compressor = Compressor::new(LEVEL).ok()?;
    compressor
        .set_parameter(CParameter::WindowLog(WINDOW_LOG))
        .ok()?;
    compressor
        .set_parameter(CParameter::EnableLongDistanceMatching(true))
        .ok()?;
    compressor.compress(raw).ok()
}

fn with(raw: &[u8], dictionary: &[u8]) -> Option<Vec<u8>> {
    let mut compressor = Compressor::with_dictionary(LEVEL, dictionary).ok()?;
    compressor.compress(raw).ok()
}

/// The raw payload of a stored segment.
pub fn fetch(disk: &Disk, listed: &SegmentRef) -> Option<Vec<u8>> {
    let bytes = std::fs::read(disk.segment(&listed.hash)).ok()?;
    let segment = Segment::read(&bytes).ok()?;
    let dictionary = match segment.dictionary() {
        None => None,
        Some(hash) => Some(std::fs::read(disk.blob(&hash)).ok()?),
    };
    segment.unpack(dictionary.as_deref()).ok()
}
