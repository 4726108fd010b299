//! Why a file was refused, in terms a screen can turn into advice.

/// Why a file was refused. Every variant asks something else of the person, so each has a [`code`](Self::code).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// The file has no bytes: an interrupted copy, or a cloud photo that is not on the phone yet.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than the limit, before anything in it was read.
    #[error("{bytes} bytes are more than the limit of {limit_bytes}")]
    TooLarge {
        /// Size of the file, in bytes.
        bytes: usize,
        /// Largest size accepted, in bytes.
        limit_bytes: usize,
    },
    /// The picture has more pixels, or would need more memory, than a small phone can give.
    #[error("a picture of {width} x {height} pixels is more than can be opened here")]
    TooManyPixels {
        /// Width the file claims, in pixels.
        width: u32,
        /// Height the file claims, in pixels.
        height: u32,
    },
    /// HEIC, HEIF or AVIF: the camera can be told to save "most compatible" (JPEG) instead.
    #[error("HEIC, HEIF and AVIF pictures cannot be opened")]
    Heic,
    /// GIF, BMP, TIFF, SVG or JPEG XL: a picture, but not of a kind a camera makes; save it as JPEG or PNG.
    #[error("this kind of picture is not accepted")]
    OtherPicture,
    /// PDF: take a photo of the page instead.
    #[error("a PDF is not a picture")]
    Pdf,
    /// A film where a photo or a sound was asked for.
    #[error("a video is not accepted here")]
    Video,
    /// A sound where a photo was asked for.
    #[error("a sound file is not a picture")]
    Audio,
    /// Not a picture of any kind we know.
    #[error("the file is not a picture")]
    NotImage,
    /// Not a sound file of any kind we know.
    #[error("the file is not a sound recording")]
    NotAudio,
    /// A sound file, but in a format that not every supported device plays (AMR, FLAC, Vorbis, WMA, …).
    #[error("this kind of sound file is not accepted")]
    OtherAudio,
    /// The right kind, but truncated or altered: it cannot be decoded to its end.
    #[error("the file is damaged")]
    Damaged,
    /// The right kind, in a rare variety no decoder of ours reads (12-bit or arithmetic-coded JPEG).
    #[error("this variety of the format is not supported")]
    Unsupported,
}

impl MediaError {
    /// The stable code under which `locales/` keeps the message for this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "media-empty",
            Self::TooLarge { .. } => "media-too-large",
            Self::TooManyPixels { .. } => "media-too-many-pixels",
            Self::Heic => "media-heic",
            Self::OtherPicture => "media-other-picture",
            Self::Pdf => "media-pdf",
            Self::Video => "media-video",
            Self::Audio => "media-audio",
            Self::NotImage => "media-not-image",
            Self::NotAudio => "media-not-audio",
            Self::OtherAudio => "media-other-audio",
            Self::Damaged => "media-damaged",
            Self::Unsupported => "media-unsupported",
        }
    }
}
