//! The author of a feed, as the store has it.

use bantin_hub_store::{FeedRow, SegmentRow};
use bantin_model::feed::Author;
use bantin_model::id::PlaceId;
use bantin_wire::{Code, Failure};

use crate::Hub;
use crate::failure::Result;

impl Hub {
    /// The feed row and its author; `place-unknown` if this hub has no such feed.
    pub(crate) async fn author(&self, place: &PlaceId) -> Result<(FeedRow, Author)> {
        let feed = self.store.feed(place).await?;
        let feed = feed.ok_or_else(|| Failure::at(Code::PlaceUnknown, "place"))?;
        let segments = self.store.segments(place).await?;
        let author = Author {
            place: place.clone(),
            epoch: feed.epoch,
            version: feed.version,
            segments: segments.into_iter().map(|s| (s.listed, s.ledger)).collect(),
        };
        Ok((feed, author))
    }
}

/// What the store keeps of an author's segments.
pub(super) fn rows(author: &Author) -> Vec<SegmentRow> {
    let row = |(listed, ledger): &(_, bantin_model::feed::Ledger)| SegmentRow {
        listed: *listed,
        ledger: ledger.clone(),
    };
    author.segments.iter().map(row).collect()
}
