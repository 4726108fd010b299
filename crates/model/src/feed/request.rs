//! A place asks the place above to let its keys speak: a small signed file, carried by hand.
//!
//! It proves only that whoever made it holds the keys it names. That they are the right place's keys
//! is for people to find out, by comparing [`KeyRequest::fingerprint`] over another way.

use minicbor::{Decode, Encode};

use crate::cbor;
use crate::id::Hash;
use crate::record::{NodeKeys, PlaceInfo};
use crate::sign::{Envelope, PayloadType, PublicKey, SecretKey, SignError};
use crate::time::Seconds;

/// The largest request, in bytes.
pub const KEY_REQUEST_BYTES_MAX: usize = 16 << 10;

/// What a place asks for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct KeyRequest {
    /// Version of this format: 1.
    #[n(0)]
    pub format: u8,
    /// The place, with the place above that is asked.
    #[n(1)]
    pub info: PlaceInfo,
    /// The keys that are to speak for it.
    #[n(2)]
    pub keys: NodeKeys,
    /// Life of the feed that its hub holds.
    #[n(3)]
    pub epoch: u32,
    /// Newest version its hub holds; 0 before the first.
    #[n(4)]
    pub version: u64,
    /// From when on heads signed with these keys are to count.
    #[n(5)]
    pub from: Seconds,
    /// When it was made.
    #[n(6)]
    pub at: Seconds,
    /// It asks for a new life: its hub was restored from a backup, older than what phones have seen.
    #[n(7)]
    #[cbor(default, skip_if = "is_false")]
    pub anew: bool,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// Why a file is no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRequestError {
    /// Not an envelope, or one of the keys it names has not signed it.
    #[error("the request does not prove that its maker holds the keys: {0}")]
    Signature(#[from] SignError),
    /// Not of the expected shape.
    #[error(transparent)]
    Cbor(#[from] cbor::CborError),
    /// A version this program does not know.
    #[error("format {0} of key requests is not known here")]
    Format(u8),
    /// One key for two purposes.
    #[error("feed and receipts must have keys of their own")]
    OneKey,
    /// There is nobody to ask.
    #[error("the request names no place above")]
    NoParent,
}

/// A request whose keys have signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedKeyRequest {
    /// What is asked for.
    pub request: KeyRequest,
    envelope: Envelope,
}

impl KeyRequest {
    /// The version of the format written here.
    pub const FORMAT: u8 = 1;

    /// Signs with both keys it names and, if the feed key is a new one, with the key it follows:
    /// that is how the place above tells a rotation from a stranger.
    pub fn sign(
        &self,
        feed: &SecretKey,
        receipt: &SecretKey,
        before: Option<&SecretKey>,
    ) -> Vec<u8> {
        let mut keys = vec![feed, receipt];
        keys.extend(before);
        Envelope::seal(PayloadType::KeyRequest, cbor::to_vec(self), &keys).to_bytes()
    }

    /// Reads a request and checks that its own keys signed it.
    pub fn open(bytes: &[u8]) -> Result<OpenedKeyRequest, KeyRequestError> {
        let envelope = Envelope::from_bytes(bytes, KEY_REQUEST_BYTES_MAX)?;
        if envelope.payload_type != PayloadType::KeyRequest.as_str() {
            return Err(SignError::WrongType.into());
        }
        let request: Self = cbor::from_slice(&envelope.payload, KEY_REQUEST_BYTES_MAX)?;
        if request.format != Self::FORMAT {
            return Err(KeyRequestError::Format(request.format));
        }
        let keys = request.keys;
        if keys.feed == keys.receipt {
            return Err(KeyRequestError::OneKey);
        }
        envelope.verified(PayloadType::KeyRequest, &[keys.feed, keys.receipt], 2)?;
        if request.info.parent.is_none() {
            return Err(KeyRequestError::NoParent);
        }
        Ok(OpenedKeyRequest { request, envelope })
    }

    /// What two people compare before the place above agrees.
    pub fn fingerprint(&self) -> Hash {
        self.keys.fingerprint(&self.info.id)
    }
}

impl OpenedKeyRequest {
    /// Whether `key` signed it as well.
    pub fn vouched_by(&self, key: &PublicKey) -> bool {
        self.envelope
            .verified(PayloadType::KeyRequest, &[*key], 1)
            .is_ok()
    }
}
