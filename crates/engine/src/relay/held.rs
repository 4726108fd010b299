//! What this device can tell a guest: what it follows, which places, which blobs are public.

use std::collections::BTreeMap;

use bantin_model::feed::Segment;
use bantin_model::id::{Hash, PlaceId};
use bantin_model::record::{Body, Mime, Record};
use bantin_model::sync::life_of;
use bantin_model::time::Seconds;
use bantin_wire::http::{Offer, OfferedPlace};
use bantin_wire::{Code, Failure};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use crate::reading::opened;
use crate::{Engine, Result};

/// More than a segment has before its payload, the dictionary's name included.
const SEGMENT_HEAD_BYTES: u64 = 64;
/// Records in memory at once.
const RECORDS_AT_ONCE: u32 = 256;

/// What a device follows, as far as a guest needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Address of the hub, without a slash at its end.
    pub hub: String,
    /// The place followed.
    pub place: PlaceId,
    /// Fingerprint of the pinned root.
    pub root: Hash,
    /// When the hub was last heard; 0 = never.
    pub checked_at: Seconds,
    /// In which life the hubs of the path are, as far as is known here: another one begins when one of them
    /// was restored.
    pub life: u64,
}

impl Engine {
    /// What is followed.
    ///
    /// # Errors
    /// [`Code::NotFound`] at `place` before a place is followed.
    pub async fn held(&self) -> Result<Held> {
        let news = self.stores().await.news;
        let follow = news.follow().await?;
        let follow = follow.ok_or_else(|| Failure::at(Code::NotFound, "place"))?;
        let feeds = news.feeds().await?;
        Ok(Held {
            life: life_of(feeds.iter().map(|feed| (&feed.place, feed.epoch))),
            hub: follow.hub,
            place: follow.place,
            root: follow.pin.root,
            checked_at: news.freshness().await?.checked_at,
        })
    }

    /// The places whose feeds are here, as a hub would offer them.
    ///
    /// # Errors
    /// As [`Engine::held`].
    pub async fn offer(&self) -> Result<Offer> {
        let held = self.held().await?;
        let news = self.stores().await.news;
        let feeds = news.feeds().await?;
        let mut places = BTreeMap::new();
        for feed in &feeds {
            let nameless = OfferedPlace {
                id: feed.place.clone(),
                names: BTreeMap::from([("vi".to_owned(), feed.place.to_string())]),
                parent: None,
            };
            places.insert(feed.place.clone(), nameless);
        }
        for row in news.directory().await? {
            if let (_, Body::Place(info)) = opened(&row.bytes)?
                && let Some(place) = places.get_mut(&info.id)
            {
                let names = info.names.iter();
                place.names = names.map(|(l, n)| (l.to_string(), n.clone())).collect();
                place.parent = info.parent;
            }
        }
        Ok(Offer {
            root: held.root.to_string(),
            places: places.into_values().collect(),
        })
    }

    /// The names, in the reader's language, of those places whose feeds are here; others are left out.
    ///
    /// # Errors
    /// The store.
    pub async fn place_names(&self, places: &[PlaceId]) -> Result<Vec<String>> {
        let reading = self.reading().await?;
        let feeds = reading.stores.news.feeds().await?;
        let held = |place: &&PlaceId| feeds.iter().any(|feed| feed.place == **place);
        let name = |place: &PlaceId| reading.directory.place_name(place, &reading.reader);
        Ok(places.iter().filter(held).map(name).collect())
    }

    /// Every file that the news name, and what it is if a record says so: pictures and sound, and the
    /// dictionaries that segments are packed with. A guest may have no others.
    ///
    /// # Errors
    /// The store.
    pub async fn public_blobs(&self) -> Result<BTreeMap<Hash, Option<Mime>>> {
        let news = self.stores().await.news;
        let (mut blobs, mut last) = (self.dictionaries().await?, i64::MIN);
        loop {
            let rows = news.record_bytes(last, RECORDS_AT_ONCE).await?;
            let Some((key, _)) = rows.last() else {
                return Ok(blobs);
            };
            last = *key;
            for (_, bytes) in &rows {
                // A record of a later version names blobs that this one cannot find.
                if let Ok(record) = Record::from_bytes(bytes) {
                    let named = record.blobs().into_iter();
                    blobs.extend(named.map(|blob| (blob.hash, Some(blob.mime))));
                }
            }
        }
    }

    /// The dictionaries that kept segments are packed with.
    async fn dictionaries(&self) -> Result<BTreeMap<Hash, Option<Mime>>> {
        let shelf = self.shelf().await;
        let mut found = BTreeMap::new();
        for feed in shelf.feeds().await? {
            for segment in &feed.segments {
                if feed.missing.contains(&segment.hash) {
                    continue;
                }
                let mut head = Vec::new();
                let file = File::open(shelf.segment_file(&segment.hash)).await?;
                file.take(SEGMENT_HEAD_BYTES).read_to_end(&mut head).await?;
                let dictionary = Segment::read(&head).ok().and_then(|s| s.dictionary());
                found.extend(dictionary.map(|hash| (hash, None)));
            }
        }
        Ok(found)
    }
}
