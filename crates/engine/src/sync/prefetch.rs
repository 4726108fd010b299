//! After the texts: small pictures, sound in the person's language, then the rest, as far as the person's
//! limits and the room on the device allow, so that the evening's bulletin plays without a network. It
//! follows the texts at once: the radio is awake.

use std::collections::BTreeSet;

use bantin_model::budget::{DataKind, Wish};
use bantin_model::id::Hash;
use bantin_model::record::{Article, Blob, Body, Kind};
use bantin_store::news::Window;
use bantin_view::{Reader, can_be_heard};
use bantin_wire::Code;

use crate::reading::{Reading, opened};
use crate::relay::Way;
use crate::{Engine, Error, Result};

/// Newest records of each kind that are looked at.
const NEWEST: Window = Window {
    offset: 0,
    limit: 40,
};

impl Engine {
    /// Fetches what may come; a failure ends it and is none of the sync's.
    pub(super) async fn prefetch(&self, way: &Way) {
        if let Err(error) = self.prefetch_all(way).await {
            tracing::info!(%error, "pictures and sound wait for the next sync");
        }
    }

    async fn prefetch_all(&self, way: &Way) -> Result<()> {
        let wanted = self.wanted_within_room().await?;
        let follow = self.stores().await.news.follow().await?;
        let hub = match way {
            Way::Hub => self.inner.wire.hub(&follow.ok_or(Code::NotFound)?.hub),
            Way::Relay(via) => self.inner.wire.hub(&via.base).nearby(),
        };
        let mut left = match self.inner.wire.meter.wants_everything() {
            true => u64::MAX,
            false => self.inner.config.prefetch_bytes,
        };
        let keep: BTreeSet<Hash> = wanted.iter().map(|(_, blob)| blob.hash).collect();
        for (kind, blob) in wanted {
            if blob.bytes > left || self.inner.folders.blob(&blob.hash).exists() {
                continue;
            }
            let errand = hub.on(kind, blob.bytes, Wish::Unasked);
            match self.blob_from(&errand, blob.hash).await {
                // A relay holds some and not others; what must wait keeps nothing smaller from coming.
                Err(Error::Refused(failure))
                    if matches!(
                        failure.code,
                        Code::NotFound | Code::DataSpent | Code::DataWaits
                    ) =>
                {
                    continue;
                }
                fetched => fetched?,
            };
            self.make_room(&keep).await?;
            left -= blob.bytes;
            self.tell_changed();
        }
        Ok(())
    }

    /// What should be here, in the order of [`bantin_model::budget::ORDER`], as far as there is room for all of it at once: what
    /// one sync fetches the next one must not push out.
    pub(crate) async fn wanted_within_room(&self) -> Result<Vec<(DataKind, Blob)>> {
        let mut room = self.media_most_bytes();
        let mut within = wanted(&self.reading().await?).await?;
        within.retain(|(_, blob)| {
            let rest = room.checked_sub(blob.bytes);
            room = rest.unwrap_or(room);
            rest.is_some()
        });
        Ok(within)
    }
}

/// Small pictures of what is new, sound in the person's languages, then pictures as large as the screen and
/// sound in other languages.
async fn wanted(reading: &Reading) -> Result<Vec<(DataKind, Blob)>> {
    let (news, now) = (&reading.stores.news, reading.now());
    let mut rows = news.articles(Kind::NOTICE, None, now, NEWEST).await?;
    rows.extend(
        news.products(None, u32::from(reading.reader.month()), NEWEST)
            .await?,
    );
    rows.extend(news.articles(Kind::HERITAGE, None, now, NEWEST).await?);
    let mut found: Vec<(DataKind, Blob)> = Vec::new();
    for row in &rows {
        let (record, body) = opened(&row.bytes)?;
        let picture = match &body {
            Body::Article(article) => {
                if can_be_heard(&record, article, &reading.reader) {
                    let sound = best_sound(article, &reading.reader);
                    found.extend(sound.map(|blob| (DataKind::Sound, blob)));
                }
                article.pictures.first()
            }
            Body::Product(product) => product.pictures.first(),
            _ => None,
        };
        found.extend(picture.map(|picture| (DataKind::Thumb, picture.thumb)));
        found.extend(picture.map(|picture| (DataKind::Rest, picture.screen)));
    }
    // Stable: within a kind the newest stays first.
    found.sort_by_key(|(kind, _)| kind.rank());
    let mut seen: BTreeSet<Hash> = BTreeSet::new();
    found.retain(|(_, blob)| seen.insert(blob.hash));
    Ok(found)
}

fn best_sound(article: &Article, reader: &Reader) -> Option<Blob> {
    let best = article
        .audio
        .iter()
        .min_by_key(|audio| reader.distance(&audio.lang));
    best.map(|audio| audio.blob)
}
