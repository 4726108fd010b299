//! Leaves on their way into the tables: one thread reads them where they lie in their segments and makes rows of them, a
//! second lists their words, both ahead of the one that writes, so that neither costs time where there are cores to spare.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bantin_model::id::{Hash, RecordId};
use bantin_model::record::{Body, Record};
use bantin_model::sync::FeedChange;
use bantin_model::time::Seconds;
use bantin_search::{Indexer, Lists};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;

use super::record::Columns;
use super::words::GATHERED_BYTES_MAX;
use crate::{Result, StoreError};

/// Rows written by one statement.
const BATCH: usize = 64;
/// Batches made ready ahead of the one that writes, and of the one that lists words.
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

/// What comes to be written.
pub(super) enum Arrival {
    /// Records, to be written together.
    Records(Vec<Ready>),
    /// The words of the oldest [`Ready::listed`] ones that came and had no lists yet: now and then, and at the end.
    Lists(Lists),
}

/// What a change brings, oldest records first.
pub(super) struct Arrivals {
    coming: Receiver<Arrival>,
    reading: JoinHandle<Result<()>>,
}

impl Arrivals {
    /// Begins to make ready what `change` brings, `held` leaves left out.
    pub(super) fn begin(change: &Arc<FeedChange>, held: BTreeSet<Hash>, text: TextOf) -> Self {
        let change = Arc::clone(change);
        let (send, coming) = channel(AHEAD);
        let (texts, to_list) = channel(AHEAD);
        let lists = send.clone();
        tokio::task::spawn_blocking(move || list(to_list, &lists));
        let reading =
            tokio::task::spawn_blocking(move || read_all(&change, &held, text, &send, &texts));
        Self { coming, reading }
    }

    /// What comes next; none at the end.
    pub(super) async fn next(&mut self) -> Option<Arrival> {
        self.coming.recv().await
    }

    /// Whether all of it came.
    pub(super) async fn end(self) -> Result<()> {
        drop(self.coming);
        let read = self.reading.await;
        read.map_err(|_| StoreError::Damaged("record"))?
    }
}

/// Sends rows to whoever writes, then their texts to be listed: lists never come before what they list.
fn read_all(
    change: &FeedChange,
    held: &BTreeSet<Hash>,
    text: TextOf,
    send: &Sender<Arrival>,
    texts: &Sender<Vec<String>>,
) -> Result<()> {
    let place = change.head.head.place.as_str();
    for batch in incoming(change, held)?.chunks(BATCH) {
        let mut found = Vec::with_capacity(batch.len());
        let ready = batch.iter().map(|new| new.ready(place, text, &mut found));
        let records = Arrival::Records(ready.collect::<Result<_>>()?);
        if send.blocking_send(records).is_err() || texts.blocking_send(found).is_err() {
            // Whoever writes has given up.
            break;
        }
    }
    Ok(())
}

/// Lists the words of what comes, until nothing more does.
fn list(mut texts: Receiver<Vec<String>>, send: &Sender<Arrival>) {
    let mut indexer = Indexer::default();
    while let Some(texts) = texts.blocking_recv() {
        for text in texts {
            indexer.add(&text);
            if indexer.bytes() > GATHERED_BYTES_MAX
                && send.blocking_send(Arrival::Lists(indexer.take())).is_err()
            {
                return;
            }
        }
    }
    // Whoever writes may have given up.
    let _ = send.blocking_send(Arrival::Lists(indexer.take()));
}

/// A leaf that becomes current, where it lies in a segment.
struct Incoming<'a> {
    leaf: Hash,
    bytes: &'a [u8],
}

impl Incoming<'_> {
    fn ready(&self, place: &str, text: TextOf, texts: &mut Vec<String>) -> Result<Ready> {
        let record = Record::from_bytes(self.bytes).map_err(|_| StoreError::Damaged("record"))?;
        let record = &record;
        // A body of a newer version, and a record that names another place than its feed's, are kept
        // and passed on, never shown: nobody speaks for another place.
        let body = record.body().ok();
        let body = body.filter(|_| record.place.as_str() == place);
        let text = body.as_ref().and_then(|body| text(record, body));
        let listed = text.is_some();
        texts.extend(text);
        Ok(Ready {
            id: record.id,
            issued_at: record.issued_at,
            leaf: self.leaf,
            columns: Columns::of(record, body.as_ref()),
            bytes: self.bytes.to_vec(),
            listed,
        })
    }
}

/// The leaves to be written, oldest first; each once, whatever the segments repeat.
fn incoming<'a>(change: &'a FeedChange, held: &BTreeSet<Hash>) -> Result<Vec<Incoming<'a>>> {
    let mut found = BTreeMap::new();
    for segment in &change.segments {
        for put in &segment.puts {
            if !change.put.contains(&put.leaf) || held.contains(&put.leaf) {
                continue;
            }
            let bytes = segment.raw.get(put.at.clone());
            let bytes = bytes.ok_or(StoreError::Damaged("segment"))?;
            let leaf = put.leaf;
            found.insert((put.issued_at, put.id), Incoming { leaf, bytes });
        }
    }
    Ok(found.into_values().collect())
}
