//! What every view is made from: who reads, at what moment, which places and agencies are known.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::record::{Body, Record};
use bantin_model::time::Seconds;
use bantin_store::News;
use bantin_store::news::FeedRow;
use bantin_store::private::Mark;
use bantin_view::{Context, Directory, FeedMark, Marks, Reader, judged};
use bantin_wire::ipc::device::Settings;

use crate::engine::Stores;
use crate::file::Folders;
use crate::{Engine, Error, Result};

/// Everything a view needs besides the record.
pub(crate) struct Reading {
    pub(crate) stores: Stores,
    pub(crate) reader: Reader,
    pub(crate) directory: Arc<Directory>,
    feeds: BTreeMap<PlaceId, FeedRow>,
    folders: Folders,
}

/// The directory as the heads of the feeds held made it: as long as they are the same, so is the directory.
#[derive(Default)]
pub(crate) struct KnownDirectory(Mutex<(Vec<FeedRow>, Arc<Directory>)>);

impl KnownDirectory {
    async fn of(&self, feeds: &[FeedRow], news: &News) -> Result<Arc<Directory>> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let known = known();
            if known.0 == feeds {
                return Ok(Arc::clone(&known.1));
            }
        }
        let mut directory = Directory::default();
        // The feeds were read before: should a sync have moved one since, the next reading will find another head.
        for row in news.directory().await? {
            let (record, body) = opened(&row.bytes)?;
            directory.insert(&record, &body);
        }
        let directory = Arc::new(directory);
        *known() = (feeds.to_vec(), Arc::clone(&directory));
        Ok(directory)
    }
}

impl Engine {
    pub(crate) async fn reading(&self) -> Result<Reading> {
        let stores = self.stores().await;
        let news = async {
            let (freshness, feeds) = stores.news.standing().await?;
            let directory = self.inner.directory.of(&feeds, &stores.news).await?;
            Ok((freshness, feeds, directory))
        };
        let ((freshness, feeds, directory), settings) = tokio::try_join!(news, self.settings())?;
        let now = judged(self.now(), freshness.newest_signed, freshness.clock_wrong);
        let reader = Reader::new(&settings, now, self.inner.config.utc_offset_minutes);
        Ok(Reading {
            reader,
            directory,
            feeds: feeds
                .into_iter()
                .map(|feed| (feed.place.clone(), feed))
                .collect(),
            folders: self.inner.folders.clone(),
            stores,
        })
    }

    /// The settings; defaults before the first start.
    ///
    /// # Errors
    /// The store.
    pub async fn settings(&self) -> Result<Settings> {
        let row = self.stores().await.private.settings().await?;
        // Settings of another version that cannot be read are as good as none.
        Ok(serde_json::from_str(&row.json).unwrap_or_default())
    }
}

impl Reading {
    pub(crate) fn now(&self) -> Seconds {
        self.reader.now
    }

    /// The head of the feed a record stands in.
    pub(crate) fn feed(&self, place: &PlaceId) -> FeedMark {
        self.feeds
            .get(place)
            .map_or_else(FeedMark::default, |feed| FeedMark {
                version: feed.version,
                signed_at: feed.issued_at,
                expires_at: feed.expires_at,
            })
    }

    /// Runs a view with its context.
    pub(crate) fn view<T>(&self, make: impl FnOnce(&Context<'_>) -> T) -> T {
        self.view_for(&self.reader, make)
    }

    /// The same for another reader.
    pub(crate) fn view_for<T>(&self, reader: &Reader, make: impl FnOnce(&Context<'_>) -> T) -> T {
        let held = |hash: &Hash| self.folders.blob(hash).exists();
        make(&Context {
            reader,
            directory: &self.directory,
            held: &held,
        })
    }

    /// What this device remembers about a record.
    pub(crate) async fn marks(&self, record: RecordId) -> Result<Marks> {
        Ok(marks(self.stores.private.mark(record).await?))
    }

    /// The same about many records at once: a list asks the store once, not once for each of its cards.
    pub(crate) async fn marks_of(&self, records: &[RecordId]) -> Result<BTreeMap<RecordId, Marks>> {
        let known = self.stores.private.marks(records).await?;
        Ok(known
            .into_iter()
            .map(|(record, mark)| (record, marks(mark)))
            .collect())
    }
}

fn marks(mark: Mark) -> Marks {
    Marks {
        read: mark.read || mark.heard,
        saved: mark.saved,
    }
}

/// A stored record and its body.
pub(crate) fn opened(bytes: &[u8]) -> Result<(Record, Body)> {
    let record = Record::from_bytes(bytes).map_err(|_| Error::Broken("a stored record"))?;
    let body = record
        .body()
        .map_err(|_| Error::Broken("the body of a stored record"))?;
    Ok((record, body))
}
