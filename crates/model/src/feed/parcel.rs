//! One record with everything that proves it: "official as of this version". It changes no trusted
//! state, and whoever gets it over any way can check it against a pinned root.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::{HeadsDocument, LeafProof, Pin, TrustError, TrustedHead, verify};
use crate::cbor;
use crate::id::PlaceId;
use crate::record::{Agency, Body, Delegation, Record};

/// The largest parcel, in bytes: it must fit into a reply.
pub const PARCEL_BYTES_MAX: usize = 48 << 10;

/// A record and its proof.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Parcel {
    /// Version of this format: 1.
    #[n(0)]
    pub format: u8,
    /// The heads from the top down to the place in whose feed the record stands.
    #[n(1)]
    pub heads: HeadsDocument,
    /// The record under the last of these heads.
    #[n(2)]
    pub record: LeafProof,
}

/// A parcel that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedParcel {
    /// The record.
    pub record: Record,
    /// The head it stands under.
    pub head: TrustedHead,
    /// The places from the top down to the one in whose feed it stands.
    pub path: Vec<PlaceId>,
}

impl Parcel {
    /// The version of the format written here.
    pub const FORMAT: u8 = 1;

    /// A record under the last head of a document.
    pub fn new(heads: HeadsDocument, record: LeafProof) -> Self {
        Self {
            format: Self::FORMAT,
            heads,
            record,
        }
    }

    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_vec(self)
    }

    /// Reads a parcel. Nothing is proven yet: see [`Self::open`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TrustError> {
        let parcel: Self = cbor::from_slice(bytes, PARCEL_BYTES_MAX)?;
        match parcel.format {
            Self::FORMAT => Ok(parcel),
            other => Err(TrustError::Shape(format!("parcel format {other}"))),
        }
    }

    /// What it says of an agency, as long as nobody has checked it.
    pub fn claimed_agency(&self) -> Option<Agency> {
        match Record::from_bytes(&self.record.leaf).ok()?.body().ok()? {
            Body::Agency(agency) => Some(agency),
            _ => None,
        }
    }

    /// The delegation of `place` in it, as long as nobody has checked it.
    pub fn grant_of(&self, place: &PlaceId) -> Option<Delegation> {
        let leaves = self.heads.nodes.iter().filter_map(|node| {
            let leaf = &node.delegation.as_ref()?.leaf;
            Record::from_bytes(leaf).ok()?.body().ok()
        });
        let mut grants = leaves.filter_map(|body| match body {
            Body::Delegation(grant) => Some(grant),
            _ => None,
        });
        grants.find(|grant| grant.place == *place)
    }

    /// Checks it against a pinned root.
    pub fn open(&self, pin: Pin) -> Result<OpenedParcel, TrustError> {
        let record = Record::from_bytes(&self.record.leaf)?;
        let mut verified = verify(&self.heads, &record.place, pin, &BTreeMap::new())?;
        let heads = verified.heads.iter();
        let path = heads.map(|trusted| trusted.head.place.clone()).collect();
        let head = verified.heads.pop().ok_or(TrustError::OtherPlace)?;
        if !self.record.holds(&head.head.root, head.head.count) {
            return Err(TrustError::Shape("the record is not under the head".into()));
        }
        Ok(OpenedParcel { record, head, path })
    }
}

impl OpenedParcel {
    /// The agency it speaks of, if it speaks of one.
    pub fn agency(&self) -> Option<Agency> {
        match self.record.body().ok()? {
            Body::Agency(agency) => Some(agency),
            _ => None,
        }
    }
}
