//! The keys of a conversation and of an agency's letter box.
//!
//! Everything a conversation needs is derived from one 32-byte seed, so that a printed claim code
//! brings it back when the phone is lost, and so that two conversations of one person share nothing.

use hkdf::Hkdf;
use hpke::{Deserializable, Kem, Serializable};
use rand_core::CryptoRng;
use sha2::Sha256;
use zeroize::ZeroizeOnDrop;

use super::hpke_suite::Dh;
use super::secret::{random_32, secret_bytes};
use crate::id::{Hash, KeyId, bytes_id};
use crate::sign::{PublicKey, SecretKey};

/// An X25519 public key to which letters or replies are sealed.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SealPublic(pub [u8; 32]);
bytes_id!(SealPublic, 32);

impl SealPublic {
    /// The key's short name, as it is written on the outside of a letter.
    pub fn id(&self) -> KeyId {
        KeyId::of(&self.0)
    }
}

/// An X25519 secret key. Wiped when dropped; its Debug shows nothing.
#[derive(Clone, ZeroizeOnDrop)]
pub struct SealSecret([u8; 32]);
secret_bytes!(SealSecret);

impl SealSecret {
    /// A new key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(random_32(rng))
    }

    /// The public half.
    pub fn public(&self) -> SealPublic {
        let mut out = [0u8; 32];
        // 32 bytes are always a private key of this group, so this never leaves the zeros.
        if let Ok(secret) = <Dh as Kem>::PrivateKey::from_bytes(&self.0) {
            out.copy_from_slice(&Dh::sk_to_pk(&secret).to_bytes());
        }
        SealPublic(out)
    }
}

/// Opens a mailbox for reading. Presented to a hub when polling; whoever has it can read sealed
/// entries, but cannot open or append any.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct ReadKey([u8; 32]);
secret_bytes!(ReadKey sealed);

impl ReadKey {
    /// The address of the mailbox this key opens.
    pub fn mailbox(&self) -> MailboxId {
        MailboxId(Hash::of(&self.0))
    }
}

/// The address of a mailbox: SHA-256 of its read key. Public; written on the outside of letters.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    minicbor::Encode,
    minicbor::Decode,
    serde::Serialize,
    serde::Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct MailboxId(#[n(0)] pub Hash);

impl core::fmt::Display for MailboxId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

/// The name of a conversation: the first 16 bytes of the SHA-256 of its public sign key. Known to
/// the person and the agency; carriers know only the mailbox.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConversationId(pub [u8; 16]);
bytes_id!(ConversationId, 16);

impl ConversationId {
    /// The conversation whose letters `key` signs.
    pub fn of(key: &PublicKey) -> Self {
        let Hash(hash) = Hash::of(key.as_bytes());
        let mut id = [0u8; 16];
        id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        Self(id)
    }
}

/// The one secret of a conversation. Wiped when dropped; its Debug shows nothing.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct ConversationSeed([u8; 32]);
secret_bytes!(ConversationSeed);

impl ConversationSeed {
    /// A new conversation.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(random_32(rng))
    }
}

/// Everything a person holds for one conversation.
#[derive(Clone)]
pub struct ConversationKeys {
    /// Signs letters inside the seal.
    pub sign: SecretKey,
    /// Opens replies.
    pub seal: SealSecret,
    /// Reads the mailbox.
    pub read: ReadKey,
}

impl ConversationKeys {
    /// The keys of the conversation with this seed: HKDF-SHA256 without salt, one label each.
    pub fn from_seed(seed: &ConversationSeed) -> Self {
        Self {
            sign: SecretKey::from_seed(derive(seed, b"bantin conversation sign v1")),
            seal: SealSecret(derive(seed, b"bantin conversation seal v1")),
            read: ReadKey(derive(seed, b"bantin conversation read v1")),
        }
    }

    /// The name of the conversation.
    pub fn id(&self) -> ConversationId {
        ConversationId::of(&self.sign.public())
    }

    /// Where its replies arrive.
    pub fn mailbox(&self) -> MailboxId {
        self.read.mailbox()
    }
}

impl core::fmt::Debug for ConversationKeys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ConversationKeys(..)")
    }
}

fn derive(seed: &ConversationSeed, label: &[u8]) -> [u8; 32] {
    let mut out = [0u8; 32];
    let expanded = Hkdf::<Sha256>::new(None, &seed.0).expand(label, &mut out);
    // HKDF-SHA256 gives up to 8,160 bytes, so 32 cannot fail.
    debug_assert!(expanded.is_ok());
    out
}
