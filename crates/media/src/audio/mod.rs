//! Sound: recognised by its structure, refused before it is stored. Nothing is decoded here.

mod iso;
mod mpeg;
mod ogg;
mod wav;

use crate::{Kind, MediaError};

/// Largest sound file accepted, in bytes: about an hour of speech in Opus at 24 kbit/s, or ten minutes of MP3.
pub const MAX_AUDIO_BYTES: usize = 12_000_000;

/// A sound format that every supported browser and WebView plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AudioKind {
    /// MPEG-1 or MPEG-2 layer III, with or without an ID3 tag.
    Mp3,
    /// Opus in Ogg.
    OggOpus,
    /// Uncompressed samples in RIFF/WAVE: integer PCM or float.
    Wav,
    /// AAC in an MP4 container that holds sound and no film.
    M4a,
}

impl AudioKind {
    /// The media type to serve the file under.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Mp3 => "audio/mpeg",
            Self::OggOpus => "audio/ogg; codecs=opus",
            Self::Wav => "audio/wav",
            Self::M4a => "audio/mp4",
        }
    }
}

/// Tells which accepted sound format `bytes` are, by looking at enough structure that a picture, a film or a text
/// with a sound's name is refused.
///
/// # Errors
/// [`MediaError::Empty`] and [`MediaError::TooLarge`] by size (the limit is [`MAX_AUDIO_BYTES`]);
/// [`MediaError::Video`] for a film; [`MediaError::OtherAudio`] for sound in another format;
/// [`MediaError::Damaged`] for an accepted format whose first structures do not hold together;
/// [`MediaError::NotAudio`] for everything else.
pub fn sniff(bytes: &[u8]) -> Result<AudioKind, MediaError> {
    if bytes.is_empty() {
        return Err(MediaError::Empty);
    }
    if bytes.len() > MAX_AUDIO_BYTES {
        return Err(MediaError::TooLarge {
            bytes: bytes.len(),
            limit_bytes: MAX_AUDIO_BYTES,
        });
    }
    match crate::sniff(bytes) {
        Kind::Audio if bytes.starts_with(b"OggS") => ogg::check(bytes).map(|()| AudioKind::OggOpus),
        Kind::Audio if bytes.starts_with(b"RIFF") => wav::check(bytes).map(|()| AudioKind::Wav),
        Kind::Audio | Kind::Video if bytes.get(4..8) == Some(b"ftyp") => {
            iso::check(bytes).map(|()| AudioKind::M4a)
        }
        Kind::Audio if bytes.starts_with(b"ID3") || bytes.starts_with(&[0xff]) => {
            mpeg::check(bytes).map(|()| AudioKind::Mp3)
        }
        Kind::Audio => Err(MediaError::OtherAudio),
        Kind::Video => Err(MediaError::Video),
        _ => Err(MediaError::NotAudio),
    }
}
