//! Encryption of attachments in chunks, so that a phone never holds a whole file twice and an upload
//! can resume at any byte.
//!
//! Plaintext is an 8-byte big-endian length, the file, and zeros up to the Padmé size. It is cut into
//! chunks of 64 KiB, each under ChaCha20-Poly1305 with the nonce `counter (11 bytes, big-endian) ‖
//! last (0 or 1)`: the STREAM construction, so cut, reordered or extended chunks do not open. The key
//! is random and used once. The same file and key give the same bytes, so nothing but the key need be
//! kept to continue an upload.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use rand_core::CryptoRng;
use zeroize::ZeroizeOnDrop;

use super::secret::{random_32, secret_bytes};
use super::{ATTACHMENT_BYTES_MAX, CHUNK_BYTES, pad};

const TAG_BYTES: usize = 16;
const SEALED_CHUNK_BYTES: usize = CHUNK_BYTES + TAG_BYTES;
const LENGTH_BYTES: usize = 8;

/// The key of one attachment. Wiped when dropped; its Debug shows nothing.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct AttachmentKey([u8; 32]);
secret_bytes!(AttachmentKey sealed);

impl AttachmentKey {
    /// A new key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(random_32(rng))
    }
}

/// Why an attachment cannot be encrypted or decrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentError {
    /// Longer than [`ATTACHMENT_BYTES_MAX`].
    #[error("the attachment has {0} bytes, at most {ATTACHMENT_BYTES_MAX} are allowed")]
    TooLarge(u64),
    /// More or fewer bytes were given than announced.
    #[error("{got} bytes were given, {announced} were announced")]
    Announced {
        /// Bytes given.
        got: u64,
        /// Bytes announced.
        announced: u64,
    },
    /// Altered, cut, reordered or extended on the way, or another key.
    #[error("the attachment is damaged or the key is another one")]
    Broken,
}

/// Length of the ciphertext of a file of `bytes` bytes.
pub fn encrypted_len(bytes: u64) -> u64 {
    let padded = padded_len(bytes);
    let chunks = padded.div_ceil(CHUNK_BYTES as u64);
    padded.saturating_add(chunks.saturating_mul(TAG_BYTES as u64))
}

fn padded_len(bytes: u64) -> u64 {
    let len = bytes.saturating_add(LENGTH_BYTES as u64);
    // The smallest size hides a short text from an empty one.
    pad::padme(len.max(256))
}

/// Encrypts a whole file.
pub fn encrypt(file: &[u8], key: &AttachmentKey) -> Result<Vec<u8>, AttachmentError> {
    let mut out = Vec::with_capacity(encrypted_len(file.len() as u64) as usize);
    let mut encoder = AttachmentEncoder::new(key, file.len() as u64)?;
    encoder.push(file, &mut out)?;
    encoder.finish(&mut out)?;
    Ok(out)
}

/// Decrypts a whole file.
pub fn decrypt(sealed: &[u8], key: &AttachmentKey) -> Result<Vec<u8>, AttachmentError> {
    let mut out = Vec::with_capacity(sealed.len());
    let mut decoder = AttachmentDecoder::new(key);
    decoder.push(sealed, &mut out)?;
    decoder.finish(&mut out)?;
    Ok(out)
}

/// Counts chunks and makes their nonces.
struct Chunks {
    cipher: ChaCha20Poly1305,
    counter: u64,
}

impl Chunks {
    fn new(key: &AttachmentKey) -> Self {
        Self {
            cipher: ChaCha20Poly1305::new(&key.0.into()),
            counter: 0,
        }
    }

    fn next_nonce(&mut self, last: bool) -> Nonce {
        let mut nonce = [0u8; 12];
        let counter = self.counter.to_be_bytes();
        let places = nonce.iter_mut().skip(3);
        places.zip(counter).for_each(|(to, from)| *to = from);
        let [.., flag] = &mut nonce;
        *flag = u8::from(last);
        self.counter += 1;
        nonce.into()
    }
}

/// Encrypts a file that arrives in pieces of any size.
pub struct AttachmentEncoder {
    chunks: Chunks,
    buffer: Vec<u8>,
    announced: u64,
    got: u64,
    /// Padded plaintext bytes that are not yet encrypted.
    left: u64,
}

impl AttachmentEncoder {
    /// For a file of exactly `bytes` bytes.
    pub fn new(key: &AttachmentKey, bytes: u64) -> Result<Self, AttachmentError> {
        if bytes > ATTACHMENT_BYTES_MAX {
            return Err(AttachmentError::TooLarge(bytes));
        }
        Ok(Self {
            chunks: Chunks::new(key),
            buffer: bytes.to_be_bytes().to_vec(),
            announced: bytes,
            got: 0,
            left: padded_len(bytes),
        })
    }

