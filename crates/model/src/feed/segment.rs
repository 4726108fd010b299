//! Segments: immutable files of puts and drops, named by the SHA-256 of their bytes.
//!
//! Layout: `BTS1`, one codec byte, the raw length as four little-endian bytes, then the payload. The
//! raw payload is a sequence of CBOR items: a byte string is `put(leaf)`, an array of one 32-byte
//! string is `drop(leaf hash)`. Codec 2 carries the 32-byte hash of a dictionary blob before the payload.

use super::unzstd;
use crate::id::Hash;
use crate::record::RECORD_BYTES_MAX;

/// The largest raw payload, in bytes: bounds the memory of whoever unpacks it.
pub const SEGMENT_RAW_MAX: usize = 16 << 20;

/// The largest dictionary, in bytes.
pub const DICTIONARY_BYTES_MAX: usize = 128 << 10;

const MAGIC: &[u8; 4] = b"BTS1";
const FIXED: usize = 9;

/// How the payload is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// Not at all; always legal.
    Plain,
    /// zstd.
    Zstd,
    /// zstd with a dictionary, itself a blob of that name.
    ZstdDictionary(Hash),
}

/// One change of the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// This record is in the set; it replaces another revision of the same record.
    Put(Vec<u8>),
    /// The leaf of this hash is no longer in the set.
    Drop(Hash),
}

/// An [`Op`] that borrows from the raw payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpRef<'a> {
    /// The leaf's exact bytes.
    Put(&'a [u8]),
    /// The leaf's hash.
    Drop(Hash),
}

/// Why bytes are no segment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SegmentError {
    /// Does not begin as a segment does.
    #[error("not a segment")]
    Magic,
    /// Other bytes than those of the name under which they came.
    #[error("not the bytes of {0}")]
    Name(Hash),
    /// A codec this version cannot unpack.
    #[error("unknown codec {0}")]
    Codec(u8),
    /// The dictionary is missing or another.
    #[error("dictionary {0} is needed")]
    Dictionary(Hash),
    /// More raw bytes than allowed or than announced.
    #[error("raw length is wrong or over the limit")]
    Length,
    /// The packed payload is damaged.
    #[error("payload cannot be unpacked")]
    Packed,
    /// The raw payload is no sequence of operations.
    #[error("payload is no sequence of operations")]
    Ops,
}

/// A segment's header and packed payload, borrowed from its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a> {
    codec: Codec,
    raw_len: usize,
    payload: &'a [u8],
}

impl<'a> Segment<'a> {
    /// Reads the header.
    pub fn read(bytes: &'a [u8]) -> Result<Self, SegmentError> {
        let (magic, rest) = bytes.split_first_chunk::<4>().ok_or(SegmentError::Magic)?;
        let (codec, rest) = rest.split_first().ok_or(SegmentError::Magic)?;
        let (raw_len, rest) = rest.split_first_chunk::<4>().ok_or(SegmentError::Magic)?;
        if magic != MAGIC {
            return Err(SegmentError::Magic);
        }
        let raw_len = u32::from_le_bytes(*raw_len) as usize;
        if raw_len > SEGMENT_RAW_MAX {
            return Err(SegmentError::Length);
        }
        let (codec, payload) = match codec {
            0 => (Codec::Plain, rest),
            1 => (Codec::Zstd, rest),
            2 => {
                let (hash, rest) = rest.split_first_chunk::<32>().ok_or(SegmentError::Magic)?;
                (Codec::ZstdDictionary(Hash(*hash)), rest)
            }
            other => return Err(SegmentError::Codec(*other)),
        };
        Ok(Self {
            codec,
            raw_len,
            payload,
        })
    }

    /// How it is packed.
    pub fn codec(&self) -> Codec {
        self.codec
    }

    /// The dictionary that is needed to unpack it.
    pub fn dictionary(&self) -> Option<Hash> {
        match self.codec {
            Codec::ZstdDictionary(hash) => Some(hash),
            Codec::Plain | Codec::Zstd => None,
        }
    }

    /// The raw payload; `dictionary` is the blob the codec names, if it names one.
    pub fn unpack(&self, dictionary: Option<&[u8]>) -> Result<Vec<u8>, SegmentError> {
        match self.codec {
            Codec::Plain if self.payload.len() == self.raw_len => Ok(self.payload.to_vec()),
            Codec::Plain => Err(SegmentError::Length),
            Codec::Zstd => unzstd::alone(self.payload, self.raw_len),
            Codec::ZstdDictionary(hash) => {
                let bytes = dictionary
                    .filter(|bytes| Hash::of(bytes) == hash)
                    .ok_or(SegmentError::Dictionary(hash))?;
                unzstd::with_dictionary(self.payload, self.raw_len, hash, bytes)
            }
        }
    }

    /// The bytes of a segment whose payload is already packed by `codec`.
    pub fn write(codec: Codec, raw_len: usize, payload: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(FIXED + payload.len());
        out.extend_from_slice(MAGIC);
        out.push(match codec {
            Codec::Plain => 0,
            Codec::Zstd => 1,
            Codec::ZstdDictionary(_) => 2,
        });
        out.extend_from_slice(&u32::try_from(raw_len).unwrap_or(u32::MAX).to_le_bytes());
        if let Codec::ZstdDictionary(hash) = codec {
            out.extend_from_slice(hash.as_bytes());
        }
        out.extend_from_slice(payload);
        out
    }
}

impl Op {
    /// The raw payload of `ops`.
    pub fn join(ops: &[Self]) -> Vec<u8> {
        let mut encoder = minicbor::Encoder::new(Vec::new());
        for op in ops {
            // Writing to a Vec cannot fail.
            let _ = match op {
                Self::Put(leaf) => encoder.bytes(leaf),
                Self::Drop(hash) => encoder.array(1).and_then(|e| e.bytes(hash.as_bytes())),
            };
        }
        encoder.into_writer()
    }

    /// The operations of a raw payload, in order.
    pub fn split(raw: &[u8]) -> Result<Vec<OpRef<'_>>, SegmentError> {
        let mut ops = Vec::new();
        let mut end = 0;
        while let Some(op) = Self::at(raw, &mut end)? {
            ops.push(op);
        }
        Ok(ops)
    }

    /// The operation that begins at `position`, which moves to its end: the leaf of a put lies right before that.
    /// None at the end of the payload.
    pub(super) fn at<'a>(
        raw: &'a [u8],
        position: &mut usize,
    ) -> Result<Option<OpRef<'a>>, SegmentError> {
        let rest = raw.get(*position..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(None);
        }
        let mut decoder = minicbor::Decoder::new(rest);
        let op = Self::next(&mut decoder).ok_or(SegmentError::Ops)?;
        *position += decoder.position();
        Ok(Some(op))
    }

    fn next<'a>(decoder: &mut minicbor::Decoder<'a>) -> Option<OpRef<'a>> {
        match decoder.datatype().ok()? {
            minicbor::data::Type::Bytes => {
                let leaf = decoder.bytes().ok()?;
                (leaf.len() <= RECORD_BYTES_MAX).then_some(OpRef::Put(leaf))
            }
            minicbor::data::Type::Array => {
                let one = decoder.array().ok()? == Some(1);
                let hash = Hash::from_slice(decoder.bytes().ok()?)?;
                one.then_some(OpRef::Drop(hash))
            }
            _ => None,
        }
    }
}
