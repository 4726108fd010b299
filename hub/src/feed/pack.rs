//! Packing and unpacking segments.

use bantin_model::feed::{Codec, Segment, SegmentRef};

use crate::disk::Disk;

/// The slowest level that still is sensible: a segment is packed once and fetched by every phone.
const LEVEL: i32 = 19;

/// zstd, unless that is no smaller.
pub fn pack(raw: &[u8]) -> (Codec, Vec<u8>) {
    match zstd::bulk::compress(raw, LEVEL) {
        Ok(packed) if packed.len() < raw.len() => (Codec::Zstd, packed),
        _ => (Codec::Plain, raw.to_vec()),
    }
}

/// The raw payload of a stored segment.
pub fn fetch(disk: &Disk, listed: &SegmentRef) -> Option<Vec<u8>> {
    let bytes = std::fs::read(disk.segment(&listed.hash)).ok()?;
    Segment::read(&bytes).ok()?.unpack(None).ok()
}
