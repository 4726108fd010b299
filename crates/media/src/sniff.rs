//! What a file is, told by its first bytes and by nothing else.

use crate::MediaError;

/// What a file is, as far as its first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG: accepted as a photo.
    Jpeg,
    /// PNG: accepted as a photo.
    Png,
    /// WebP: accepted as a photo; of an animation, its first frame.
    WebP,
    /// HEIC or HEIF, what iPhones save by default.
    Heic,
    /// AVIF.
    Avif,
    /// GIF, BMP, TIFF, SVG or JPEG XL.
    OtherPicture,
    /// PDF.
    Pdf,
    /// MP4, QuickTime, 3GP, Matroska, WebM, AVI or MPEG.
    Video,
    /// A sound format, accepted or not: ask [`crate::audio::sniff`].
    Audio,
    /// Anything else.
    Unknown,
}

impl Kind {
    /// `Ok` for the three kinds [`crate::photo`] decodes; otherwise the error that says what to do.
    pub fn accepted_as_photo(self) -> Result<(), MediaError> {
        match self {
            Self::Jpeg | Self::Png | Self::WebP => Ok(()),
            Self::Heic | Self::Avif => Err(MediaError::Heic),
            Self::OtherPicture => Err(MediaError::OtherPicture),
            Self::Pdf => Err(MediaError::Pdf),
            Self::Video => Err(MediaError::Video),
            Self::Audio => Err(MediaError::Audio),
            Self::Unknown => Err(MediaError::NotImage),
        }
    }
}

/// How far into a file a PDF header or an SVG root may start.
const TEXT_SEARCH_BYTES: usize = 1024;

/// Prefixes that settle the kind on their own.
const MAGIC: &[(&[u8], Kind)] = &[
    (&[0xff, 0xd8, 0xff], Kind::Jpeg),
    (b"\x89PNG\r\n\x1a\n", Kind::Png),
    (b"GIF8", Kind::OtherPicture),
    (b"II*\0", Kind::OtherPicture),
    (b"MM\0*", Kind::OtherPicture),
    // JPEG XL, bare and in its container.
    (&[0xff, 0x0a], Kind::OtherPicture),
    (b"\0\0\0\x0cJXL ", Kind::OtherPicture),
    (&[0x1a, 0x45, 0xdf, 0xa3], Kind::Video),
    (&[0, 0, 1, 0xba], Kind::Video),
    (&[0, 0, 1, 0xb3], Kind::Video),
    (b"OggS", Kind::Audio),
    (b"ID3", Kind::Audio),
    (b"fLaC", Kind::Audio),
    (b"#!AMR", Kind::Audio),
];

/// Tells what `bytes` are. Reads the first kilobyte at most, allocates nothing and never fails.
pub fn sniff(bytes: &[u8]) -> Kind {
    for (prefix, kind) in MAGIC {
        if bytes.starts_with(prefix) {
            return *kind;
        }
    }
    if bytes.starts_with(b"RIFF") {
        return match bytes.get(8..12) {
            Some(b"WEBP") => Kind::WebP,
            Some(b"WAVE") => Kind::Audio,
            Some(b"AVI ") => Kind::Video,
            _ => Kind::Unknown,
        };
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return iso_media(bytes);
    }
    // BMP has a magic of two letters only, so its reserved zeros are asked for too.
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Kind::OtherPicture;
    }
    // An MPEG audio frame (MP3 or ADTS): eleven or twelve set bits.
    if let [0xff, second, ..] = bytes
        && second & 0xe0 == 0xe0
    {
        return Kind::Audio;
    }
    text_format(bytes)
}

/// Sorts the ISO base media family by its brands: the first one decides unless it only says "some image".
fn iso_media(bytes: &[u8]) -> Kind {
    let declared = bytes
        .first_chunk::<4>()
        .map_or(0, |size| u32::from_be_bytes(*size) as usize);
    // The size is the file's own claim; no real brand list is longer than a few dozen entries.
    let list = bytes
        .get(8..declared.clamp(8, 256).min(bytes.len()))
        .unwrap_or_default();
    // The second word is a version, not a brand; no brand is spelled like any version in use.
    let mut brands = list.chunks_exact(4);
    match brands.next() {
        Some(b"avif" | b"avis") => Kind::Avif,
        Some(b"mif1" | b"msf1") if brands.any(|b| b == b"avif" || b == b"avis") => Kind::Avif,
        Some(b"mif1" | b"msf1" | b"mif2" | b"heic" | b"heix" | b"heim" | b"heis")
        | Some(b"hevc" | b"hevx" | b"hevm" | b"hevs") => Kind::Heic,
        Some(b"M4A " | b"M4B ") => Kind::Audio,
        _ => Kind::Video,
    }
}

/// PDF and SVG may start after some other text.
fn text_format(bytes: &[u8]) -> Kind {
    let head = bytes
        .get(..TEXT_SEARCH_BYTES.min(bytes.len()))
        .unwrap_or(bytes);
    let contains = |needle: &[u8]| head.windows(needle.len()).any(|window| window == needle);
    if contains(b"%PDF-") {
        Kind::Pdf
    } else if head.trim_ascii_start().starts_with(b"<") && contains(b"<svg") {
        Kind::OtherPicture
    } else {
        Kind::Unknown
    }
}
