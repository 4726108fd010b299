//! Taking in a file piece by piece, across cuts of the connection.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use bantin_model::id::Hash;
use sha2::{Digest, Sha256};

use super::write::sync_dir;

/// Why an upload does not go on.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// The piece does not begin where the last one ended.
    #[error("the upload goes on at byte {0}")]
    Offset(u64),
    /// More bytes than announced.
    #[error("more bytes than announced")]
    TooLong,
    /// The bytes are not those of the name; they are thrown away.
    #[error("the bytes have another hash")]
    OtherHash,
    /// The disk.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A file that is arriving. What arrived before a cut stays and is gone on with.
pub struct Upload {
    part: PathBuf,
    target: PathBuf,
    hash: Hash,
    out: File,
    at: u64,
    total: u64,
}

impl Upload {
    /// Goes on at byte `from` of `total`; at 0 it begins anew.
    pub fn resume(
        part: &Path,
        target: &Path,
        hash: Hash,
        from: u64,
        total: u64,
    ) -> Result<Self, UploadError> {
        let mut options = OpenOptions::new();
        let mut out = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(part)?;
        if from == 0 {
            out.set_len(0)?;
        }
        let at = out.seek(SeekFrom::End(0))?;
        if at != from {
            return Err(UploadError::Offset(at));
        }
        Ok(Self {
            part: part.into(),
            target: target.into(),
            hash,
            out,
            at,
            total,
        })
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), UploadError> {
        let after = self.at.saturating_add(bytes.len() as u64);
        if after > self.total {
            return Err(UploadError::TooLong);
        }
        self.out.write_all(bytes)?;
        self.at = after;
        Ok(())
    }

    /// Ends this piece. If it was the last, the file is checked and durable under its name: `None`;
    /// else the byte at which it goes on.
    pub fn finish(mut self) -> Result<Option<u64>, UploadError> {
        if self.at < self.total {
            return Ok(Some(self.at));
        }
        if self.hash_of_all()? != self.hash {
            std::fs::remove_file(&self.part)?;
            return Err(UploadError::OtherHash);
        }
        self.out.sync_all()?;
        std::fs::rename(&self.part, &self.target)?;
        if let Some(dir) = self.target.parent() {
            sync_dir(dir)?;
        }
        Ok(None)
    }

    fn hash_of_all(&mut self) -> io::Result<Hash> {
        self.out.seek(SeekFrom::Start(0))?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0u8; 64 << 10];
        loop {
            let got = self.out.read(&mut buffer)?;
            if got == 0 {
                return Ok(Hash(hasher.finalize().into()));
            }
            hasher.update(buffer.get(..got).unwrap_or_default());
        }
    }
}
