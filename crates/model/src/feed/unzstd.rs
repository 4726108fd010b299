//! Unpacking: the one zstd frame that a payload is.
//!
//! Where programs are native the C library does it, several times as fast; in a browser a decoder in Rust, which
//! also serves what is packed with a dictionary, and what no signed name was checked of yet. Both read whatever
//! packers write. Of a broken frame, which only the author of a feed can hand out, one may refuse what the other
//! takes; what comes out is judged by the signed root in any case.

use std::io::Read;

use ruzstd::decoding::{Dictionary, FrameDecoder, StreamingDecoder};

use super::segment::{DICTIONARY_BYTES_MAX, SEGMENT_RAW_MAX, SegmentError};
use crate::id::Hash;

/// A payload packed by itself; `raw_len` bytes must come out of it.
#[cfg(not(target_family = "wasm"))]
pub(super) fn alone(payload: &[u8], raw_len: usize) -> Result<Vec<u8>, SegmentError> {
    if window(payload).is_none_or(|bytes| bytes > SEGMENT_RAW_MAX as u64) {
        return Err(SegmentError::Packed);
    }
    // What follows the frame says nothing; the library would take it for another one.
    let frame = zstd::zstd_safe::find_frame_compressed_size(payload)
        .ok()
        .and_then(|length| payload.get(..length))
        .ok_or(SegmentError::Packed)?;
    // The bytes are their own window: no memory is needed beside them, and no more than these are written.
    let raw = zstd::bulk::decompress(frame, raw_len).map_err(|_| SegmentError::Packed)?;
    whole(raw, raw_len)
}

/// The window that a frame asks for, in bytes; none if it does not begin as a frame. One in a single segment asks
/// for none: the length of what comes out is checked in any case.
#[cfg(not(target_family = "wasm"))]
fn window(frame: &[u8]) -> Option<u64> {
    const SINGLE_SEGMENT: u8 = 1 << 5;
    let rest = frame.strip_prefix(&zstd::zstd_safe::MAGICNUMBER.to_le_bytes())?;
    let (descriptor, rest) = rest.split_first()?;
    if descriptor & SINGLE_SEGMENT != 0 {
        return Some(0);
    }
    let window = rest.first()?;
    let base = 1_u64 << (10 + (window >> 3));
    Some(base + base / 8 * u64::from(window & 7))
}

/// A payload packed by itself; `raw_len` bytes must come out of it.
#[cfg(target_family = "wasm")]
pub(super) fn alone(payload: &[u8], raw_len: usize) -> Result<Vec<u8>, SegmentError> {
    bounded(payload, FrameDecoder::new(), raw_len)
}

/// A payload packed with a dictionary, whose bytes those of its name are; `raw_len` bytes must come out of it.
pub(super) fn with_dictionary(
    payload: &[u8],
    raw_len: usize,
    name: Hash,
    dictionary: &[u8],
) -> Result<Vec<u8>, SegmentError> {
    let mut decoder = FrameDecoder::new();
    let dictionary =
        Dictionary::decode_dict(dictionary).map_err(|_| SegmentError::Dictionary(name))?;
    decoder
        .add_dict(dictionary)
        .map_err(|_| SegmentError::Dictionary(name))?;
    bounded(payload, decoder, raw_len)
}

/// A dictionary that was packed by zstd for its way here.
///
/// # Errors
/// The bytes are damaged, or more than [`DICTIONARY_BYTES_MAX`] come out of them.
pub fn unpack_dictionary(packed: &[u8]) -> Result<Vec<u8>, SegmentError> {
    let mut decoder = FrameDecoder::new();
    // The smallest window that packers choose for so little may be larger than what is in it.
    decoder.set_max_window_size(8 * DICTIONARY_BYTES_MAX as u64);
    let raw = read_frame(packed, decoder, DICTIONARY_BYTES_MAX)?;
    if raw.len() > DICTIONARY_BYTES_MAX {
        return Err(SegmentError::Length);
    }
    Ok(raw)
}

fn bounded(
    payload: &[u8],
    mut decoder: FrameDecoder,
    raw_len: usize,
) -> Result<Vec<u8>, SegmentError> {
    // A frame of ten bytes can ask for a window of 100 MB and have it; an honest one needs no more
    // than the payload is long.
    decoder.set_max_window_size(SEGMENT_RAW_MAX as u64);
    whole(read_frame(payload, decoder, raw_len)?, raw_len)
}

fn whole(raw: Vec<u8>, raw_len: usize) -> Result<Vec<u8>, SegmentError> {
    match raw.len() == raw_len {
        true => Ok(raw),
        false => Err(SegmentError::Length),
    }
}

/// What a frame holds, up to one byte more than `limit`.
fn read_frame(frame: &[u8], decoder: FrameDecoder, limit: usize) -> Result<Vec<u8>, SegmentError> {
    let stream =
        StreamingDecoder::new_with_decoder(frame, decoder).map_err(|_| SegmentError::Packed)?;
    let mut raw = Vec::with_capacity(limit);
    stream
        .take(limit as u64 + 1)
        .read_to_end(&mut raw)
        .map_err(|_| SegmentError::Packed)?;
    Ok(raw)
}
