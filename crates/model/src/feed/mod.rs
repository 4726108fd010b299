//! Feeds: what goes down. A feed is a Merkle tree over the current records of a place, a small signed
//! head that names its root, and immutable segments that carry the records. Written out in
//! `docs/formats/feed.md`.

mod author;
mod changes;
mod delegate;
mod head;
mod heads;
mod ledger;
mod opened;
mod parcel;
mod proposal;
mod request;
mod root;
mod segment;
mod trust;
mod unzstd;

pub use author::{Author, Change, Pack, PublishError, Published};
pub use changes::{CHANGES_BYTES_MAX, HeadsChanges, INLINE_BYTES_MAX, NodeChange};
pub use delegate::{DelegateError, DelegateTerms};
pub use head::{HEAD_LIFE_S, Head, SEGMENTS_MAX, SegmentRef};
pub use heads::{HEADS_BYTES_MAX, HeadsDocument, HeadsNode, LeafProof, TAG_DIGITS, content_of};
pub use ledger::{Ledger, LedgerOp, current_set, root_of};
pub use opened::{OpenedSegment, Put};
pub use parcel::{OpenedParcel, PARCEL_BYTES_MAX, Parcel};
pub use proposal::{ProposalError, RootChange, RootProposal};
pub use request::{KEY_REQUEST_BYTES_MAX, KeyRequest, KeyRequestError, OpenedKeyRequest};
pub use root::{Root, fingerprint};
pub use segment::{Codec, DICTIONARY_BYTES_MAX, Op, OpRef, SEGMENT_RAW_MAX, Segment, SegmentError};
pub use trust::{
    Known, Pin, TrustError, TrustedHead, Verified, follow_roots, verify, verify_as_far,
    verify_below,
};
pub use unzstd::unpack_dictionary;
