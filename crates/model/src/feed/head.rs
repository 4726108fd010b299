//! The signed head of a feed.

use minicbor::{Decode, Encode};

use crate::id::{Hash, PlaceId};
use crate::time::Seconds;

/// How long a head counts as fresh, in seconds: heads are signed again daily.
pub const HEAD_LIFE_S: u64 = 7 * Seconds::DAY;
/// The largest number of segments a head may list.
pub const SEGMENTS_MAX: usize = 64;

/// A segment as the head names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SegmentRef {
    /// SHA-256 of the segment's bytes.
    #[n(0)]
    pub hash: Hash,
    /// Size as it travels, in bytes.
    #[n(1)]
    pub bytes: u64,
    /// Number of puts and drops in it.
    #[n(2)]
    pub ops: u32,
}

/// What a place's feed holds now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Head {
    /// Version of this format: 1.
    #[n(0)]
    pub format: u8,
    /// Whose feed.
    #[n(1)]
    pub place: PlaceId,
    /// Life of the feed, as the place above says.
    #[n(2)]
    pub epoch: u32,
    /// Goes up by one with each change of the set.
    #[n(3)]
    pub version: u64,
    /// Merkle root over the leaves in order of record id.
    #[n(4)]
    pub root: Hash,
    /// Number of leaves.
    #[n(5)]
    pub count: u64,
    /// Oldest first; replayed in this order they give `root` and `count`.
    #[n(6)]
    pub segments: Vec<SegmentRef>,
    /// When it was signed.
    #[n(7)]
    pub issued_at: Seconds,
    /// From then on the feed is shown as old.
    #[n(8)]
    pub expires_at: Seconds,
}

impl Head {
    /// The version of the format written here.
    pub const FORMAT: u8 = 1;

    /// (epoch, version): never goes back.
    pub fn order(&self) -> (u32, u64) {
        (self.epoch, self.version)
    }
}
