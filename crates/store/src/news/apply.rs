//! One change of a feed: records, indexes, ledgers and the trusted head in a single transaction.
//!
//! The raw payloads are read where they lie; what is written goes in batches of prepared statements,
//! so a first sync of 10,000 records costs neither memory nor a statement for each.

use std::collections::BTreeMap;

use bantin_model::feed::{Op, OpRef};
use bantin_model::id::{Hash, RecordId};
use bantin_model::record::{Body, Record};
use bantin_model::sync::FeedChange;
use bantin_model::time::Seconds;
use bantin_search::{IndexText, index_text};
use sqlx::SqliteConnection;

use super::record::{Columns, KEY_BITS, NewRecord};
use super::{News, feed, gone, ledger, record, text_index};
use crate::{Result, StoreError, column};

/// Rows written by one statement.
const BATCH: usize = 32;
/// Keys of one day.
const KEYS_A_DAY: i64 = 1 << KEY_BITS;
/// The last day that a key can hold.
const DAY_MAX: i64 = (i64::MAX >> KEY_BITS) - 1;

/// What can be searched in a record.
pub type TextOf<'a> = dyn Fn(&Record, &Body) -> Option<String> + Send + Sync + 'a;

/// How records arrive.
struct Arrival<'a> {
    place: &'a str,
    received_at: Seconds,
    text: &'a TextOf<'a>,
}

/// A leaf that becomes current, where it lies in a segment.
struct Incoming<'a> {
    issued_at: Seconds,
    id: RecordId,
    leaf: Hash,
    bytes: &'a [u8],
}

impl News {
    /// Moves a feed. All of it is durable when this returns, or nothing was changed.
    ///
    /// `text` gives what can be searched in a record; none for what nobody searches.
    pub async fn apply_feed(
        &self,
        change: &FeedChange,
        received_at: Seconds,
        text: &TextOf<'_>,
    ) -> Result<()> {
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        let place = change.head.head.place.as_str();
        let mut held = held(&mut tx, place).await?;
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
        let mut incoming = incoming(change)?;
        incoming.retain(|new| held.get(&new.id).is_none_or(|(_, leaf)| *leaf != new.leaf));
        for new in &incoming {
            if let Some((key, _)) = held.remove(&new.id) {
                delete(&mut tx, key).await?;
            }
        }
        let arrival = Arrival {
            place,
            received_at,
            text,
        };
        insert(&mut tx, &arrival, &incoming).await?;
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
    text_index::delete(tx, key).await?;
    sqlx::query("delete from record where key = ?")
        .bind(key)
        .execute(tx)
        .await?;
    Ok(())
}

/// The leaves to be written, oldest first; each once, whatever the segments repeat.
fn incoming(change: &FeedChange) -> Result<Vec<Incoming<'_>>> {
    let mut found = BTreeMap::new();
    for segment in &change.segments {
        let ops = Op::split(&segment.raw).map_err(|_| StoreError::Damaged("segment"))?;
        for op in ops {
            let OpRef::Put(bytes) = op else { continue };
            let leaf = Record::leaf_hash(bytes);
            if !change.put.contains(&leaf) {
                continue;
            }
            let record = Record::from_bytes(bytes).map_err(|_| StoreError::Damaged("record"))?;
            let (issued_at, id) = (record.issued_at, record.id);
            found.insert(
                (issued_at, id),
                Incoming {
                    issued_at,
                    id,
                    leaf,
                    bytes,
                },
            );
        }
    }
    Ok(found.into_values().collect())
}

async fn insert(
    tx: &mut SqliteConnection,
    arrival: &Arrival<'_>,
    incoming: &[Incoming<'_>],
) -> Result<()> {
    let mut keys = Keys::default();
    for batch in incoming.chunks(BATCH) {
        let mut rows = Vec::with_capacity(batch.len());
        let mut words: BTreeMap<i64, IndexText> = BTreeMap::new();
        for new in batch {
            let key = keys.next(tx, new.issued_at).await?;
            let record =
                Record::from_bytes(new.bytes).map_err(|_| StoreError::Damaged("record"))?;
            // A body of a newer version, and a record that names another place than its feed's, are
            // kept and passed on, never shown: nobody speaks for another place.
            let body = record
                .body()
                .ok()
                .filter(|_| record.place.as_str() == arrival.place);
            let text = body.as_ref().and_then(|body| (arrival.text)(&record, body));
            if let Some(text) = text {
                words.insert(key, index_text(&text));
            }
            let columns = Columns::of(&record, body.as_ref());
            let (leaf, bytes) = (&new.leaf.0[..], new.bytes);
            rows.push(NewRecord {
                key,
                record,
                columns,
                leaf,
                bytes,
            });
        }
        record::insert(tx, arrival.place, arrival.received_at, &rows).await?;
        text_index::insert(tx, &words).await?;
    }
    Ok(())
}

/// Gives out keys, each day from where it stands in the table.
#[derive(Default)]
struct Keys {
    next: BTreeMap<i64, i64>,
}

impl Keys {
    async fn next(&mut self, tx: &mut SqliteConnection, issued_at: Seconds) -> Result<i64> {
        let day = column::int(issued_at.0 / Seconds::DAY).min(DAY_MAX);
        let first = day << KEY_BITS;
        let next = match self.next.get(&day) {
            Some(next) => *next,
            None => {
                let sql = "select max(key) from record where key >= ? and key < ?";
                let last: Option<i64> = sqlx::query_scalar(sql)
                    .bind(first)
                    .bind(first + KEYS_A_DAY)
                    .fetch_one(tx)
                    .await?;
                last.map_or(first, |last| last + 1)
            }
        };
        if next >= first + KEYS_A_DAY {
            return Err(StoreError::Full);
        }
        self.next.insert(day, next + 1);
        Ok(next)
    }
}
