//! Leaves on their way into the tables: read where they lie in their segments and made ready on a thread
//! of their own, a few batches ahead of the one that writes, so that listing words costs no time where
//! there are two cores.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bantin_model::feed::{LedgerOp, Op, OpRef};
use bantin_model::id::{Hash, RecordId};
use bantin_model::record::{Body, Record};
use bantin_model::sync::FeedChange;
use bantin_model::time::Seconds;
use bantin_search::{Indexer, Lists};
use tokio::sync::mpsc::{Receiver, channel};
use tokio::task::JoinHandle;

use super::record::Columns;
use super::words::GATHERED_BYTES_MAX;
use crate::{Result, StoreError};

/// Rows written by one statement.
const BATCH: usize = 64;
/// Batches made ready ahead.
const AHEAD: usize = 24;

/// What can be searched in a record; none for what nobody searches.
pub type TextOf = fn(&Record, &Body) -> Option<String>;

/// A record ready to be written.
pub(super) struct Ready {
    pub(super) id: RecordId,
    pub(super) issued_at: Seconds,
    pub(super) leaf: Hash,
    pub(super) columns: Columns,
    pub(super) bytes: Vec<u8>,
    /// Whether there is something in it to be searched.
    pub(super) listed: bool,
}

/// Records ready to be written together.
pub(super) struct Batch {
    pub(super) records: Vec<Ready>,
    /// The words of all records that came since there were any lists: now and then, and with the last batch.
    pub(super) lists: Option<Lists>,
}

/// Batches of a change, oldest records first.
pub(super) struct Arrivals {
    batches: Receiver<Batch>,
    working: JoinHandle<Result<()>>,
}

impl Arrivals {
    /// Begins to make ready what `change` brings, `held` leaves left out.
    pub(super) fn begin(change: &Arc<FeedChange>, held: BTreeSet<Hash>, text: TextOf) -> Self {
        let change = Arc::clone(change);
        let (send, batches) = channel(AHEAD);
        let working = tokio::task::spawn_blocking(move || {
            let incoming = incoming(&change, &held)?;
            let place = change.head.head.place.as_str();
            let mut indexer = Indexer::default();
            let mut batches = incoming.chunks(BATCH).peekable();
            while let Some(batch) = batches.next() {
                let ready = batch.iter();
                let ready = ready.map(|new| new.ready(place, text, &mut indexer));
                let records = ready.collect::<Result<_>>()?;
                let enough = batches.peek().is_none() || indexer.bytes() > GATHERED_BYTES_MAX;
                let batch = Batch {
                    records,
                    lists: enough.then(|| indexer.take()),
                };
                if send.blocking_send(batch).is_err() {
                    // Whoever writes has given up.
                    break;
                }
            }
            Ok(())
        });
        Self { batches, working }
    }

    /// The next batch; none at the end.
    pub(super) async fn next(&mut self) -> Option<Batch> {
        self.batches.recv().await
    }

    /// Whether all of it came.
    pub(super) async fn end(self) -> Result<()> {
        drop(self.batches);
        let worked = self.working.await;
        worked.map_err(|_| StoreError::Damaged("record"))?
    }
}

/// A leaf that becomes current, where it lies in a segment.
///
/// It is read twice, so that ten thousand of them need no memory beside their segments.
struct Incoming<'a> {
    leaf: Hash,
    bytes: &'a [u8],
}

impl Incoming<'_> {
    fn ready(&self, place: &str, text: TextOf, indexer: &mut Indexer) -> Result<Ready> {
        let record = &read(self.bytes)?;
        // A body of a newer version, and a record that names another place than its feed's, are kept
        // and passed on, never shown: nobody speaks for another place.
        let body = record.body().ok();
        let body = body.filter(|_| record.place.as_str() == place);
        let text = body.as_ref().and_then(|body| text(record, body));
        if let Some(text) = &text {
            indexer.add(text);
        }
        Ok(Ready {
            id: record.id,
            issued_at: record.issued_at,
            leaf: self.leaf,
            columns: Columns::of(record, body.as_ref()),
            bytes: self.bytes.to_vec(),
            listed: text.is_some(),
        })
    }
}

/// The leaves to be written, oldest first; each once, whatever the segments repeat.
fn incoming<'a>(change: &'a FeedChange, held: &BTreeSet<Hash>) -> Result<Vec<Incoming<'a>>> {
    let mut found = BTreeMap::new();
    for segment in &change.segments {
        let ops = Op::split(&segment.raw).map_err(|_| StoreError::Damaged("segment"))?;
        for (op, listed) in ops.into_iter().zip(&segment.ledger.0) {
            let (OpRef::Put(bytes), LedgerOp::Put(_, leaf)) = (op, listed) else {
                continue;
            };
            if !change.put.contains(leaf) || held.contains(leaf) {
                continue;
            }
            let (leaf, record) = (*leaf, read(bytes)?);
            let place = (record.issued_at, record.id);
            found.insert(place, Incoming { leaf, bytes });
        }
    }
    Ok(found.into_values().collect())
}

fn read(bytes: &[u8]) -> Result<Record> {
    Record::from_bytes(bytes).map_err(|_| StoreError::Damaged("record"))
}
