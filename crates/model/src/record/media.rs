//! Pictures and sound of a record: blobs named by hash, fetched apart from the feed.

use minicbor::{Decode, Encode};

use super::{Method, Names};
use crate::id::{Hash, Lang};

/// Media types that a feed may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Mime {
    /// `image/jpeg`
    #[n(0)]
    Jpeg,
    /// `image/png`
    #[n(1)]
    Png,
    /// `image/webp`
    #[n(2)]
    Webp,
    /// `audio/mpeg`
    #[n(16)]
    Mp3,
    /// `audio/ogg`
    #[n(17)]
    Ogg,
    /// `audio/wav`
    #[n(18)]
    Wav,
    /// `audio/mp4`
    #[n(19)]
    M4a,
}

impl Mime {
    /// The registered name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Mp3 => "audio/mpeg",
            Self::Ogg => "audio/ogg",
            Self::Wav => "audio/wav",
            Self::M4a => "audio/mp4",
        }
    }
}

/// A file named by the SHA-256 of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Blob {
    /// SHA-256 of the bytes.
    #[n(0)]
    pub hash: Hash,
    /// Size in bytes.
    #[n(1)]
    pub bytes: u64,
    /// What it is.
    #[n(2)]
    pub mime: Mime,
}

impl Blob {
    /// The largest file a feed may name, in bytes.
    pub const BYTES_MAX: u64 = 64 << 20;
}

/// A picture at three sizes, metadata removed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Picture {
    /// Long side about 320 px.
    #[n(0)]
    pub thumb: Blob,
    /// Long side about 960 px.
    #[n(1)]
    pub screen: Blob,
    /// Long side about 1,600 px, if the original was that large.
    #[n(2)]
    pub full: Option<Blob>,
    /// Width of `screen` in px.
    #[n(3)]
    pub width: u32,
    /// Height of `screen` in px.
    #[n(4)]
    pub height: u32,
    /// What it shows, for those who do not see it.
    #[n(5)]
    pub alt: Names,
}

impl Picture {
    /// The files, smallest first.
    pub fn into_blobs(self) -> impl Iterator<Item = Blob> {
        [Some(self.thumb), Some(self.screen), self.full]
            .into_iter()
            .flatten()
    }
}

/// A recording: a rendition in sound.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Audio {
    /// The file.
    #[n(0)]
    pub blob: Blob,
    /// Language spoken.
    #[n(1)]
    pub lang: Lang,
    /// A person's or a machine's voice.
    #[n(2)]
    pub method: Method,
    /// Agency, body or synthetic voice; never a person.
    #[n(3)]
    pub made_by: Option<String>,
}
