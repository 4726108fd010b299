//! The sides a picture claims to have, read from its first structures without decoding it.

/// Width and height of a PNG or JPEG; none if its header is damaged, which decoding will say.
pub(super) fn sides(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(b"\x89PNG") {
        let word = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..at + 4)?.first_chunk()?));
        return Some((word(16)?, word(20)?));
    }
    let mut rest = bytes.get(2..)?;
    loop {
        let (marker, after) = rest.split_first_chunk::<2>()?;
        let [0xff, kind] = *marker else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
        // A frame header; 0xC4, 0xC8 and 0xCC are tables in the same range.
        if matches!(kind, 0xc0..=0xcf) && !matches!(kind, 0xc4 | 0xc8 | 0xcc) {
            let [_, _, _, h1, h2, w1, w2, ..] = *after.first_chunk::<7>()?;
            return Some((
                u16::from_be_bytes([w1, w2]).into(),
                u16::from_be_bytes([h1, h2]).into(),
            ));
        }
        rest = match kind {
            // Fill bytes may stand before a marker.
            0xff => rest.get(1..)?,
            _ => after.get(length.max(2)..)?,
        };
    }
}
