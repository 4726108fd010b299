//! Whether a heads document may be believed, and what it then says.
//!
//! The rules are those of The Update Framework, walked down the place tree: the root by threshold of
//! pinned keys, each place by the delegation in the feed above, versions only go up, nothing that is
//! signed for another place, another epoch or another time passes.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;

use minicbor::bytes::ByteVec;

use super::{Head, HeadsDocument, HeadsNode, Root, SEGMENTS_MAX};
use crate::cbor::{self, CborError};
use crate::id::{Hash, PlaceId};
use crate::place::DEPTH_MAX;
use crate::record::{Body, Delegation, NodeKeys, Record};
use crate::sign::{Envelope, PayloadType, SignError};
use crate::time::{Seconds, newest_signed};

/// What a device starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Fingerprint of the first root document.
    pub root: Hash,
    /// Newest root version seen; 0 at first.
    pub root_version: u32,
}

/// The newest head known of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// (epoch, version).
    pub order: (u32, u64),
    /// Merkle root at that version.
    pub root: Hash,
    /// When it was signed.
    pub issued_at: Seconds,
}

/// A head that holds, with the keys that may speak for its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedHead {
    /// The head.
    pub head: Head,
    /// The envelope's exact bytes, to be kept and passed on.
    pub envelope: Vec<u8>,
    /// Keys of the node that serves the place.
    pub keys: NodeKeys,
    /// The place above, which lets it speak; none at the top.
    pub above: Option<PlaceId>,
}

/// A document that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// From the top down to the place asked for.
    pub heads: Vec<TrustedHead>,
    /// Version of the newest root.
    pub root_version: u32,
    /// The newest signed time in it, as far as it is believed: [`newest_signed`].
    pub newest_signed: Seconds,
}

/// Why a document is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// Not a document.
    #[error("not a heads document: {0}")]
    Shape(String),
    /// The first root is not the pinned one.
    #[error("another root of trust than the pinned one")]
    OtherRoot,
    /// A root document older than one already seen.
    #[error("the root of trust was rolled back")]
    RootRolledBack,
    /// A signature is missing or wrong.
    #[error("{place}: {error}")]
    Signature {
        /// Whose head; empty for the root.
        place: String,
        /// What is wrong.
        error: SignError,
    },
    /// The delegation is missing, of another place or epoch, unproven or not valid at that time.
    #[error("{0}: the place above does not let this feed speak")]
    Delegation(PlaceId),
    /// It is known below another place, and no place above both says that it moved.
    #[error("{0}: below another place than it is known to be")]
    Moved(PlaceId),
    /// The document ends at another place than asked for.
    #[error("not the place asked for")]
    OtherPlace,
    /// An older version than one already seen.
    #[error("{0}: an older version than one already known")]
    RolledBack(PlaceId),
    /// The same version with another content.
    #[error("{0}: two contents for one version")]
    Forked(PlaceId),
    /// Expires before it begins.
    #[error("{0}: its times cannot be")]
    Times(PlaceId),
}

impl From<CborError> for TrustError {
    fn from(error: CborError) -> Self {
        Self::Shape(error.to_string())
    }
}

/// Checks a document for `place` against what is pinned and known.
pub fn verify(
    document: &HeadsDocument,
    place: &PlaceId,
    pin: Pin,
    known: &BTreeMap<PlaceId, Known>,
) -> Result<Verified, TrustError> {
    match verify_as_far(document, place, pin, known)? {
        (verified, None) => Ok(verified),
        (_, Some(error)) => Err(error),
    }
}

/// The same, but a place below the top whose node does not hold takes nothing away from the places above
/// it: what they say is given with the reason why the rest is not believed. A stolen key at the bottom, or
/// one that was revoked, must not cut a village off from everybody else.
pub fn verify_as_far(
    document: &HeadsDocument,
    place: &PlaceId,
    pin: Pin,
    known: &BTreeMap<PlaceId, Known>,
) -> Result<(Verified, Option<TrustError>), TrustError> {
    verify_below(document, place, pin, known, &BTreeMap::new())
}

/// The same for a device that knows below which place each other one stands (`parents`): any place can write
/// a delegation of any other into its feed, so the first that was believed stays, until a place above it
/// takes the other over, or the place above it, or one above that, says that it was handed on.
pub fn verify_below(
    document: &HeadsDocument,
    place: &PlaceId,
    pin: Pin,
    known: &BTreeMap<PlaceId, Known>,
    parents: &BTreeMap<PlaceId, PlaceId>,
) -> Result<(Verified, Option<TrustError>), TrustError> {
    let root = verify_roots(document, pin)?;
    if document.nodes.is_empty() || document.nodes.len() > DEPTH_MAX {
        return Err(TrustError::Shape("number of places".into()));
    }
    let mut heads: Vec<TrustedHead> = Vec::new();
    let mut broken = None;
    for node in &document.nodes {
        let grant = match heads.last() {
            None => Ok(root.grant()),
            Some(above) => delegated(above, node),
        };
        let trusted = grant.and_then(|grant| verify_node(node, grant));
        let trusted = trusted.and_then(|trusted| {
            not_older(&trusted.head, known.get(&trusted.head.place))?;
            stays(&heads, node, &trusted.head.place, parents)?;
            let above = heads.last().map(|above| above.head.place.clone());
            Ok(TrustedHead { above, ..trusted })
        });
        match trusted {
            Ok(trusted) => heads.push(trusted),
            Err(error) if heads.is_empty() => return Err(error),
            Err(error) => {
                broken = Some(error);
                break;
            }
        }
    }
    let ends = heads.last().is_some_and(|last| last.head.place == *place);
    if !ends && broken.is_none() {
        return Err(TrustError::OtherPlace);
    }
    let newest_signed = newest_signed(heads.iter().map(|h| h.head.issued_at));
    let verified = Verified {
        heads,
        root_version: root.version,
        newest_signed,
    };
    Ok((verified, broken))
}

