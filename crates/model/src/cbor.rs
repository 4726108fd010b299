//! Deterministic CBOR: integer-keyed maps in ascending order, shortest lengths, no floats.
//!
//! Every format that leaves a device goes through these two functions, so that each has a size
//! limit and no format can carry trailing bytes. Unknown map keys are skipped when a value is read;
//! whoever relays a value relays its exact bytes, so nothing unknown is lost on the way.

use minicbor::{Decode, Encode};

/// Why bytes are not the value they should be.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum CborError {
    /// Longer than the format allows.
    #[error("{got} bytes, at most {limit} are allowed")]
    TooLong {
        /// Length of the input in bytes.
        got: usize,
        /// The format's limit in bytes.
        limit: usize,
    },
    /// Not CBOR, or not of the expected shape.
    #[error("not the expected CBOR: {0}")]
    Shape(String),
    /// The value ends before the input does.
    #[error("{0} bytes after the end of the value")]
    Trailing(usize),
}

/// The one encoding of `value`.
pub fn to_vec<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing to a Vec cannot fail, and derived encoders raise no error of their own.
    let _ = minicbor::encode(value, &mut out);
    out
}

/// Reads exactly one value of at most `limit` bytes.
pub fn from_slice<'b, T: Decode<'b, ()>>(bytes: &'b [u8], limit: usize) -> Result<T, CborError> {
    if bytes.len() > limit {
        return Err(CborError::TooLong {
            got: bytes.len(),
            limit,
        });
    }
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder
        .decode()
        .map_err(|e| CborError::Shape(e.to_string()))?;
    match bytes.len() - decoder.position() {
        0 => Ok(value),
        rest => Err(CborError::Trailing(rest)),
    }
}
