//! Ogg: a page whose first packet names the codec.

use crate::MediaError;

/// Accepts one whole first page whose packet is an Opus header; any other codec in Ogg is another format.
pub(super) fn check(bytes: &[u8]) -> Result<(), MediaError> {
    let segments = usize::from(*bytes.get(26).ok_or(MediaError::Damaged)?);
    let table = bytes.get(27..27 + segments).ok_or(MediaError::Damaged)?;
    let payload_len: usize = table.iter().map(|length| usize::from(*length)).sum();
    let start = 27 + segments;
    let packet = bytes
        .get(start..start + payload_len)
        .ok_or(MediaError::Damaged)?;
    // RFC 7845: the identification header is 19 bytes at least, its major version is 0.
    if !packet.starts_with(b"OpusHead") {
        return Err(MediaError::OtherAudio);
    }
    match packet.get(8) {
        Some(version) if packet.len() >= 19 && version & 0xf0 == 0 => Ok(()),
        _ => Err(MediaError::Damaged),
    }
}
