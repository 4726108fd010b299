//! The shelf: what this device holds exactly as a hub gave it, so that it can be passed on, by hand or
//! over a local network.
//!
//! Segments that a head lists lie as immutable files named by their hash. They get there only after
//! what they bring is durable in the store, and they leave once no head lists them. A file that is
//! missing or damaged is no fault: it is named by its hash and can be had again.

pub(crate) mod keep;

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use bantin_model::cbor;
use bantin_model::feed::{HEADS_BYTES_MAX, Head, HeadsDocument, SEGMENTS_MAX, SegmentRef};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::sign::Envelope;
use bantin_store::News;
use tokio::fs;

use crate::file::{self, Folders};
use crate::{Engine, Result};

/// What a device can pass on. Clones share everything.
#[derive(Clone, Debug)]
pub struct Shelf {
    folders: Folders,
    news: News,
}

/// A feed that the heads document held names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfFeed {
    /// Whose.
    pub place: PlaceId,
    /// Its segments, oldest first.
    pub segments: Vec<SegmentRef>,
    /// Those whose file is not here.
    pub missing: BTreeSet<Hash>,
}

impl ShelfFeed {
    /// Whether whoever has this device's files needs no hub for this feed.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

impl Engine {
    /// What this device can pass on. It stays good until the person is forgotten.
    pub async fn shelf(&self) -> Shelf {
        Shelf {
            folders: self.inner.folders.clone(),
            news: self.stores().await.news,
        }
    }
}

impl Shelf {
    /// The newest heads document whose feeds this device reached, byte for byte.
    ///
    /// # Errors
    /// The store.
    pub async fn document(&self) -> Result<Option<Vec<u8>>> {
        Ok(self.news.document().await?)
    }

    /// Strong entity tag of the document as its hub said it, if it did.
    ///
    /// # Errors
    /// The store.
    pub async fn etag(&self) -> Result<Option<String>> {
        Ok(self.news.freshness().await?.etag)
    }

    /// The feeds that the document names, from the top down, and which of their files are here. The
    /// presence of a file is looked at, not its bytes.
    ///
    /// # Errors
    /// The store.
    pub async fn feeds(&self) -> Result<Vec<ShelfFeed>> {
        let document = self.document().await?;
        let mut feeds = document.as_deref().map(listed).unwrap_or_default();
        for feed in &mut feeds {
            for segment in &feed.segments {
                if !fs::try_exists(self.segment_file(&segment.hash)).await? {
                    feed.missing.insert(segment.hash);
                }
            }
        }
        Ok(feeds)
    }

    /// Where the file of a segment lies if it is here.
    pub fn segment_file(&self, hash: &Hash) -> PathBuf {
        self.folders.segment(hash)
    }

    /// Where the file of a blob (a picture, sound) lies if it is here.
    pub fn blob_file(&self, hash: &Hash) -> PathBuf {
        self.folders.blob(hash)
    }

    /// The bytes of a segment. A file that lost bits is thrown away and counts as missing.
    ///
    /// # Errors
    /// The disk.
    pub async fn segment(&self, hash: &Hash) -> Result<Option<Vec<u8>>> {
        Ok(genuine(self.segment_file(hash), hash).await?)
    }

    /// The bytes of a blob. A file that lost bits counts as missing.
    ///
    /// # Errors
    /// The disk.
    pub async fn blob(&self, hash: &Hash) -> Result<Option<Vec<u8>>> {
        let bytes = file::read(&self.blob_file(hash)).await?;
        Ok(bytes.filter(|bytes| Hash::of(bytes) == *hash))
    }
}

async fn genuine(path: PathBuf, hash: &Hash) -> io::Result<Option<Vec<u8>>> {
    match file::read(&path).await? {
        Some(bytes) if Hash::of(&bytes) == *hash => Ok(Some(bytes)),
        Some(_) => {
            file::delete(&path).await?;
            Ok(None)
        }
        None => Ok(None),
    }
}

/// The feeds of a document that was verified before it was kept; nothing of what it says is trusted anew.
fn listed(document: &[u8]) -> Vec<ShelfFeed> {
    let Ok(document) = HeadsDocument::from_bytes(document) else {
        return Vec::new();
    };
    let head = |bytes: &[u8]| {
        let envelope = Envelope::from_bytes(bytes, HEADS_BYTES_MAX).ok()?;
        cbor::from_slice::<Head>(&envelope.payload, HEADS_BYTES_MAX).ok()
    };
    let feed = |head: Head| ShelfFeed {
        place: head.place,
        segments: head.segments.into_iter().take(SEGMENTS_MAX).collect(),
        missing: BTreeSet::new(),
    };
    let heads = document.nodes.iter().filter_map(|node| head(&node.head));
    heads.map(feed).collect()
}
