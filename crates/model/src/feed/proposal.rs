//! The next root document on its way from one key holder to the next, as a file carried by hand.
//!
//! It carries all root documents so far, so that a computer without a hub can check what it would
//! change and show it to the person who is about to sign.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::{HEADS_BYTES_MAX, Root, TrustError, follow_roots};
use crate::cbor::{self, CborError};
use crate::id::Hash;
use crate::sign::{Envelope, PayloadType, PublicKey, SecretKey, SignError, Signature, pae};

/// A root document that gathers signatures.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RootProposal {
    /// Version of this format: 1.
    #[n(0)]
    format: u8,
    /// Envelopes of the root documents in force, first version first.
    #[n(1)]
    roots: Vec<ByteVec>,
    /// Envelope of the next one.
    #[n(2)]
    next: ByteVec,
}

/// What a proposal would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootChange {
    /// What pairing links carry.
    pub fingerprint: Hash,
    /// The document in force.
    pub before: Root,
    /// The proposed one.
    pub next: Root,
    /// Keys that have signed it.
    pub signed: Vec<PublicKey>,
}

/// Why a proposal is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProposalError {
    /// Not of the expected shape, or too long.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// The next document is no envelope.
    #[error(transparent)]
    Envelope(#[from] SignError),
    /// The documents in force do not follow one another.
    #[error("the root documents in the file do not hold: {0}")]
    Chain(#[from] TrustError),
    /// A version this program does not know.
    #[error("format {0} of proposals is not known here")]
    Format(u8),
    /// The proposed document cannot follow the one in force.
    #[error("the proposed document cannot follow the one in force")]
    NotNext,
    /// The key is neither one of those in force nor one of the new ones.
    #[error("this key is no root key, neither before nor after")]
    Stranger,
    /// Two files that propose different things.
    #[error("the files propose different things")]
    Different,
}

impl RootChange {
    /// How many keys in force have signed, of how many needed.
    pub fn by_old(&self) -> (usize, usize) {
        count(&self.before, &self.signed)
    }

    /// How many of the keys named by the new document have signed, of how many needed.
    pub fn by_new(&self) -> (usize, usize) {
        count(&self.next, &self.signed)
    }

    /// Whether both thresholds are reached.
    pub fn is_complete(&self) -> bool {
        [self.by_old(), self.by_new()]
            .iter()
            .all(|(have, needed)| have >= needed)
    }
}

fn count(root: &Root, signed: &[PublicKey]) -> (usize, usize) {
    let have = signed.iter().filter(|key| root.keys.contains(key)).count();
    (have, usize::from(root.threshold))
}

impl RootProposal {
    /// The version of the format written here.
    pub const FORMAT: u8 = 1;

    /// Proposes `next` after these documents; nobody has signed yet.
    pub fn new(roots: Vec<Vec<u8>>, next: &Root) -> Result<Self, ProposalError> {
        let envelope = Envelope::seal(PayloadType::Root, cbor::to_vec(next), &[]);
        let proposal = Self {
            format: Self::FORMAT,
            roots: roots.into_iter().map(Into::into).collect(),
            next: envelope.to_bytes().into(),
        };
        proposal.change()?;
        Ok(proposal)
    }

    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_vec(self)
    }

    /// Reads a file and checks that the documents in it follow one another.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ProposalError> {
        let proposal: Self = cbor::from_slice(bytes, HEADS_BYTES_MAX)?;
        if proposal.format != Self::FORMAT {
            return Err(ProposalError::Format(proposal.format));
        }
        proposal.change()?;
        Ok(proposal)
    }

    /// The documents in force that it was made from.
    pub fn roots(&self) -> impl Iterator<Item = &[u8]> {
        self.roots.iter().map(|root| root.as_slice())
    }

    /// The envelope of the proposed document with the signatures gathered so far.
    pub fn envelope(&self) -> &[u8] {
        &self.next
    }

    /// What it would change, and who agrees.
    pub fn change(&self) -> Result<RootChange, ProposalError> {
        let first = self.roots.first().ok_or(TrustError::OtherRoot)?;
        let first: Root = cbor::from_slice(
            &Envelope::from_bytes(first, HEADS_BYTES_MAX)?.payload,
            HEADS_BYTES_MAX,
        )?;
        let fingerprint = first.fingerprint();
        let before = follow_roots(&self.roots, fingerprint)?;
        let envelope = Envelope::from_bytes(&self.next, HEADS_BYTES_MAX)?;
        let next: Root = cbor::from_slice(&envelope.payload, HEADS_BYTES_MAX)?;
        let follows = envelope.payload_type == PayloadType::Root.as_str()
            && next.format == Root::FORMAT
            && next.well_formed()
            && before.version.checked_add(1) == Some(next.version)
            && next.epoch >= before.epoch
            && next.after_version < u64::MAX;
        if !follows {
            return Err(ProposalError::NotNext);
        }
        let mut signed: Vec<PublicKey> = before.keys.iter().chain(&next.keys).copied().collect();
        signed.sort_unstable();
        signed.dedup();
        signed.retain(|key| envelope.verified(PayloadType::Root, &[*key], 1).is_ok());
        Ok(RootChange {
            fingerprint,
            before,
            next,
            signed,
        })
    }

    /// Adds the signature of a root key, old or new; once is enough.
    pub fn sign(&mut self, key: &SecretKey) -> Result<(), ProposalError> {
        let change = self.change()?;
        let public = key.public();
        if !change.before.keys.contains(&public) && !change.next.keys.contains(&public) {
            return Err(ProposalError::Stranger);
        }
        if change.signed.contains(&public) {
            return Ok(());
        }
        let mut envelope = Envelope::from_bytes(&self.next, HEADS_BYTES_MAX)?;
        let message = pae(PayloadType::Root, &envelope.payload);
        envelope.signatures.push(Signature {
            key: public.id(),
            signature: key.sign(&message).into(),
        });
        self.next = envelope.to_bytes().into();
        Ok(())
    }

    /// Takes over the signatures of another copy of the same proposal, signed elsewhere meanwhile.
    pub fn merge(&mut self, other: &Self) -> Result<(), ProposalError> {
        let mut own = Envelope::from_bytes(&self.next, HEADS_BYTES_MAX)?;
        let theirs = Envelope::from_bytes(&other.next, HEADS_BYTES_MAX)?;
        if self.roots != other.roots || own.payload != theirs.payload {
            return Err(ProposalError::Different);
        }
        for signature in theirs.signatures {
            if !own.signatures.contains(&signature) {
                own.signatures.push(signature);
            }
        }
        self.next = own.to_bytes().into();
        Ok(())
    }
}
