//! Makes a changed PNG whole again: its checksums would otherwise end every look inside.

/// The checksum of PNG chunks.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

/// Writes the right checksum behind every chunk, as far as the lengths make sense.
pub fn repair_png(bytes: &mut [u8]) {
    let mut at = 8;
    while let Some(length) = bytes.get(at..at + 4) {
        let length = length
            .iter()
            .fold(0usize, |sum, byte| sum << 8 | usize::from(*byte));
        let Some(end) = at.checked_add(8).and_then(|at| at.checked_add(length)) else {
            return;
        };
        let Some(crc) = bytes.get(at + 4..end).map(crc32) else {
            return;
        };
        if let Some(place) = bytes.get_mut(end..end + 4) {
            place.copy_from_slice(&crc.to_be_bytes());
        }
        at = end + 4;
    }
}
