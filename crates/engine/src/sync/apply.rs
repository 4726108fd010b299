//! Applies of a session: durable, all or nothing, before they are reported as done.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use bantin_model::feed::TrustedHead;
use bantin_model::letter::ConversationId;
use bantin_model::record::{Body, Record};
use bantin_model::sync::{Apply, Event, FeedChange, Trouble};
use bantin_store::news::HeadsApplied;

use super::carry::{Courier, trouble_here};
use crate::shelf::keep;
use crate::{Engine, Result};

/// What can be searched in a record.
pub(crate) fn searched_text(record: &Record, body: &Body) -> Option<String> {
    bantin_view::searchable(record, body).map(|searchable| searchable.text)
}

impl Engine {
    /// Makes a change durable, unless another hub or place is followed by now: refusals, cursors and heads of
    /// the one before would stand as if the new one had said them.
    pub(crate) async fn apply(&self, apply: Apply, courier: &Courier) -> Event {
        let _only = self.inner.flight.applying.lock().await;
        let done = match self.still_follows(courier).await {
            Ok(true) => self.make_durable(apply, courier).await,
            Ok(false) => return Event::ApplyFailed(Trouble::Other),
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => {
                self.tell_changed();
                Event::Applied
            }
            Err(error) => Event::ApplyFailed(trouble_here(&error)),
        }
    }

    /// Whether what was followed when this began is followed still.
    pub(super) async fn still_follows(&self, courier: &Courier) -> Result<bool> {
        let followed = courier.stores.news.follow().await?;
        Ok(followed.is_some_and(|followed| followed.is_same(&courier.follow)))
    }

    async fn make_durable(&self, mut apply: Apply, courier: &Courier) -> Result<()> {
        if let Some(via) = &courier.via
            && let Apply::Unchanged {
                checked_at,
                clock_wrong,
            }
            | Apply::Heads {
                checked_at,
                clock_wrong,
                ..
            } = &mut apply
        {
            (*checked_at, *clock_wrong) = via.seen(&courier.stores, *checked_at).await?;
        }
        let (news, private) = (&courier.stores.news, &courier.stores.private);
        match apply {
            Apply::Feed(change) => self.apply_feed(Arc::new(change), courier).await,
            Apply::Unchanged {
                checked_at,
                clock_wrong,
            } => Ok(news.apply_unchanged(checked_at, clock_wrong).await?),
            Apply::Heads {
                document,
                etag,
                heads,
                root_version,
                newest_signed,
                checked_at,
                clock_wrong,
                receipt_keys,
            } => {
                self.offer_again_after_restore(&heads, courier).await?;
                let applied = HeadsApplied {
                    document: document.as_deref(),
                    etag: etag.as_deref(),
                    heads: &heads,
                    root_version,
                    newest_signed,
                    checked_at,
                    clock_wrong,
                    receipt_keys: &receipt_keys,
                };
                news.apply_heads(applied).await?;
                keep::tidy(&courier.folders, &courier.stores).await;
                Ok(())
            }
            Apply::Receipt(change) => Ok(private.apply_receipt(&change).await?),
            Apply::LetterRefused(letter) => Ok(private.apply_refused(letter).await?),
            Apply::Mail(mut change) => {
                if courier.via.is_some() {
                    // Nothing proves a cursor. A relay may know only an older life of the hub, or lie: what it
                    // brings is kept, and how far the mailbox was read only the hub itself says.
                    change.after = 0;
                }
                let new = private.apply_mail(&change, self.now()).await?;
                courier.replies_new.fetch_add(new, Ordering::Relaxed);
                Ok(())
            }
        }
    }

    async fn apply_feed(&self, change: Arc<FeedChange>, courier: &Courier) -> Result<()> {
        self.offer_again_after_restore(std::slice::from_ref(&change.head), courier)
            .await?;
        let news = &courier.stores.news;
        news.apply_feed(&change, self.now(), searched_text).await?;
        let segments = change.segments.iter().map(|segment| &segment.hash);
        keep::put(&courier.folders, segments).await;
        Ok(())
    }

    /// A new epoch means that a hub came back from a backup: letters that it accepted after that backup
    /// are lost there, so those of conversations without an end are offered again. This is done before
    /// the epoch is kept: a cut in between does it twice, never not at all.
    async fn offer_again_after_restore(
        &self,
        heads: &[TrustedHead],
        courier: &Courier,
    ) -> Result<()> {
        let held = courier.stores.news.feeds().await?;
        let restored = heads.iter().any(|trusted| {
            let head = &trusted.head;
            let before = held.iter().find(|feed| feed.place == head.place);
            // Of a feed seen for the first time nobody knows here whether its hub was restored since it
            // accepted something.
            before.is_none_or(|feed| feed.epoch < head.epoch)
        });
        if !restored {
            return Ok(());
        }
        let rows = courier.stores.private.conversations().await?;
        let open = rows.iter().filter(|row| !row.released);
        let open: Vec<ConversationId> = open.map(|row| row.id).collect();
        if open.is_empty() {
            return Ok(());
        }
        Ok(courier.stores.private.offer_again(&open).await?)
    }
}
