//! One change of a feed: records, indexes, ledgers and the trusted head in a single transaction.
//!
//! What is written goes in batches of prepared statements, so a first sync of 10,000 records costs
//! neither memory nor a statement for each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bantin_model::id::{Hash, RecordId};
use bantin_model::sync::FeedChange;
use bantin_model::time::Seconds;
use sqlx::SqliteConnection;

use super::arrival::{Arrival, Arrivals, TextOf};
use super::key::Keys;
use super::record::NewRecord;
use super::{News, feed, gone, ledger, record, words};
use crate::{Result, StoreError, column};

impl News {
    /// Moves a feed. All of it is durable when this returns, or nothing was changed.
    ///
    /// `text` gives what can be searched in a record.
    pub async fn apply_feed(
        &self,
        change: &Arc<FeedChange>,
        received_at: Seconds,
        text: TextOf,
    ) -> Result<()> {
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        let place = change.head.head.place.as_str();
        let mut held = held(&mut tx, place).await?;
        let same = held.values().map(|(_, leaf)| *leaf);
        let same: BTreeSet<Hash> = same.filter(|leaf| change.put.contains(leaf)).collect();
        let mut arrivals = Arrivals::begin(change, same, text);
        let keeps = |id: &RecordId, leaf: &Hash| change.set.get(id) == Some(leaf);
        let leaving: Vec<RecordId> = if change.anew {
            let gone = |(id, (_, leaf)): &(&RecordId, &(i64, Hash))| !keeps(id, leaf);
            held.iter().filter(gone).map(|(id, _)| *id).collect()
        } else {
            change.remove.clone()
        };
        for id in leaving {
            let Some((key, _)) = held.remove(&id) else {
                continue;
            };
            if !change.set.contains_key(&id) {
                gone::keep(&mut tx, key).await?;
            }
            delete(&mut tx, key).await?;
        }
        let mut keys = Keys::begin(&mut tx).await?;
        let mut listed = Vec::new();
        while let Some(arrival) = arrivals.next().await {
            let records = match arrival {
                Arrival::Records(records) => records,
                Arrival::Lists(lists) => {
                    let rest = listed.split_off(listed.len().min(lists.texts as usize));
                    words::insert(&mut tx, &listed, lists).await?;
                    listed = rest;
                    continue;
                }
            };
            for new in &records {
                if let Some((key, _)) = held.remove(&new.id) {
                    delete(&mut tx, key).await?;
                }
            }
            keys.expect(&mut tx, records.iter().map(|ready| ready.issued_at))
                .await?;
            let mut rows = Vec::with_capacity(records.len());
            for ready in records {
                let key = keys.next(ready.issued_at)?;
                listed.extend(ready.listed.then_some(key));
                rows.push(NewRecord { key, ready });
            }
            record::insert(&mut tx, place, received_at, rows).await?;
        }
        arrivals.end().await?;
        if !listed.is_empty() {
            // The thread that lists words is gone.
            return Err(StoreError::Damaged("index"));
        }
        words::merge(&mut tx).await?;
        ledger::apply(&mut tx, change).await?;
        gone::trim(&mut tx).await?;
        feed::put(&mut tx, &change.head, None).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn held(tx: &mut SqliteConnection, place: &str) -> Result<BTreeMap<RecordId, (i64, Hash)>> {
    let rows: Vec<(Vec<u8>, i64, Vec<u8>)> =
        sqlx::query_as("select id, key, leaf from record where place = ?")
            .bind(place)
            .fetch_all(tx)
            .await?;
    let row = |(id, key, leaf): (Vec<u8>, i64, Vec<u8>)| {
        Ok((column::record_id(&id)?, (key, column::hash(&leaf)?)))
    };
    rows.into_iter().map(row).collect()
}

async fn delete(tx: &mut SqliteConnection, key: i64) -> Result<()> {
    words::leave(tx, key).await?;
    sqlx::query("delete from record where key = ?")
        .bind(key)
        .execute(tx)
        .await?;
    Ok(())
}