fn verify_roots(document: &HeadsDocument, pin: Pin) -> Result<Root, TrustError> {
    let root = follow_roots(&document.roots, pin.root)?;
    if root.version < pin.root_version {
        return Err(TrustError::RootRolledBack);
    }
    Ok(root)
}

/// The newest of these root documents, if the first has this fingerprint and each is signed by the
/// threshold of its own keys and of those before it.
pub fn follow_roots(roots: &[ByteVec], fingerprint: Hash) -> Result<Root, TrustError> {
    let mut current: Option<Root> = None;
    for bytes in roots {
        let sign_error = |error| TrustError::Signature {
            place: String::new(),
            error,
        };
        let envelope = Envelope::from_bytes(bytes, super::HEADS_BYTES_MAX).map_err(sign_error)?;
        let next: Root = cbor::from_slice(&envelope.payload, super::HEADS_BYTES_MAX)?;
        if !next.well_formed() || next.format != Root::FORMAT {
            return Err(TrustError::Shape("root".into()));
        }
        let by = |signer: &Root| {
            envelope
                .verified(
                    PayloadType::Root,
                    &signer.keys,
                    usize::from(signer.threshold),
                )
                .map(|_| ())
                .map_err(sign_error)
        };
        by(&next)?;
        match &current {
            None if next.fingerprint() != fingerprint || next.version != 1 => {
                return Err(TrustError::OtherRoot);
            }
            None => {}
            Some(before) if before.version.checked_add(1) != Some(next.version) => {
                return Err(TrustError::Shape("root versions".into()));
            }
            Some(before) => by(before)?,
        }
        current = Some(next);
    }
    current.ok_or(TrustError::OtherRoot)
}

fn delegated(above: &TrustedHead, node: &HeadsNode) -> Result<Delegation, TrustError> {
    let refused = || TrustError::Delegation(above.head.place.clone());
    let proof = node.delegation.as_ref().ok_or_else(refused)?;
    if !proof.holds(&above.head.root, above.head.count) {
        return Err(refused());
    }
    let record = Record::from_bytes(&proof.leaf)?;
    match record.body()? {
        Body::Delegation(delegation) if record.place == above.head.place => Ok(delegation),
        _ => Err(refused()),
    }
}

fn verify_node(node: &HeadsNode, grant: Delegation) -> Result<TrustedHead, TrustError> {
    let sign_error = |error| TrustError::Signature {
        place: grant.place.to_string(),
        error,
    };
    let envelope = Envelope::from_bytes(&node.head, super::HEADS_BYTES_MAX).map_err(sign_error)?;
    let payload = envelope
        .verified(PayloadType::Head, &[grant.keys.feed], 1)
        .map_err(sign_error)?;
    let head: Head = cbor::from_slice(payload, super::HEADS_BYTES_MAX)?;
    let in_grant = head.place == grant.place
        && head.epoch == grant.epoch
        && head.version > grant.after_version
        && grant.valid.covers(head.issued_at);
    if !in_grant {
        return Err(TrustError::Delegation(grant.place));
    }
    if head.format != Head::FORMAT || head.segments.len() > SEGMENTS_MAX {
        return Err(TrustError::Shape("head".into()));
    }
    if head.expires_at <= head.issued_at {
        return Err(TrustError::Times(head.place));
    }
    Ok(TrustedHead {
        head,
        envelope: node.head.to_vec(),
        keys: grant.keys,
        above: None,
    })
}

/// Whether `place` may stand below the last of `heads`.
fn stays(
    heads: &[TrustedHead],
    node: &HeadsNode,
    place: &PlaceId,
    parents: &BTreeMap<PlaceId, PlaceId>,
) -> Result<(), TrustError> {
    let (Some(above), Some(before)) = (heads.last(), parents.get(place)) else {
        return Ok(());
    };
    let now = &above.head.place;
    if now == before {
        return Ok(());
    }
    // The place it was known to be below, and those above that one; the root speaks for all.
    let mut may: BTreeSet<&PlaceId> = heads.iter().take(1).map(|top| &top.head.place).collect();
    may.extend(successors(Some(before), |one| parents.get(*one)).take(DEPTH_MAX));
    let takes_over = may.contains(now);
    let handed = || {
        let proof = node.handed.as_ref()?;
        let record = Record::from_bytes(&proof.leaf).ok()?;
        let by = heads.iter().find(|by| by.head.place == record.place)?;
        let Body::Place(info) = record.body().ok()? else {
            return None;
        };
        let says = info.id == *place && info.parent.as_ref() == Some(now);
        (says && may.contains(&record.place) && proof.holds(&by.head.root, by.head.count))
            .then_some(())
    };
    match takes_over || handed().is_some() {
        true => Ok(()),
        false => Err(TrustError::Moved(place.clone())),
    }
}

fn not_older(head: &Head, known: Option<&Known>) -> Result<(), TrustError> {
    let Some(known) = known else { return Ok(()) };
    if head.order() < known.order {
        return Err(TrustError::RolledBack(head.place.clone()));
    }
    if head.order() == known.order && head.root != known.root {
        return Err(TrustError::Forked(head.place.clone()));
    }
    if head.order() == known.order && head.issued_at < known.issued_at {
        return Err(TrustError::RolledBack(head.place.clone()));
    }
    Ok(())
}
