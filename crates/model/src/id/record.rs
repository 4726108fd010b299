//! Names of records.

use super::{Hash, bytes_id};
use crate::time::Seconds;

/// The name of a record in a feed: a UUIDv7, 16 bytes. A correction keeps the id and raises the revision.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub [u8; 16]);
bytes_id!(RecordId, 16);

impl RecordId {
    /// A new id: the first 48 bits are milliseconds, the rest is `random`.
    pub fn new(at: Seconds, random: [u8; 10]) -> Self {
        let millis = at.0.saturating_mul(1000).to_be_bytes();
        let mut id = [0u8; 16];
        let (time, tail) = id.split_at_mut(6);
        time.copy_from_slice(millis.get(2..8).unwrap_or(&[0; 6]));
        tail.copy_from_slice(&random);
        Self::with_uuid_bits(id)
    }

    /// The same id for the same `seed` at the same moment, for imports that may be run twice.
    pub fn derived(at: Seconds, seed: &[u8]) -> Self {
        let Hash(hash) = Hash::of_parts(&[b"bantin record id\0", seed]);
        let mut random = [0u8; 10];
        random
            .iter_mut()
            .zip(hash)
            .for_each(|(to, from)| *to = from);
        Self::new(at, random)
    }

    /// The next id of the same moment, for records that are published together: a short way from this one, as
    /// RFC 9562 §6.2 has it, so that ten thousand of them pack to little more than one.
    #[must_use]
    pub fn next(self) -> Self {
        let [head @ .., a, b, c, d] = self.0;
        let mut id = [0; 16];
        let (start, end) = id.split_at_mut(head.len());
        start.copy_from_slice(&head);
        end.copy_from_slice(
            &u32::from_be_bytes([a, b, c, d])
                .wrapping_add(1)
                .to_be_bytes(),
        );
        Self(id)
    }

    fn with_uuid_bits(mut id: [u8; 16]) -> Self {
        let [.., version, _, variant, _, _, _, _, _, _, _] = &mut id;
        *version = (*version & 0x0f) | 0x70;
        *variant = (*variant & 0x3f) | 0x80;
        Self(id)
    }
}
