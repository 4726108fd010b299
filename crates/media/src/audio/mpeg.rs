//! MP3: two frames in a row, because eleven set bits alone are found in any file.

use crate::MediaError;

/// Bit rates of layer III in kbit/s by index, MPEG-1 then MPEG-2 and 2.5. Zero: free or forbidden, both refused.
const KBIT_PER_S: [[usize; 16]; 2] = [
    [
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0,
    ],
    [
        0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0,
    ],
];
/// Sample rates of MPEG-1 in Hz by index; MPEG-2 has half of them, MPEG-2.5 a quarter.
const HZ: [usize; 4] = [44_100, 48_000, 32_000, 0];

/// Accepts a file that, after its ID3 tag if there is one, has two layer III frames in a row, or one that ends the
/// file. AAC in ADTS, and layers I and II, are other formats.
pub(super) fn check(bytes: &[u8]) -> Result<(), MediaError> {
    let start = id3_len(bytes).ok_or(MediaError::Damaged)?;
    let audio = bytes.get(start..).ok_or(MediaError::Damaged)?;
    // Some taggers pad with zeros between the tag and the first frame.
    let padding = audio.iter().take_while(|byte| **byte == 0).count();
    let audio = audio.get(padding..).unwrap_or_default();
    let first = frame_len(audio)?;
    match audio.get(first..) {
        Some(next) if next.is_empty() || next.starts_with(b"TAG") => Ok(()),
        Some(next) => frame_len(next).map(|_| ()).map_err(|_| MediaError::Damaged),
        None => Err(MediaError::Damaged),
    }
}

/// Length of the ID3v2 tag at the start, header and footer included; 0 without one, `None` when it is cut off.
fn id3_len(bytes: &[u8]) -> Option<usize> {
    if !bytes.starts_with(b"ID3") {
        return Some(0);
    }
    let header = bytes.first_chunk::<10>()?;
    let [.., flags, a, b, c, d] = *header;
    let size = [a, b, c, d]
        .iter()
        .fold(0, |size, byte| size << 7 | usize::from(byte & 0x7f));
    let footer = if flags & 0x10 != 0 { 10 } else { 0 };
    Some(10 + size + footer)
}

/// Length in bytes of the layer III frame `bytes` start with.
fn frame_len(bytes: &[u8]) -> Result<usize, MediaError> {
    let [0xff, second, third, _, ..] = *bytes else {
        return Err(MediaError::Damaged);
    };
    let (version, layer) = (second >> 3 & 3, second >> 1 & 3);
    if second & 0xe0 != 0xe0 || layer != 0b01 || version == 0b01 {
        return Err(MediaError::OtherAudio);
    }
    let table = usize::from(version != 0b11);
    let pick = |list: &[usize], index: u8| list.get(usize::from(index)).copied().unwrap_or(0);
    let kbit = KBIT_PER_S
        .get(table)
        .map_or(0, |rates| pick(rates, third >> 4));
    let hz = pick(&HZ, third >> 2 & 3)
        / match version {
            0b11 => 1,
            0b10 => 2,
            _ => 4,
        };
    if kbit == 0 || hz == 0 {
        return Err(MediaError::Damaged);
    }
    let samples_per_byte = if table == 0 { 144 } else { 72 };
    Ok(samples_per_byte * kbit * 1000 / hz + usize::from(third >> 1 & 1))
}
