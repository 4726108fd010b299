//! A new life of all feeds after a restore, signed from above and naming the last version that counts.
//!
//! A backup is older than what phones have seen. Served as it is, it would look like a rollback; so a
//! restored hub rests until the root keys begin a new epoch of the top place, and each place begins a
//! new one for those below it.

use anyhow::{Context, bail};
use bantin_hub_store::{Advance, AdvanceOutcome, FeedRow, RecordRow};
use bantin_model::cbor;
use bantin_model::feed::{Author, Change, Root};
use bantin_model::id::PlaceId;
use bantin_model::record::{Body, Delegation, Kind, Record};
use bantin_model::sign::{Envelope, PayloadType, SecretKey};
use bantin_model::time::Seconds;

use super::{author, delegation_id, pack};
use crate::Hub;
use crate::keys::read_roots;

/// What a new epoch came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Epoch {
    /// Version of the newest root document.
    pub root_version: u32,
    /// Place, epoch and version of every feed now.
    pub feeds: Vec<(PlaceId, u32, u64)>,
}

/// A feed that begins a new life.
pub(super) struct NewLife {
    pub(super) place: PlaceId,
    pub(super) epoch: u32,
    /// Last version of the life before that counts; the new one goes on above it.
    pub(super) after_version: u64,
}

impl Hub {
    /// Begins a new epoch of every feed, top first, and wakes the hub. Needs the root keys.
    pub async fn begin_epoch(&self) -> anyhow::Result<Epoch> {
        let now = self.clock.now();
        let roots = read_roots(self.keys.dir())?;
        let feeds = self.own_feeds().await?;
        let top = feeds.iter().find(|feed| feed.parent.is_none()).context(
            "the top place is not served here: the place above begins the new epoch, see `keys request`",
        )?;
        let newest = feeds.iter().map(|feed| feed.epoch).max();
        let epoch = newest.unwrap_or_default() + 1;
        let root_version = self.next_root(&roots, top, epoch, now).await?;
        let life = NewLife {
            place: top.place.clone(),
            epoch,
            after_version: top.version,
        };
        let feeds = self.renew_below(life, &feeds, now).await?;
        self.store.set_resting(false).await?;
        Ok(Epoch {
            root_version,
            feeds,
        })
    }

    /// Feeds of the places whose keys are here.
    pub(crate) async fn own_feeds(&self) -> anyhow::Result<Vec<FeedRow>> {
        let keys = self.keys.now();
        let feeds = self.store.feeds().await?;
        let own = |feed: &FeedRow| keys.of(&feed.place).is_some();
        Ok(feeds.into_iter().filter(own).collect())
    }

    /// Begins a new life of a feed and of all feeds below it that are served here; place, epoch and
    /// version of each, by place.
    pub(super) async fn renew_below(
        &self,
        first: NewLife,
        feeds: &[FeedRow],
        now: Seconds,
    ) -> anyhow::Result<Vec<(PlaceId, u32, u64)>> {
        let mut queue = vec![first];
        let mut done = Vec::new();
        while let Some(life) = queue.pop() {
            let is_below = |feed: &&FeedRow| feed.parent.as_ref() == Some(&life.place);
            let below: Vec<NewLife> = feeds
                .iter()
                .filter(is_below)
                .map(|feed| NewLife {
                    place: feed.place.clone(),
                    epoch: life.epoch.max(feed.epoch + 1),
                    after_version: feed.version,
                })
                .collect();
            let version = self.renew(&life, &below, now).await?;
            done.push((life.place, life.epoch, version));
            queue.extend(below);
        }
        done.sort();
        Ok(done)
    }

