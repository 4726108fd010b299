//! Secrets of 32 bytes: how they come in, go out, and stay out of logs.

use rand_core::CryptoRng;

/// Fresh bytes for a secret.
pub(super) fn random_32(rng: &mut impl CryptoRng) -> [u8; 32] {
    let mut out = [0u8; 32];
    rng.fill_bytes(&mut out);
    out
}

/// Gives a newtype over `[u8; 32]` what every secret has; one that is `sealed` also travels inside a seal,
/// as a CBOR byte string.
macro_rules! secret_bytes {
    ($name:ident) => {
        impl $name {
            /// The secret with these bytes, as [`Self::to_bytes`] gave them.
            pub fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// The bytes, to be stored where secrets are stored.
            pub fn to_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
    ($name:ident sealed) => {
        secret_bytes!($name);

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?;
                Ok(())
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                c: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                Ok(Self(*minicbor::bytes::ByteArray::<32>::decode(d, c)?))
            }
        }
    };
}
pub(super) use secret_bytes;
