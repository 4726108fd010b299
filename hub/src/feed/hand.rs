//! A place that was handed on: it stands below another one now, and a place above both says so in its feed.
//! Without that word phones that know the place do not follow it there.

use bantin_model::cbor;
use bantin_model::feed::{HeadsDocument, HeadsNode, LeafProof, OpenedKeyRequest, current_set};
use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::record::{Body, Kind, Record};
use bantin_model::tree;

use super::heads::signed;
use super::{DelegationError, Edit, Item, PublishedAs, handed_id};
use crate::Hub;
use crate::failure::Result;

impl Hub {
    /// Publishes in the feed of `by` that the place of a request stands below the place it asks.
    pub async fn hand_over(
        &self,
        request: &OpenedKeyRequest,
        by: &PlaceId,
    ) -> std::result::Result<PublishedAs, DelegationError> {
        if self.keys.of(by).is_none() {
            return Err(DelegationError::NotAbove(by.clone()));
        }
        let info = &request.request.info;
        let edit = Edit::Put(Item {
            id: Some(handed_id(&info.id)),
            kind: Kind::PLACE,
            issued_at: None,
            in_force: None,
            body: cbor::to_vec(info),
        });
        let published = self.publish(by, vec![edit], None, None).await?;
        tracing::info!(%by, place = %info.id, below = ?info.parent, "handed on");
        Ok(published)
    }

    /// Puts to the nodes from `first` on what proves that they were handed on, where somebody above says so.
    pub(super) async fn show_handed(
        &self,
        document: &mut HeadsDocument,
        first: usize,
    ) -> Result<()> {
        for at in first.max(1)..document.nodes.len() {
            let (above, rest) = document.nodes.split_at_mut(at);
            let (Some(parent), Some(node)) = (above.last(), rest.first_mut()) else {
                break;
            };
            let (parent, place) = (signed(&parent.head)?.place, signed(&node.head)?.place);
            node.handed = self.handed(above, &place, &parent).await?;
        }
        Ok(())
    }

    async fn handed(
        &self,
        above: &[HeadsNode],
        place: &PlaceId,
        parent: &PlaceId,
    ) -> Result<Option<LeafProof>> {
        let mut words: Vec<(PlaceId, RecordId, Vec<u8>)> = Vec::new();
        if let Some(row) = self.store.record(&handed_id(place)).await? {
            words.push((row.place, row.id, row.bytes));
        }
        for row in self.store.mirror_records(Kind::PLACE).await? {
            words.push((row.place, row.id, row.bytes));
        }
        for (by, id, bytes) in words {
            if !says(&bytes, place, parent) {
                continue;
            }
            for node in above {
                let head = signed(&node.head)?;
                if head.place != by {
                    continue;
                }
                let proof = self.proof_now(&by, id, &bytes).await?;
                // Its feed may have moved since that head; the next document has the newer one.
                if let Some(proof) = proof.filter(|proof| proof.holds(&head.root, head.count)) {
                    return Ok(Some(proof));
                }
            }
        }
        Ok(None)
    }

    /// A record's way up in the feed of `place` as it is now, be it our own or a mirrored one.
    async fn proof_now(
        &self,
        place: &PlaceId,
        id: RecordId,
        bytes: &[u8],
    ) -> Result<Option<LeafProof>> {
        let set = match self.store.feed(place).await? {
            Some(_) => self.author(place).await?.1.set(),
            None => {
                let feeds = self.store.mirror_feeds().await?;
                let feed = feeds.into_iter().find(|feed| feed.place == *place);
                let segments = feed.map(|feed| feed.segments).unwrap_or_default();
                let listed: Vec<Hash> = segments.iter().map(|segment| segment.hash).collect();
                let ledgers = self.store.mirror_ledgers(&listed).await?;
                current_set(ledgers.iter().map(|(_, ledger)| ledger))
            }
        };
        let leaves: Vec<Hash> = set.values().copied().collect();
        let index = set.keys().position(|held| *held == id);
        let index = index.filter(|at| leaves.get(*at) == Some(&Record::leaf_hash(bytes)));
        Ok(index.and_then(|index| {
            Some(LeafProof {
                leaf: bytes.to_vec().into(),
                index: index as u64,
                path: tree::path(&leaves, index)?,
            })
        }))
    }
}

/// Whether a record says that `place` stands below `parent`.
fn says(bytes: &[u8], place: &PlaceId, parent: &PlaceId) -> bool {
    let body = Record::from_bytes(bytes)
        .ok()
        .and_then(|record| record.body().ok());
    matches!(body, Some(Body::Place(info)) if info.id == *place && info.parent.as_ref() == Some(parent))
}
