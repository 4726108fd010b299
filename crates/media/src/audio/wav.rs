//! RIFF/WAVE: a format chunk that names uncompressed samples, and the samples.

use crate::MediaError;

/// Format tags of uncompressed samples: integer, float, and "see the extension", which names one of the two.
const INTEGER: u16 = 1;
const FLOAT: u16 = 3;
const EXTENSIBLE: u16 = 0xfffe;
/// Offset of the real format tag in an extensible format chunk.
const SUBFORMAT_AT: usize = 24;

/// Accepts a file with a format chunk of uncompressed samples, followed at some point by a data chunk.
pub(super) fn check(bytes: &[u8]) -> Result<(), MediaError> {
    let mut rest = bytes.get(12..).ok_or(MediaError::Damaged)?;
    let mut uncompressed = false;
    while let Some((header, after)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, size @ ..] = *header;
        let size = u32::from_le_bytes(size) as usize;
        match &[a, b, c, d] {
            b"fmt " => {
                let chunk = after.get(..size).ok_or(MediaError::Damaged)?;
                match format_tag(chunk) {
                    Some(INTEGER | FLOAT) => uncompressed = true,
                    Some(_) => return Err(MediaError::OtherAudio),
                    None => return Err(MediaError::Damaged),
                }
            }
            // Recorders that were stopped hard leave a wrong size behind; players play what is there.
            b"data" if uncompressed => return Ok(()),
            _ => {}
        }
        // Chunks start at even offsets.
        rest = after
            .get(size.saturating_add(size & 1)..)
            .unwrap_or_default();
    }
    Err(MediaError::Damaged)
}

/// The format the samples are really in.
fn format_tag(chunk: &[u8]) -> Option<u16> {
    let tag_at = |at: usize| {
        let bytes = chunk.get(at..at + 2)?.first_chunk::<2>()?;
        Some(u16::from_le_bytes(*bytes))
    };
    if chunk.len() < 16 {
        return None;
    }
    match tag_at(0)? {
        EXTENSIBLE => tag_at(SUBFORMAT_AT),
        tag => Some(tag),
    }
}
