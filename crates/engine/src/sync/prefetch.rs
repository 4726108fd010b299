//! After the texts: small pictures and sound in the person's language, within a budget, so that the
//! evening's bulletin plays without a network.

use std::collections::BTreeSet;

use bantin_model::id::Hash;
use bantin_model::record::{Blob, Body, Kind};
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
    /// Fetches what fits; a failure ends it and is none of the sync's.
    pub(super) async fn prefetch(&self, way: &Way) {
        if let Err(error) = self.prefetch_all(way).await {
            tracing::info!(%error, "pictures and sound wait for the next sync");
        }
    }

    async fn prefetch_all(&self, way: &Way) -> Result<()> {
        let reading = self.reading().await?;
        let mut left = self.inner.config.prefetch_bytes;
        for blob in wanted(&reading).await? {
            if blob.bytes > left || self.inner.folders.blob(&blob.hash).exists() {
                continue;
            }
            let fetched = match way {
                Way::Hub => self.blob(blob.hash).await,
                Way::Relay(via) => self.blob_from(&via.base, blob.hash).await,
            };
            match fetched {
                // A relay holds some and not others.
                Err(Error::Refused(failure)) if failure.code == Code::NotFound => continue,
                fetched => fetched?,
            };
            left -= blob.bytes;
            self.tell_changed();
        }
        Ok(())
    }
}

/// Thumbnails first, then the sound of what is new, then pictures as large as the screen.
async fn wanted(reading: &Reading) -> Result<Vec<Blob>> {
    let (news, now) = (&reading.stores.news, reading.now());
    let mut rows = news.articles(Kind::NOTICE, None, now, NEWEST).await?;
    rows.extend(
        news.products(None, u32::from(reading.reader.month()), NEWEST)
            .await?,
    );
    rows.extend(news.articles(Kind::HERITAGE, None, now, NEWEST).await?);
    let (mut thumbs, mut sounds, mut screens) = (Vec::new(), Vec::new(), Vec::new());
    for row in &rows {
        let (record, body) = opened(row)?;
        let picture = match &body {
            Body::Article(article) => {
                if can_be_heard(&record, article, &reading.reader) {
                    sounds.extend(best_sound(article, &reading.reader));
                }
                article.pictures.first()
            }
            Body::Product(product) => product.pictures.first(),
            _ => None,
        };
        thumbs.extend(picture.map(|picture| picture.thumb));
        screens.extend(picture.map(|picture| picture.screen));
    }
    let mut seen: BTreeSet<Hash> = BTreeSet::new();
    let all = thumbs.into_iter().chain(sounds).chain(screens);
    Ok(all.filter(|blob| seen.insert(blob.hash)).collect())
}

fn best_sound(article: &bantin_model::record::Article, reader: &Reader) -> Option<Blob> {
    let best = article
        .audio
        .iter()
        .min_by_key(|audio| reader.distance(&audio.lang));
    best.map(|audio| audio.blob)
}
