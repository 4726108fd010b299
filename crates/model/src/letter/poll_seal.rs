//! A poll sealed to the carrier that passes it on. A poll holds read keys, and whoever has a read key
//! may read that mailbox for ever; on a local network without TLS they must not travel in the clear.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;

use super::hpke_suite::{self, TAG_BYTES};
use super::{POLL_REQUEST_BYTES_MAX, PollRequest, SealPublic, SealSecret};
use crate::cbor;

const INFO: &[u8] = b"bantin poll v1";

/// The largest sealed poll, in bytes.
pub const SEALED_POLL_BYTES_MAX: usize = POLL_REQUEST_BYTES_MAX + TAG_BYTES + 64;

#[derive(Encode, Decode)]
#[cbor(map)]
struct SealedPoll {
    /// HPKE's encapsulated key.
    #[n(0)]
    enc: ByteArray<32>,
    /// HPKE's ciphertext of the request.
    #[n(1)]
    ct: ByteVec,
}

/// Seals a poll to `carrier`; none for a public key that is no usable point.
pub fn seal_poll(
    poll: &PollRequest,
    carrier: &SealPublic,
    rng: &mut impl CryptoRng,
) -> Option<Vec<u8>> {
    let (enc, ct) = hpke_suite::seal(carrier, INFO, &[], &poll.to_bytes(), rng)?;
    let sealed = SealedPoll {
        enc: enc.into(),
        ct: ct.into(),
    };
    Some(cbor::to_vec(&sealed))
}

/// Opens what [`seal_poll`] made; none if it was sealed to another key or is no poll.
pub fn open_poll(bytes: &[u8], carrier: &SealSecret) -> Option<PollRequest> {
    let sealed: SealedPoll = cbor::from_slice(bytes, SEALED_POLL_BYTES_MAX).ok()?;
    let opened = hpke_suite::open(carrier, &sealed.enc, INFO, &[], &sealed.ct)?;
    PollRequest::from_bytes(&opened).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;
    use crate::letter::{BoxCursor, ConversationKeys, ConversationSeed, POLL_BOXES_MAX};

    #[test]
    fn only_the_relay_asked_reads_a_poll() {
        let mut rng = ChaCha20Rng::from_seed([7; 32]);
        let (ba, other) = (
            SealSecret::generate(&mut rng),
            SealSecret::generate(&mut rng),
        );
        let cursor = |after| BoxCursor {
            read_key: ConversationKeys::from_seed(&ConversationSeed::generate(
                &mut ChaCha20Rng::seed_from_u64(after),
            ))
            .read
            .clone(),
            after,
        };
        let poll = PollRequest {
            boxes: (0..POLL_BOXES_MAX as u64).map(cursor).collect(),
        };
        let sealed = seal_poll(&poll, &ba.public(), &mut rng).unwrap();
        assert!(
            sealed.len() <= SEALED_POLL_BYTES_MAX,
            "the largest poll fits into its limit"
        );
        assert_eq!(open_poll(&sealed, &ba), Some(poll.clone()), "Bá's relay");
        assert_eq!(open_poll(&sealed, &other), None, "nobody else");
        let key = poll.boxes.first().unwrap().read_key.to_bytes();
        let shown = sealed.windows(key.len()).any(|part| part == key);
        assert!(!shown, "who listens on the Wi-Fi learns no read key");
        for at in 0..sealed.len().min(200) {
            let mut bent = sealed.clone();
            *bent.get_mut(at).unwrap() ^= 1;
            assert_ne!(
                open_poll(&bent, &ba),
                Some(poll.clone()),
                "byte {at} counts"
            );
        }
    }
}
