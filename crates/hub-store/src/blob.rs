//! Which blob files are here and whether anybody may fetch them.

use async_trait::async_trait;
use bantin_model::id::Hash;
use bantin_model::time::Seconds;

use crate::Result;

/// A blob file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobRow {
    /// SHA-256 of the bytes.
    pub hash: Hash,
    /// Size in bytes.
    pub bytes: u64,
    /// Media type, told by the bytes.
    pub mime: String,
    /// When it came.
    pub added_at: Seconds,
    /// A record that was published names it.
    pub public: bool,
}

/// Blob files.
#[async_trait]
pub trait Blobs {
    /// Says that a file is durable; one already known stays as it is.
    async fn add_blob(&self, blob: &BlobRow) -> Result<()>;
    /// The file of this media type that came last.
    async fn newest_blob(&self, mime: &str) -> Result<Option<BlobRow>>;
    /// What is known of a file.
    async fn blob(&self, hash: &Hash) -> Result<Option<BlobRow>>;
}