    /// The next root document, signed by the keys of the one before.
    async fn next_root(
        &self,
        keys: &[SecretKey],
        top: &FeedRow,
        epoch: u32,
        now: Seconds,
    ) -> anyhow::Result<u32> {
        let last = self.root().await?;
        let signers: Vec<&SecretKey> = keys
            .iter()
            .filter(|key| last.keys.contains(&key.public()))
            .collect();
        if signers.len() < usize::from(last.threshold) {
            bail!(
                "{} root keys are needed in keys/root*.key, {} are there; if they lie elsewhere: \
                 `keys root propose --new-life`",
                last.threshold,
                signers.len()
            );
        }
        let next = Root {
            version: last.version + 1,
            epoch,
            after_version: top.version,
            node: self.keys_of(&top.place)?.node(),
            valid: bantin_model::time::Validity {
                from: now,
                until: None,
            },
            ..last
        };
        let envelope = Envelope::seal(PayloadType::Root, cbor::to_vec(&next), &signers);
        self.store
            .add_root(next.version, &envelope.to_bytes())
            .await?;
        Ok(next.version)
    }

    /// The next version of a feed in the new epoch, with new delegations for the places below.
    async fn renew(&self, life: &NewLife, below: &[NewLife], now: Seconds) -> anyhow::Result<u64> {
        let place = &life.place;
        let (feed, mut author) = self.author(place).await?;
        let key = self.keys_of(place)?.feed.clone();
        let mut records = Vec::new();
        for child in below {
            records.push(self.delegate_again(place, child, now).await?);
        }
        author.epoch = life.epoch;
        author.version = author.version.max(life.after_version);
        let changes = records
            .iter()
            .map(|row| Change::Put(row.bytes.clone()))
            .collect();
        let disk = self.disk.clone();
        let (author, published) = tokio::task::spawn_blocking(move || -> anyhow::Result<_> {
            let published = sign(&mut author, changes, now, &key, &disk)?;
            Ok((author, published))
        })
        .await??;
        let version = published.body.version;
        let advance = Advance {
            from: (feed.epoch, feed.version),
            to: FeedRow {
                epoch: life.epoch,
                version,
                head: published.head,
                issued_at: now,
                ..feed
            },
            segments: author::rows(&author),
            records: records
                .into_iter()
                .map(|row| RecordRow { version, ..row })
                .collect(),
            withdrawn: Vec::new(),
            named: Vec::new(),
            blobs: Vec::new(),
            once: None,
        };
        match self.store.advance(&advance).await? {
            AdvanceOutcome::Done => Ok(version),
            _ => bail!("{place} was changed meanwhile; stop other commands and run this again"),
        }
    }

    async fn delegate_again(
        &self,
        parent: &PlaceId,
        child: &NewLife,
        now: Seconds,
    ) -> anyhow::Result<RecordRow> {
        let id = delegation_id(&child.place);
        let old = self
            .store
            .record(&id)
            .await?
            .context("a delegation is missing")?;
        let record = Record::from_bytes(&old.bytes)?;
        let Body::Delegation(grant) = record.body()? else {
            bail!("the delegation to {} is damaged", child.place);
        };
        let grant = Delegation {
            keys: self.keys_of(&child.place)?.node(),
            epoch: child.epoch,
            after_version: child.after_version,
            ..grant
        };
        let record = Record {
            revision: old.revision + 1,
            issued_at: now,
            supersedes: None,
            body: cbor::to_vec(&grant).into(),
            ..record
        };
        let bytes = record.to_bytes();
        Ok(RecordRow {
            leaf: Record::leaf_hash(&bytes),
            place: parent.clone(),
            id,
            revision: record.revision,
            kind: Kind::DELEGATION,
            issued_at: now,
            bytes,
            signed: None,
            officer: None,
            version: 0,
        })
    }
}

fn sign(
    author: &mut Author,
    changes: Vec<Change>,
    now: Seconds,
    key: &SecretKey,
    disk: &crate::disk::Disk,
) -> anyhow::Result<bantin_model::feed::Published> {
    let mut fetch = |listed: &_| pack::fetch(disk, listed);
    let pack = |raw: &[u8]| pack::pack(raw, None);
    let published = author.publish(&changes, now, key, &mut fetch, &pack)?;
    disk.keep_segments(&published.written)?;
    Ok(published)
}
