//! The feed that a hub keeps: the shipped author, and the files it leaves.

use std::collections::BTreeMap;
use std::sync::Arc;

use bantin_model::feed::{Author, Change, Codec, Head, Segment, SegmentRef};
use bantin_model::id::{Hash, RecordId};
use bantin_model::record::Record;
use bantin_model::sign::SecretKey;
use bantin_model::time::Seconds;

use crate::outcome::Breach;

/// A feed and everything needed to serve and continue it.
#[derive(Clone)]
pub struct OwnFeed {
    /// The shipped author.
    pub author: Author,
    /// Envelope of the newest head.
    pub head: Vec<u8>,
    /// The newest head.
    pub body: Head,
    /// Segments by name; none is ever deleted.
    pub files: BTreeMap<Hash, Arc<[u8]>>,
    /// Current records.
    pub leaves: BTreeMap<RecordId, Vec<u8>>,
}

impl OwnFeed {
    /// A feed with its first version.
    pub fn found(
        mut author: Author,
        records: &[Record],
        now: Seconds,
        key: &SecretKey,
    ) -> Result<Self, Breach> {
        author.version = 0;
        let (body, head) = author.sign(now, key);
        let mut feed = Self {
            author,
            head,
            body,
            files: BTreeMap::new(),
            leaves: BTreeMap::new(),
        };
        feed.put(records, now, key)?;
        Ok(feed)
    }

    /// Publishes or corrects records, as one version; what is there already stays as it is.
    pub fn put(&mut self, records: &[Record], now: Seconds, key: &SecretKey) -> Result<(), Breach> {
        let mut changes = Vec::new();
        for record in records {
            let mut record = record.clone();
            if let Some(old) = self.leaves.get(&record.id) {
                let held = Record::from_bytes(old).map_err(|e| Breach(e.to_string()))?;
                if held.body == record.body {
                    continue;
                }
                record.revision = held.revision + 1;
                record.supersedes = Some(Record::leaf_hash(old));
            }
            changes.push(Change::Put(record.to_bytes()));
        }
        self.publish(&changes, now, key)
    }

    /// One more version.
    pub fn publish(
        &mut self,
        changes: &[Change],
        now: Seconds,
        key: &SecretKey,
    ) -> Result<(), Breach> {
        let files = &self.files;
        let mut fetch = |listed: &SegmentRef| {
            let segment = Segment::read(files.get(&listed.hash)?).ok()?;
            segment.unpack(None).ok()
        };
        let pack = |raw: &[u8]| (Codec::Plain, raw.to_vec());
        let published = self
            .author
            .publish(changes, now, key, &mut fetch, &pack)
            .map_err(|error| Breach(format!("a version could not be published: {error}")))?;
        for (hash, bytes) in published.written {
            self.files.insert(hash, bytes.into());
        }
        for change in changes {
            match change {
                Change::Put(leaf) => {
                    let record = Record::from_bytes(leaf).map_err(|e| Breach(e.to_string()))?;
                    self.leaves.insert(record.id, leaf.clone());
                }
                Change::Withdraw(id) => {
                    self.leaves.remove(id);
                }
            }
        }
        (self.head, self.body) = (published.head, published.body);
        Ok(())
    }

    /// Signs the newest version again if it is a day old.
    pub fn sign_again(&mut self, now: Seconds, key: &SecretKey) -> bool {
        if now.since(self.body.issued_at) < Seconds::DAY {
            return false;
        }
        (self.body, self.head) = self.author.sign(now, key);
        true
    }
}
