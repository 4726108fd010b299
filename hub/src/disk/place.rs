//! Where files are.

use std::io;
use std::path::{Path, PathBuf};

use bantin_model::id::Hash;

use super::write::{sync_dir, write_new};

/// The folders of a data directory.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// Of this data directory; makes missing folders.
    pub fn open(root: &Path) -> io::Result<Self> {
        for name in ["segments", "blobs", "attachments/part", "mirror/part"] {
            std::fs::create_dir_all(root.join(name))?;
        }
        Ok(Self { root: root.into() })
    }

    /// The data directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file of a segment.
    pub fn segment(&self, hash: &Hash) -> PathBuf {
        self.root.join("segments").join(hash.to_string())
    }

    /// The file of a blob.
    pub fn blob(&self, hash: &Hash) -> PathBuf {
        self.root.join("blobs").join(hash.to_string())
    }

    /// The folder of attachments' ciphertexts.
    pub fn attachments(&self) -> PathBuf {
        self.root.join("attachments")
    }

    /// The file of an attachment's ciphertext.
    pub fn attachment(&self, hash: &Hash) -> PathBuf {
        self.attachments().join(hash.to_string())
    }

    /// What has arrived of an attachment so far.
    pub fn attachment_part(&self, hash: &Hash) -> PathBuf {
        self.attachments().join("part").join(hash.to_string())
    }

    /// Keeps an attachment's ciphertext; on return it and its folder are durable.
    pub fn keep_attachment(&self, hash: &Hash, bytes: &[u8]) -> io::Result<()> {
        write_new(&self.attachment(hash), bytes)?;
        sync_dir(&self.attachments())
    }

    /// The folder of blobs that only mirrored records name.
    pub fn mirror(&self) -> PathBuf {
        self.root.join("mirror")
    }

    /// The file of a mirrored blob.
    pub fn mirror_blob(&self, hash: &Hash) -> PathBuf {
        self.mirror().join(hash.to_string())
    }

    /// What has come of a file of the hub above so far.
    pub fn mirror_part(&self, hash: &Hash) -> PathBuf {
        self.mirror().join("part").join(hash.to_string())
    }

    /// Keeps a mirrored blob; on return it is durable.
    pub fn keep_mirror_blob(&self, hash: &Hash, bytes: &[u8]) -> io::Result<()> {
        write_new(&self.mirror_blob(hash), bytes)?;
        sync_dir(&self.mirror())
    }

    /// Keeps segments; on return they and their folder are durable.
    pub fn keep_segments(&self, files: &[(Hash, Vec<u8>)]) -> io::Result<()> {
        for (hash, bytes) in files {
            write_new(&self.segment(hash), bytes)?;
        }
        sync_dir(&self.root.join("segments"))
    }

    /// Keeps a blob; on return it and its folder are durable.
    pub fn keep_blob(&self, bytes: &[u8]) -> io::Result<Hash> {
        let hash = Hash::of(bytes);
        write_new(&self.blob(&hash), bytes)?;
        sync_dir(&self.root.join("blobs"))?;
        Ok(hash)
    }
}
