//! A pack that a window hands over piece by piece, because it has no path to give.

use bantin_wire::ipc::pack::{PACK_PIECE_BYTES_MAX, PackReport};
use bantin_wire::{Code, Failure};
use tokio::fs::{self, OpenOptions};
use tokio::io::AsyncWriteExt;

use bantin_model::pack::PACK_BYTES_MAX;

use crate::{Engine, Result, file};

impl Engine {
    /// Begins to take a pack; pieces of another are dropped.
    ///
    /// # Errors
    /// The disk.
    pub async fn stage_pack(&self) -> Result<()> {
        fs::File::create(self.inner.folders.staged_pack()).await?;
        Ok(())
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// [`Code::TooLong`]; [`Code::NotFound`] before [`Engine::stage_pack`]; no room.
    pub async fn stage_pack_piece(&self, piece: &[u8]) -> Result<()> {
        let path = self.inner.folders.staged_pack();
        let held = fs::metadata(&path).await.map_err(|_| Code::NotFound)?;
        let after = held.len().saturating_add(piece.len() as u64);
        if piece.len() > PACK_PIECE_BYTES_MAX || after > PACK_BYTES_MAX {
            return Err(Failure::at(Code::TooLong, "pack")
                .with(PACK_BYTES_MAX)
                .into());
        }
        let mut out = OpenOptions::new().append(true).open(&path).await?;
        out.write_all(piece).await?;
        Ok(out.flush().await?)
    }

    /// Imports what was handed over, and lets its bytes go.
    ///
    /// # Errors
    /// As [`Engine::import_pack`].
    pub async fn import_staged_pack(&self) -> Result<PackReport> {
        let path = self.inner.folders.staged_pack();
        let done = self.import_pack(&path).await;
        file::delete(&path).await?;
        done
    }
}
