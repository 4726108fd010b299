//! Making a session's changes durable, then showing them.

use std::collections::BTreeMap;

use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{LetterId, VerifiedReceipt};
use bantin_model::sync::{Apply, FeedChange, MailChange, ReceiptChange, Trouble};
use bantin_model::time::signed_time_kept;
use bantin_wire::{Code, Failure};

use super::save::state;
use super::{Engine, key};
use crate::host::{Change, Host, Lock, StoreError, Table};
use crate::news::{FeedRow, Follow, KeyRow, leaves};
use crate::private::{self, ReceiptRow, ReplyRow, Row, reply_key};

impl<H: Host> Engine<H> {
    /// Carries out one apply of a session that follows `place`.
    pub(crate) async fn apply(&self, place: &PlaceId, apply: Apply) -> Result<(), Trouble> {
        let _only = self.host.lock(Lock::Write).await;
        self.fresh().await.map_err(|failure| trouble(&failure))?;
        // Another tab, or this one, may have turned to another place or forgotten everything.
        let follow = self.news.borrow().follow.clone();
        let follow = follow.filter(|follow| follow.place == *place);
        let follow = follow.ok_or(Trouble::Other)?;
        match apply {
            Apply::Feed(change) => self.apply_feed(change).await,
            Apply::Unchanged {
                checked_at,
                clock_wrong,
            } => {
                let follow = Follow {
                    checked_at: Some(checked_at),
                    clock_wrong,
                    ..follow
                };
                self.save_follow(follow, Vec::new()).await
            }
            heads @ Apply::Heads { .. } => self.apply_heads(follow, heads).await,
            Apply::Receipt(change) => self.apply_receipt(change).await,
            Apply::LetterRefused(letter) => self.apply_refusal(letter).await,
            Apply::Mail(change) => self.apply_mail(change).await,
        }
    }

    async fn apply_feed(&self, change: FeedChange) -> Result<(), Trouble> {
        let place = change.head.head.place.clone();
        let row = FeedRow::of(&change.head);
        let mut feeds = self.news.borrow().feeds.clone();
        let epoch = row.epoch;
        let old = feeds.insert(place.clone(), row);
        if old.as_ref().is_none_or(|old| old.epoch < epoch) {
            // Of a feed seen for the first time nobody knows here whether its hub was restored meanwhile.
            // Before the new epoch is kept: a cut between the two only offers them once too often.
            let offered = self.offer_again().await;
            offered.map_err(|failure| trouble(&failure))?;
        }
        let mut changes = vec![state(key::FEEDS, &feeds)];
        let gone = old.filter(|_| change.anew).map(|row| row.segments);
        let gone = gone.unwrap_or_default().into_iter().chain(change.forget);
        changes.extend(gone.map(|hash| Change::Delete(Table::Segments, hash.to_string())));
        for segment in &change.segments {
            let bytes = self.came.borrow_mut().remove(&segment.hash);
            let bytes = bytes.ok_or(Trouble::Other)?;
            let name = segment.hash.to_string();
            changes.push(Change::Put(Table::Segments, name, bytes));
        }
        self.save_news(changes).await.map_err(of_store)?;

        let mut news = self.news.borrow_mut();
        let listed = feeds.get(&place).map(|row| row.segments.clone());
        news.feeds = feeds;
        news.retain(&place, &change.set);
        let mut ledgers = news.ledgers.remove(&place).unwrap_or_default();
        for segment in change.segments {
            leaves(&segment.raw, |hash, leaf| {
                if change.put.contains(&hash) {
                    news.put(leaf);
                }
            });
            ledgers.insert(segment.hash, segment.ledger);
        }
        let listed = listed.unwrap_or_default();
        ledgers.retain(|hash, _| listed.contains(hash));
        news.ledgers.insert(place, ledgers);
        drop(news);
        self.host.changed();
        Ok(())
    }

