//! The fixed parts: the header of a pack, and the frame before the body of each record.
//!
//! Header: magic (8), version (u32), check (4). Frame: mark (4), kind (u16), zero (u16), length of the
//! body (u32), SHA-256 of the body (32), check (8). Numbers are little-endian; a check is the beginning
//! of the SHA-256 of a fixed text and everything before it.

use super::RecordKind;
use crate::id::Hash;

/// Length of a pack's header, in bytes.
pub const HEADER_BYTES: usize = 16;
/// Length of a record's frame, in bytes.
pub const FRAME_BYTES: usize = 52;

/// The version written here.
pub(super) const VERSION: u32 = 1;

/// What a frame begins with.
pub(super) const MARK: [u8; 4] = [0xb7, b'B', b'T', b'R'];

/// A byte above 127 and a line end show a file that went through something that takes it for text.
const MAGIC: [u8; 8] = *b"\x89BANTIN\n";
const HEADER_TEXT: &[u8] = b"bantin pack v1\0";
const FRAME_TEXT: &[u8] = b"bantin pack record v1\0";

/// What stands before a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) kind: RecordKind,
    pub(super) bytes: u32,
    pub(super) hash: Hash,
}

pub(super) fn header() -> [u8; HEADER_BYTES] {
    let mut out = [0u8; HEADER_BYTES];
    let version = VERSION.to_le_bytes();
    let (said, check) = out.split_at_mut(MAGIC.len() + version.len());
    fill(said, &[&MAGIC, &version]);
    fill(check, &[&Hash::of_parts(&[HEADER_TEXT, said]).0]);
    out
}

/// The version of a pack with this header; none if these bytes are no header.
pub(super) fn read_header(bytes: &[u8; HEADER_BYTES]) -> Option<u32> {
    let (magic, rest) = bytes.split_first_chunk::<8>()?;
    let (version, check) = rest.split_first_chunk::<4>()?;
    let expected = Hash::of_parts(&[HEADER_TEXT, magic, version]);
    let holds = *magic == MAGIC && expected.0.starts_with(check);
    holds.then(|| u32::from_le_bytes(*version))
}

impl Frame {
    pub(super) fn to_bytes(self) -> [u8; FRAME_BYTES] {
        let mut out = [0u8; FRAME_BYTES];
        let (said, check) = out.split_at_mut(FRAME_BYTES - 8);
        let (kind, bytes) = (self.kind.0.to_le_bytes(), self.bytes.to_le_bytes());
        fill(said, &[&MARK, &kind, &[0, 0], &bytes, &self.hash.0]);
        fill(check, &[&Hash::of_parts(&[FRAME_TEXT, said]).0]);
        out
    }

    pub(super) fn read(bytes: &[u8; FRAME_BYTES]) -> Option<Self> {
        let (said, check) = bytes.split_last_chunk::<8>()?;
        let (mark, rest) = said.split_first_chunk::<4>()?;
        if *mark != MARK || !Hash::of_parts(&[FRAME_TEXT, said]).0.starts_with(check) {
            return None;
        }
        let (kind, rest) = rest.split_first_chunk::<2>()?;
        // Two bytes that a later version may use.
        let (_, rest) = rest.split_first_chunk::<2>()?;
        let (bytes, hash) = rest.split_first_chunk::<4>()?;
        Some(Self {
            kind: RecordKind(u16::from_le_bytes(*kind)),
            bytes: u32::from_le_bytes(*bytes),
            hash: Hash::from_slice(hash)?,
        })
    }
}

/// Writes `parts` one after the other for as long as there is room.
fn fill(out: &mut [u8], parts: &[&[u8]]) {
    let bytes = parts.iter().copied().flatten();
    out.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
}
