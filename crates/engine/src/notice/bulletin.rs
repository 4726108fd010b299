//! *Nghe bản tin*: what can be listened to.

use bantin_model::id::RecordId;
use bantin_model::record::{Body, Kind};
use bantin_store::news::Window;
use bantin_view::can_be_heard;
use bantin_wire::ipc::notice::NoticeCard;

use super::list::card;
use crate::reading::opened;
use crate::{Engine, Result};

/// Newest notices that are looked at.
const NEWEST: Window = Window {
    offset: 0,
    limit: 200,
};
/// Notices of one bulletin: an hour and more of listening.
const BULLETIN_MAX: usize = 50;

impl Engine {
    /// Notices with sound for this person, unheard first, in the order of the list.
    ///
    /// # Errors
    /// The store.
    pub async fn bulletin(&self) -> Result<Vec<NoticeCard>> {
        let reading = self.reading().await?;
        let rows = reading
            .stores
            .news
            .articles(Kind::NOTICE, None, reading.now(), NEWEST)
            .await?;
        let mut found = Vec::new();
        for row in &rows {
            let (record, body) = opened(&row.bytes)?;
            if let Body::Article(article) = body
                && can_be_heard(&record, &article, &reading.reader)
            {
                let heard = reading.stores.private.mark(record.id).await?.heard;
                found.push((heard, record, article));
            }
        }
        // Stable: within heard and unheard the list's order stays.
        found.sort_by_key(|(heard, ..)| *heard);
        found.truncate(BULLETIN_MAX);
        let mut cards = Vec::with_capacity(found.len());
        for (_, record, article) in &found {
            cards.push(card(&reading, record, article).await?);
        }
        Ok(cards)
    }

    /// Remembers that a notice was listened to.
    ///
    /// # Errors
    /// The store.
    pub async fn heard(&self, id: RecordId) -> Result<()> {
        self.stores()
            .await
            .private
            .set_heard(id, self.now())
            .await?;
        self.tell_changed();
        Ok(())
    }
}
