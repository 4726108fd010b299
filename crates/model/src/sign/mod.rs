//! Signatures over exact bytes.

mod envelope;
mod key;

pub use envelope::{Envelope, PayloadType, Signature, pae};
pub use key::{PublicKey, SecretKey};

/// Why a signed thing is not accepted.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum SignError {
    /// The envelope carries another type of payload than asked for.
    #[error("the envelope carries another type of payload")]
    WrongType,
    /// Fewer valid signatures by the given keys than needed.
    #[error("{valid} valid signatures, {needed} needed")]
    NotEnough {
        /// Distinct given keys with a valid signature.
        valid: usize,
        /// How many are needed.
        needed: usize,
    },
    /// The bytes are no envelope.
    #[error(transparent)]
    Cbor(#[from] crate::cbor::CborError),
}
