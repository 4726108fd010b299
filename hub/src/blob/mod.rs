//! Pictures and sounds that records name: told by their bytes, made small, free of metadata, durable
//! before anybody names them.

use bantin_hub_store::BlobRow;
use bantin_media::audio::{self, AudioKind};
use bantin_media::{Limits, MediaError};
use bantin_model::id::{Hash, Lang};
use bantin_model::record::{Blob, Mime, Names, Picture};
use bantin_wire::{Code, Failure};

use crate::Hub;
use crate::failure::{HubError, Result};

impl Hub {
    /// Keeps a picture in three sizes. `alt` says in Vietnamese what it shows.
    pub async fn add_picture(&self, bytes: Vec<u8>, alt: String) -> Result<Picture> {
        let work =
            tokio::task::spawn_blocking(move || bantin_media::photo(&bytes, &Limits::default()));
        let photo = work
            .await
            .map_err(|e| HubError::Broken(e.to_string()))?
            .map_err(refused)?;
        let thumb = self.keep_blob(photo.thumb.jpeg, Mime::Jpeg).await?;
        let screen = self.keep_blob(photo.screen.jpeg, Mime::Jpeg).await?;
        let full = self.keep_blob(photo.full.jpeg, Mime::Jpeg).await?;
        Ok(Picture {
            thumb,
            screen,
            full: (full.hash != screen.hash).then_some(full),
            width: photo.screen.width,
            height: photo.screen.height,
            alt: Names::from([(Lang::vietnamese(), alt)]),
        })
    }

    /// Keeps a sound as it is.
    pub async fn add_sound(&self, bytes: Vec<u8>) -> Result<Blob> {
        let mime = match audio::sniff(&bytes).map_err(refused)? {
            AudioKind::Mp3 => Mime::Mp3,
            AudioKind::OggOpus => Mime::Ogg,
            AudioKind::Wav => Mime::Wav,
            AudioKind::M4a => Mime::M4a,
        };
        self.keep_blob(bytes, mime).await
    }

    /// A blob that is here, as records name it.
    pub async fn known_blob(&self, hash: &Hash) -> Result<Option<Blob>> {
        let row = self.store.blob(hash).await?;
        let blob = |row: BlobRow| {
            let mime = MIMES.into_iter().find(|mime| mime.as_str() == row.mime)?;
            Some(Blob {
                hash: row.hash,
                bytes: row.bytes,
                mime,
            })
        };
        Ok(row.and_then(blob))
    }

    /// Keeps a file whose kind is known.
    pub(crate) async fn keep_blob(&self, bytes: Vec<u8>, mime: Mime) -> Result<Blob> {
        let size = bytes.len() as u64;
        let disk = self.disk.clone();
        let work = tokio::task::spawn_blocking(move || disk.keep_blob(&bytes));
        let hash = work.await.map_err(|e| HubError::Broken(e.to_string()))??;
        let row = BlobRow {
            hash,
            bytes: size,
            mime: mime.as_str().into(),
            added_at: self.clock.now(),
            public: false,
        };
        self.store.add_blob(&row).await?;
        Ok(Blob {
            hash,
            bytes: size,
            mime,
        })
    }
}

const MIMES: [Mime; 7] = [
    Mime::Jpeg,
    Mime::Png,
    Mime::Webp,
    Mime::Mp3,
    Mime::Ogg,
    Mime::Wav,
    Mime::M4a,
];

/// What the sender of a file is told.
pub fn refused(error: MediaError) -> HubError {
    match error {
        MediaError::TooLarge { limit_bytes, .. } => Failure::at(Code::MediaTooLarge, "file")
            .with(limit_bytes as u64)
            .into(),
        MediaError::TooManyPixels { .. } => Failure::at(Code::MediaTooManyPixels, "file").into(),
        MediaError::Heic => Failure::at(Code::MediaHeic, "file").into(),
        MediaError::Damaged | MediaError::Empty => Failure::at(Code::MediaDamaged, "file").into(),
        _ => Failure::at(Code::MediaKind, "file").into(),
    }
}
