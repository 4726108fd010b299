//! Changing what a feed holds. The command line and the desk both end here.

use bantin_hub_store::{Advance, AdvanceOutcome, FeedRow, Once, RecordRow, Withdrawal};
use bantin_model::feed::{Change, Published};
use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::record::{Kind, RECORD_BYTES_MAX, Record};
use bantin_model::sign::{Envelope, PayloadType, SecretKey};
use bantin_model::time::{Seconds, Validity};
use bantin_wire::{Code, Failure};

use super::{author, pack};
use crate::failure::{HubError, Result};
use crate::{Hub, chance};

/// How often a change is made anew when another process was faster.
const TRIES: usize = 8;

/// A record as its author wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The record it corrects or the name it is to have; none = a new name.
    pub id: Option<RecordId>,
    /// What the body is.
    pub kind: Kind,
    /// When it counts as issued; none = now.
    pub issued_at: Option<Seconds>,
    /// When what it says is in force.
    pub in_force: Option<Validity>,
    /// CBOR of the kind's type.
    pub body: Vec<u8>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Publishes or corrects. What is there already, unchanged, stays as it is.
    Put(Item),
    /// Takes out; stays in the archive.
    Withdraw {
        /// Which.
        id: RecordId,
        /// Why.
        reason: String,
    },
}

/// The officer who publishes, with their own key.
#[derive(Clone, Debug)]
pub struct Signer {
    /// Sign-in name.
    pub login: String,
    /// The officer's signing key, unwrapped for this act.
    pub key: SecretKey,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedAs {
    /// Version of the feed now.
    pub version: u64,
    /// The records of the edits, in their order.
    pub ids: Vec<RecordId>,
    /// How many of them were new or different.
    pub changed: usize,
}

/// The edits as records, ready for the feed.
#[derive(Default)]
struct Prepared {
    changes: Vec<Change>,
    records: Vec<RecordRow>,
    withdrawn: Vec<Withdrawal>,
    blobs: Vec<Hash>,
    ids: Vec<RecordId>,
    named: Vec<(String, RecordId)>,
}

impl Hub {
    /// Makes all `edits` one new version of a place's feed. Every blob a record names must be here.
    ///
    /// `once` names the act; its result is set to the first record's id. A repetition returns that id
    /// and changes nothing.
    pub async fn publish(
        &self,
        place: &PlaceId,
        edits: Vec<Edit>,
        by: Option<&Signer>,
        once: Option<Once>,
    ) -> Result<PublishedAs> {
        self.publish_named(place, edits, Vec::new(), by, once).await
    }

    /// The same, and remembers which record a file of that name became.
    pub(crate) async fn publish_named(
        &self,
        place: &PlaceId,
        edits: Vec<Edit>,
        named: Vec<(String, RecordId)>,
        by: Option<&Signer>,
        once: Option<Once>,
    ) -> Result<PublishedAs> {
        if self.store.resting().await? {
            // A version made from a restored state would collide with one that phones have seen.
            return Err(HubError::code(Code::HubResting));
        }
        let edits = with_ids(edits, self.clock.now());
        let _turn = self.publishing.lock().await;
        for _ in 0..TRIES {
            let (feed, author) = self.author(place).await?;
            let mut prepared = self.prepare(&feed, &edits, by).await?;
            prepared.named.clone_from(&named);
            if prepared.changes.is_empty() {
                return Ok(PublishedAs {
                    version: feed.version,
                    ids: prepared.ids,
                    changed: 0,
                });
            }
            let ids = prepared.ids.clone();
            let changed = prepared.changes.len();
            let advance = self.advance(feed, author, prepared, once.clone()).await?;
            let version = advance.to.version;
            match self.store.advance(&advance).await? {
                AdvanceOutcome::Done => {
                    tracing::info!(%place, version, changed, "published");
                    return Ok(PublishedAs {
                        version,
                        ids,
                        changed,
                    });
                }
                AdvanceOutcome::Moved => {}
                AdvanceOutcome::Already(id) => {
                    let id = RecordId::from_hex(&id);
                    let version = advance.from.1;
                    return Ok(PublishedAs {
                        version,
                        ids: id.into_iter().collect(),
                        changed: 0,
                    });
                }
            }
        }
        Err(HubError::code(Code::Conflict))
    }