    /// Takes the next piece; ciphertext that is ready is appended to `out`.
    pub fn push(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<(), AttachmentError> {
        self.got = self.got.saturating_add(piece.len() as u64);
        if self.got > self.announced {
            return Err(self.wrong_length());
        }
        self.take(piece, out)
    }

    /// Pads and ends the file.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), AttachmentError> {
        if self.got != self.announced {
            return Err(self.wrong_length());
        }
        let zeros = [0u8; 4096];
        while self.left > 0 {
            let missing = self.left.saturating_sub(self.buffer.len() as u64);
            let piece = zeros.get(..missing.min(4096) as usize).unwrap_or(&zeros);
            self.take(piece, out)?;
        }
        Ok(())
    }

    fn take(&mut self, mut piece: &[u8], out: &mut Vec<u8>) -> Result<(), AttachmentError> {
        loop {
            let room = CHUNK_BYTES
                .saturating_sub(self.buffer.len())
                .min(piece.len());
            let (now, later) = piece.split_at_checked(room).unwrap_or((piece, &[]));
            self.buffer.extend_from_slice(now);
            piece = later;
            let last = self.buffer.len() as u64 == self.left;
            if self.buffer.len() < CHUNK_BYTES && !last {
                return Ok(());
            }
            let nonce = self.chunks.next_nonce(last);
            let sealed = self.chunks.cipher.encrypt(&nonce, self.buffer.as_slice());
            out.extend(sealed.map_err(|_| AttachmentError::Broken)?);
            self.left = self.left.saturating_sub(self.buffer.len() as u64);
            self.buffer.clear();
            if piece.is_empty() {
                return Ok(());
            }
        }
    }

    fn wrong_length(&self) -> AttachmentError {
        AttachmentError::Announced {
            got: self.got,
            announced: self.announced,
        }
    }
}

/// Decrypts a file that arrives in pieces of any size. Every byte it gives out is authentic, but the
/// file is whole only once [`Self::finish`] has said so.
pub struct AttachmentDecoder {
    chunks: Chunks,
    buffer: Vec<u8>,
    /// Length of the file, known after the first chunk.
    bytes: Option<u64>,
    /// Padded plaintext bytes seen so far, the length's own 8 included.
    seen: u64,
}

impl AttachmentDecoder {
    /// For a file encrypted with `key`.
    pub fn new(key: &AttachmentKey) -> Self {
        Self {
            chunks: Chunks::new(key),
            buffer: Vec::new(),
            bytes: None,
            seen: 0,
        }
    }

    /// Takes the next piece; plaintext that is ready is appended to `out`.
    pub fn push(&mut self, mut piece: &[u8], out: &mut Vec<u8>) -> Result<(), AttachmentError> {
        while !piece.is_empty() {
            // Only when more follows is a full chunk known not to be the last.
            if self.buffer.len() == SEALED_CHUNK_BYTES {
                self.open_chunk(false, out)?;
            }
            let room = (SEALED_CHUNK_BYTES - self.buffer.len()).min(piece.len());
            let (now, later) = piece.split_at_checked(room).unwrap_or((piece, &[]));
            self.buffer.extend_from_slice(now);
            piece = later;
        }
        Ok(())
    }

    /// Ends the file; an error means that what was given out is not whole and must be thrown away.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), AttachmentError> {
        self.open_chunk(true, out)?;
        match self.bytes {
            Some(bytes) if padded_len(bytes) == self.seen => Ok(()),
            _ => Err(AttachmentError::Broken),
        }
    }

    fn open_chunk(&mut self, last: bool, out: &mut Vec<u8>) -> Result<(), AttachmentError> {
        let nonce = self.chunks.next_nonce(last);
        let plain = self.chunks.cipher.decrypt(&nonce, self.buffer.as_slice());
        let plain = plain.map_err(|_| AttachmentError::Broken)?;
        self.buffer.clear();
        let mut rest = plain.as_slice();
        if self.bytes.is_none() {
            let (length, after) = rest
                .split_first_chunk::<LENGTH_BYTES>()
                .ok_or(AttachmentError::Broken)?;
            let bytes = u64::from_be_bytes(*length);
            if bytes > ATTACHMENT_BYTES_MAX {
                return Err(AttachmentError::TooLarge(bytes));
            }
            self.bytes = Some(bytes);
            self.seen = LENGTH_BYTES as u64;
            rest = after;
        }
        let end = self.bytes.unwrap_or(0) + LENGTH_BYTES as u64;
        let wanted = end.saturating_sub(self.seen).min(rest.len() as u64) as usize;
        let (file, padding) = rest.split_at_checked(wanted).unwrap_or((rest, &[]));
        if padding.iter().any(|byte| *byte != 0) {
            return Err(AttachmentError::Broken);
        }
        out.extend_from_slice(file);
        self.seen += rest.len() as u64;
        Ok(())
    }
}
