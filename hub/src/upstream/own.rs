//! This hub's own place in the tree: which place it is, which is the one above, and whether that one
//! lets it speak.

use bantin_hub_store::FeedRow;
use bantin_model::feed::{HEADS_BYTES_MAX, HeadsDocument, LeafProof, current_set};
use bantin_model::id::{Hash, KeyId, PlaceId};
use bantin_model::record::{Body, Delegation, Kind, Record};
use bantin_model::{cbor, tree};

use crate::Hub;
use crate::failure::{HubError, Result};

/// What is served of the places above.
#[derive(Clone, Debug)]
pub struct Above {
    /// Root documents and heads, as the hub above served them.
    pub document: HeadsDocument,
    /// The place above lets our own speak; none if it does not, or not yet.
    pub own: Option<LeafProof>,
}

impl Above {
    /// Whether the place above lets `row` speak with its present head.
    pub fn lets_speak(&self, row: &FeedRow, feed_key: &bantin_model::sign::PublicKey) -> bool {
        self.grant().is_some_and(|grant| {
            grant.place == row.place
                && grant.keys.feed == *feed_key
                && grant.epoch == row.epoch
                && row.version > grant.after_version
                && grant.valid.covers(row.issued_at)
        })
    }

    /// The delegation of our own place.
    pub fn grant(&self) -> Option<Delegation> {
        delegation(&self.own.as_ref()?.leaf)
    }
}

fn delegation(leaf: &[u8]) -> Option<Delegation> {
    match Record::from_bytes(leaf).ok()?.body().ok()? {
        Body::Delegation(grant) => Some(grant),
        _ => None,
    }
}

impl Hub {
    /// The highest of this hub's own places, and the place above it.
    pub async fn place_above(&self) -> Result<(PlaceId, PlaceId)> {
        let feeds = self.store.feeds().await?;
        let home = |place: &PlaceId| feeds.iter().any(|feed| feed.place == *place);
        let mut tops = feeds.iter().filter_map(|feed| match &feed.parent {
            Some(parent) if !home(parent) => Some((feed.place.clone(), parent.clone())),
            _ => None,
        });
        let broken = |text: &str| HubError::Broken(text.into());
        if feeds.iter().any(|feed| feed.parent.is_none()) {
            return Err(broken(
                "this hub is home to the top place: nothing lies above it",
            ));
        }
        let top = tops
            .next()
            .ok_or_else(|| broken("this hub is home to no place"))?;
        if tops.next().is_some() {
            // Receipts for letters to places above are signed for one own place, which the phone of
            // every place of this hub must know.
            return Err(broken("the places of this hub must lie below one of them"));
        }
        Ok(top)
    }

    /// What is mirrored; none before the first whole document.
    pub(crate) async fn above(&self) -> Result<Option<Above>> {
        let state = self.store.mirror_state().await?;
        if state.document.is_empty() || self.config.upstream.is_none() {
            return Ok(None);
        }
        let broken = || HubError::Broken("the mirrored heads are damaged".into());
        let document = HeadsDocument::from_bytes(&state.document).map_err(|_| broken())?;
        let own = match state.own.is_empty() {
            true => None,
            false => Some(cbor::from_slice(&state.own, HEADS_BYTES_MAX).map_err(|_| broken())?),
        };
        Ok(Some(Above { document, own }))
    }

    /// Proof that the mirrored place above lets our own place speak, from its current records.
    pub(super) async fn prove_own(&self) -> Result<Option<LeafProof>> {
        let (own, above) = self.place_above().await?;
        let feeds = self.store.mirror_feeds().await?;
        let Some(feed) = feeds.into_iter().find(|feed| feed.place == above) else {
            return Ok(None);
        };
        let listed: Vec<Hash> = feed.segments.iter().map(|segment| segment.hash).collect();
        let ledgers = self.store.mirror_ledgers(&listed).await?;
        let set = current_set(ledgers.iter().map(|(_, ledger)| ledger));
        let leaves: Vec<Hash> = set.values().copied().collect();
        for record in self.store.mirror_records(Kind::DELEGATION).await? {
            let ours = delegation(&record.bytes).is_some_and(|grant| grant.place == own);
            if record.place != above || !ours {
                continue;
            }
            let leaf = Record::leaf_hash(&record.bytes);
            let Some(index) = leaves.iter().position(|held| *held == leaf) else {
                continue;
            };
            let path = tree::path(&leaves, index);
            return Ok(path.map(|path| LeafProof {
                leaf: record.bytes.into(),
                index: index as u64,
                path,
            }));
        }
        Ok(None)
    }

    /// The place above whose agency publishes this seal key; its letters are carried up.
    pub(crate) async fn agency_above(&self, key: &KeyId) -> Result<Option<PlaceId>> {
        if self.config.upstream.is_none() {
            return Ok(None);
        }
        Ok(self.store.mirror_agency(key).await?)
    }
}