    async fn apply_heads(&self, follow: Follow, heads: Apply) -> Result<(), Trouble> {
        let Apply::Heads {
            document,
            etag,
            heads,
            root_version,
            newest_signed,
            checked_at,
            clock_wrong,
            receipt_keys,
        } = heads
        else {
            return Err(Trouble::Other);
        };
        let mut feeds: BTreeMap<PlaceId, FeedRow> = self.news.borrow().feeds.clone();
        for trusted in &heads {
            // The listed segments may have been packed anew; the held ones stay as they are.
            if let Some(row) = feeds.get_mut(&trusted.head.place) {
                row.issued_at = trusted.head.issued_at;
                row.expires_at = trusted.head.expires_at;
                row.above.clone_from(&trusted.above);
            }
        }
        let mut changes = vec![state(key::FEEDS, &feeds)];
        let newest_signed = match document {
            Some(_) => signed_time_kept(follow.newest_signed, newest_signed),
            None => newest_signed.max(follow.newest_signed),
        };
        if let Some(document) = document {
            changes.push(Change::Put(Table::State, key::HEADS.to_owned(), document));
        }
        let follow = Follow {
            etag,
            root_version,
            newest_signed,
            checked_at: Some(checked_at),
            clock_wrong,
            receipt_keys: receipt_keys.iter().map(KeyRow::from).collect(),
            ..follow
        };
        self.save_follow(follow, changes).await?;
        self.news.borrow_mut().feeds = feeds;
        Ok(())
    }

    async fn save_follow(&self, follow: Follow, mut changes: Vec<Change>) -> Result<(), Trouble> {
        changes.push(state(key::FOLLOW, &follow));
        self.save_news(changes).await.map_err(of_store)?;
        self.news.borrow_mut().follow = Some(follow);
        Ok(())
    }

    async fn apply_receipt(&self, change: ReceiptChange) -> Result<(), Trouble> {
        let ReceiptChange { bytes, verified } = change;
        let VerifiedReceipt {
            receipt,
            signer,
            key,
        } = verified;
        let name = format!("{}/{}", receipt.letter, Hash::of(&bytes));
        let row = ReceiptRow {
            bytes: bytes.into(),
            key,
            place: receipt.place,
            signer: ReceiptRow::signer_code(signer),
        };
        let mut changes = vec![Change::Put(Table::Receipts, name, row.to_row())];
        let mut again = self.private.borrow().offer_again.clone();
        if again.remove(&receipt.letter) {
            changes.push(state(private::key::OFFER_AGAIN, &again));
        }
        self.save(changes).await.map_err(|f| trouble(&f))
    }

    async fn apply_refusal(&self, letter: LetterId) -> Result<(), Trouble> {
        let row = self.private.borrow().letter(letter).cloned();
        let mut row = row.ok_or(Trouble::Other)?;
        row.refused = true;
        let put = Change::Put(Table::Letters, letter.to_string(), row.to_row());
        self.save(vec![put]).await.map_err(|f| trouble(&f))
    }

    async fn apply_mail(&self, change: MailChange) -> Result<(), Trouble> {
        let id = change.conversation;
        let found = self.private.borrow().conversations.get(&id).cloned();
        let found = found.ok_or(Trouble::Other)?;
        let (mut row, mut last) = (found.row, found.last_reply);
        if change.after > 0 {
            // A cursor of another life of the hub says nothing, be it the higher one.
            row.after = match row.life == change.life {
                true => row.after.max(change.after),
                false => change.after,
            };
            row.life = change.life;
        }
        // Who it was passed on to may answer from now on.
        row.reply_keys.extend(change.passed);
        row.reply_keys.sort_unstable();
        row.reply_keys.dedup();
        let name = id.to_string();
        let mut changes = vec![Change::Put(
            Table::Conversations,
            name.clone(),
            row.to_row(),
        )];
        for (cursor, bytes, opened) in change.replies {
            if found.replies.iter().any(|held| held.id == opened.id) {
                continue;
            }
            last = cursor.max(last.saturating_add(1));
            let row = ReplyRow {
                bytes: bytes.into(),
                signed_by: opened.signed_by,
            };
            let key = reply_key(&name, last);
            changes.push(Change::Put(Table::Replies, key, row.to_row()));
        }
        self.save(changes).await.map_err(|f| trouble(&f))
    }
}

pub(super) fn of_store(error: StoreError) -> Trouble {
    match error {
        StoreError::Full => Trouble::DiskFull,
        StoreError::Broken => Trouble::Other,
    }
}

fn trouble(failure: &Failure) -> Trouble {
    match failure.code {
        Code::DiskFull => Trouble::DiskFull,
        _ => Trouble::Other,
    }
}
