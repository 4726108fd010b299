//! Photos taken for a letter: made small and free of metadata before anything is kept.

use bantin_media::{Limits, photo};
use bantin_store::private::PhotoRow;
use bantin_view::media_failure;
use bantin_wire::Code;
use bantin_wire::ipc::media::PhotoAdded;
use rand_core::Rng;

use crate::{Engine, Error, Result, file};

impl Engine {
    /// Takes the bytes of a photo as the person chose it. What is kept is upright, at most 1,600 px
    /// long and says nothing but the picture; it stays until the letter is gone or the draft dropped.
    ///
    /// # Errors
    /// A media code: too large, too many pixels, HEIC, no picture, damaged. No room.
    pub async fn add_photo(&self, bytes: Vec<u8>) -> Result<PhotoAdded> {
        let limits = Limits::default();
        // Decoding takes a second on a cheap phone; nothing else should wait for it.
        let made = tokio::task::spawn_blocking(move || photo(&bytes, &limits)).await;
        let made = made.map_err(|_| Error::Broken("a photo could not be worked on"))?;
        let made = made.map_err(|error| media_failure(error.code(), limits.max_bytes as u64))?;
        let mut random = [0u8; 16];
        self.with_rng(|rng| rng.fill_bytes(&mut random));
        let token: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        file::write_durable(&self.photo_file(&token)?, &made.full.jpeg).await?;
        let row = PhotoRow {
            token,
            width: made.full.width,
            height: made.full.height,
            bytes: made.full.jpeg.len() as u64,
            added_at: self.now(),
        };
        self.stores().await.private.add_photo(&row).await?;
        Ok(PhotoAdded {
            token: row.token,
            width: row.width,
            height: row.height,
            bytes: row.bytes,
        })
    }

    /// The JPEG of a photo of a draft or letter.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn photo(&self, token: &str) -> Result<Vec<u8>> {
        let path = self.photo_file(token)?;
        if self.stores().await.private.photo(token).await?.is_none() {
            return Err(Code::NotFound.into());
        }
        file::read(&path)
            .await?
            .ok_or_else(|| Code::NotFound.into())
    }

    /// Deletes photos that belong to no letter and that no draft names.
    pub(crate) async fn drop_loose_photos(&self) -> Result<()> {
        let private = self.stores().await.private;
        let drafts = private.drafts().await?;
        for photo in private.loose_photos().await? {
            let named = drafts.iter().any(|draft| draft.contains(&photo.token));
            // A photo just taken is in a form that is not yet kept as a draft.
            let fresh = self.now().since(photo.added_at) < FRESH_S;
            if named || fresh {
                continue;
            }
            private.forget_photo(&photo.token).await?;
            file::delete(&self.photo_file(&photo.token)?).await?;
        }
        Ok(())
    }

    /// Where a photo lies; a token is never taken as part of a path.
    fn photo_file(&self, token: &str) -> Result<std::path::PathBuf> {
        let hex = token.len() == 32 && token.bytes().all(|b| b.is_ascii_hexdigit());
        if !hex {
            return Err(Code::NotFound.into());
        }
        Ok(self.inner.folders.photos().join(format!("{token}.jpg")))
    }
}

/// How long a photo may be in no draft, in seconds.
const FRESH_S: u64 = 3600;
