//! Taking a pack in.

use std::collections::BTreeSet;
use std::path::Path;

use bantin_model::id::PlaceId;
use bantin_model::pack::RecordKind;
use bantin_store::news::Follow;
use bantin_wire::ipc::pack::PackReport;
use bantin_wire::{Code, Failure};

use super::mine::Mine;
use super::source::Source;
use crate::{Engine, Result};

impl Engine {
    /// Takes in what a pack brings: news, what comes back for this person, and what to carry. Twice has
    /// the effect of once; what was applied before a failure stays.
    ///
    /// # Errors
    /// [`Code::NotFound`] at `place` before a place is followed, at `file` if there is none;
    /// [`Code::NotAPack`], [`Code::PackNewer`]; no room.
    pub async fn import_pack(&self, path: &Path) -> Result<PackReport> {
        let follow = self.stores().await.news.follow().await?;
        let follow = follow.ok_or_else(|| Failure::at(Code::NotFound, "place"))?;
        let source = Source::open(path).await?;
        self.take_in(&source, &follow).await
    }

    /// Follows a place whose hub was never reached: the pack's heads prove it under the root of the
    /// link, which comes by another way than the pack.
    ///
    /// # Errors
    /// As [`Engine::import_pack`]; [`Code::LinkDamaged`]; [`Code::PlaceUnknown`] if the pack has no news of
    /// the place; [`Code::RootMismatch`]; [`Code::NotGenuine`].
    pub async fn follow_pack(
        &self,
        link: &str,
        place: &PlaceId,
        path: &Path,
    ) -> Result<PackReport> {
        let source = Source::open(path).await?;
        let mut documents = Vec::new();
        for entry in source.contents.of(RecordKind::HEADS) {
            documents.extend(source.body(entry).await?);
        }
        let follow: Follow = self.follow_proven(link, place, &documents).await?;
        self.take_in(&source, &follow).await
    }

    async fn take_in(&self, source: &Source, follow: &Follow) -> Result<PackReport> {
        let _turn = self.inner.flight.turn.lock().await;
        let mut report = PackReport::default();
        (report.damages, report.damages_count) = source.damages();
        self.import_news(source, follow, &mut report).await?;
        self.judge_again().await?;
        // News first: they bring the keys by which the rest is judged.
        let mine = Mine::read(&self.reading().await?).await?;
        self.import_receipts(source, &mine, &mut report).await?;
        self.import_replies(source, &mine, &mut report).await?;
        self.import_carried(source, &mine, &mut report).await?;
        self.import_media(source, &mut report).await?;
        self.settle().await?;
        self.tell_changed();
        Ok(report)
    }

    /// Keeps pictures and sounds that a current record names, within the budget.
    async fn import_media(&self, source: &Source, report: &mut PackReport) -> Result<()> {
        let named = self.public_blobs().await?;
        let mut left = self.media_most_bytes();
        for entry in source.contents.of(RecordKind::BLOB) {
            let path = self.inner.folders.blob(&entry.hash);
            let fits = u64::from(entry.bytes) <= left;
            if !named.contains_key(&entry.hash) || !fits || path.exists() {
                continue;
            }
            let Some(body) = source.body(entry).await? else {
                continue;
            };
            left -= body.len() as u64;
            self.keep_blob(&entry.hash, &body).await?;
            report.media += 1;
        }
        self.make_room(&BTreeSet::new()).await
    }
}