    /// Signs the next version, writes its files and says what the store is to keep.
    async fn advance(
        &self,
        feed: FeedRow,
        mut author: bantin_model::feed::Author,
        prepared: Prepared,
        once: Option<Once>,
    ) -> Result<Advance> {
        let key = self.keys_of(&feed.place)?.feed.clone();
        let dictionary = self.dictionary().await?;
        let (disk, now) = (self.disk.clone(), self.clock.now());
        let changes = prepared.changes;
        // Packing at level 19 takes seconds for a large segment: not on the async threads.
        let work = tokio::task::spawn_blocking(move || -> Result<_> {
            let mut fetch = |listed: &_| pack::fetch(&disk, listed);
            let pack = |raw: &[u8]| pack::pack(raw, dictionary.as_ref());
            let published = author.publish(&changes, now, &key, &mut fetch, &pack)?;
            disk.keep_segments(&published.written)?;
            Ok((author, published))
        });
        let (author, published): (_, Published) =
            work.await.map_err(|e| HubError::Broken(e.to_string()))??;
        let version = published.body.version;
        let records = prepared
            .records
            .into_iter()
            .map(|row| RecordRow { version, ..row });
        let first = prepared
            .ids
            .first()
            .map(RecordId::to_string)
            .unwrap_or_default();
        Ok(Advance {
            from: (feed.epoch, feed.version),
            to: FeedRow {
                epoch: author.epoch,
                version,
                head: published.head,
                issued_at: published.body.issued_at,
                ..feed
            },
            segments: author::rows(&author),
            records: records.collect(),
            withdrawn: prepared.withdrawn,
            blobs: prepared.blobs,
            named: prepared.named,
            once: once.map(|once| Once {
                result: first,
                ..once
            }),
        })
    }

    async fn prepare(
        &self,
        feed: &FeedRow,
        edits: &[(RecordId, Edit)],
        by: Option<&Signer>,
    ) -> Result<Prepared> {
        let mut out = Prepared::default();
        for (id, edit) in edits {
            out.ids.push(*id);
            match edit {
                Edit::Put(item) => self.put(feed, *id, item, by, &mut out).await?,
                Edit::Withdraw { id, reason } => {
                    let there = self.store.record(id).await?;
                    if there.is_none_or(|row| row.place != feed.place) {
                        return Err(Failure::at(Code::NotFound, "id").into());
                    }
                    out.changes.push(Change::Withdraw(*id));
                    out.withdrawn.push(Withdrawal {
                        id: *id,
                        officer: by.map(|signer| signer.login.clone()),
                        reason: reason.clone(),
                        at: self.clock.now(),
                    });
                }
            }
        }
        Ok(out)
    }

    async fn put(
        &self,
        feed: &FeedRow,
        id: RecordId,
        item: &Item,
        by: Option<&Signer>,
        out: &mut Prepared,
    ) -> Result<()> {
        let current = self.store.record(&id).await?;
        // A record stays what it is, where it is: a name that came from outside may replace nothing else.
        let other = |row: &RecordRow| row.place != feed.place || row.kind != item.kind;
        if current.as_ref().is_some_and(other) {
            return Err(Failure::at(Code::NotAllowed, "id").into());
        }
        if let Some(row) = &current
            && unchanged(&row.bytes, item)
        {
            return Ok(());
        }
        let last = self
            .store
            .revisions(&id)
            .await?
            .last()
            .map_or(0, |row| row.revision);
        let issued_at = item.issued_at.unwrap_or_else(|| self.clock.now());
        let record = Record {
            format: Record::FORMAT,
            id,
            kind: item.kind,
            revision: last + 1,
            place: feed.place.clone(),
            issued_at,
            in_force: item.in_force,
            // The archive has the older revision, and the older head its proof: 34 bytes that nothing packs.
            supersedes: None,
            body: item.body.clone().into(),
        };
        let bytes = record.to_bytes();
        if bytes.len() > RECORD_BYTES_MAX {
            return Err(Failure::at(Code::TooLong, "record")
                .with(RECORD_BYTES_MAX as u64)
                .into());
        }
        for blob in record.blobs() {
            if self.store.blob(&blob.hash).await?.is_none() {
                return Err(Failure::at(Code::NotFound, "blob").into());
            }
            out.blobs.push(blob.hash);
        }
        let sign = |signer: &Signer| {
            Envelope::seal(PayloadType::Record, bytes.clone(), &[&signer.key]).to_bytes()
        };
        out.records.push(RecordRow {
            leaf: Record::leaf_hash(&bytes),
            place: feed.place.clone(),
            id,
            revision: record.revision,
            kind: item.kind,
            issued_at,
            signed: by.map(sign),
            officer: by.map(|signer| signer.login.clone()),
            version: 0,
            bytes: bytes.clone(),
        });
        out.changes.push(Change::Put(bytes));
        Ok(())
    }
}

/// Gives every edit the name of its record, once for all tries.
fn with_ids(edits: Vec<Edit>, now: Seconds) -> Vec<(RecordId, Edit)> {
    let name = |edit: Edit| {
        let id = match &edit {
            Edit::Put(item) => item
                .id
                .unwrap_or_else(|| RecordId::new(now, chance::bytes())),
            Edit::Withdraw { id, .. } => *id,
        };
        (id, edit)
    };
    edits.into_iter().map(name).collect()
}

/// Whether the revision in the feed says the same.
fn unchanged(leaf: &[u8], item: &Item) -> bool {
    Record::from_bytes(leaf).is_ok_and(|record| {
        record.kind == item.kind
            && record.in_force == item.in_force
            && *record.body == *item.body
            && item.issued_at.is_none_or(|at| at == record.issued_at)
    })
}
