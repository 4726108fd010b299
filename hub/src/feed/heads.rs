//! The heads document of a place: its head and those above it, with what proves them. Those of places
//! above this hub's own are the mirrored ones, bit for bit.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bantin_hub_store::FeedRow;
use bantin_model::feed::{Head, HeadsDocument, HeadsNode, LeafProof, content_of, root_of};
use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::place::DEPTH_MAX;
use bantin_model::sign::Envelope;
use bantin_model::{cbor, feed, tree};
use bantin_wire::{Code, Failure};

use super::delegation_id;
use crate::Hub;
use crate::failure::{HubError, Result};

/// Documents kept in memory, one for each place asked for.
const CACHED_MAX: usize = 4096;
/// How often the rows are read again when a publication came in between.
const TRIES: usize = 8;

/// Documents by place and tag. A document is only given out under a tag just read from the store, so
/// what another process published is never hidden by it.
#[derive(Default)]
pub struct HeadsCache(Mutex<BTreeMap<PlaceId, HeadsAnswer>>);

/// A document and its tag.
#[derive(Clone, Debug)]
pub struct HeadsAnswer {
    /// Changes exactly when the document does.
    pub tag: Hash,
    /// The document.
    pub bytes: Arc<[u8]>,
}

impl HeadsCache {
    fn get(&self, place: &PlaceId, tag: &Hash) -> Option<HeadsAnswer> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(place).filter(|answer| answer.tag == *tag).cloned()
    }

    fn put(&self, place: &PlaceId, answer: &HeadsAnswer) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= CACHED_MAX && !held.contains_key(place) {
            held.pop_first();
        }
        held.insert(place.clone(), answer.clone());
    }
}

/// The part of a document that other hubs have signed: roots, and the heads of places above our own.
struct Mirrored {
    document: HeadsDocument,
    /// Lets the highest of our own places speak.
    delegation: Option<LeafProof>,
}

impl Mirrored {
    /// Of a hub that is home to the top place.
    fn roots(roots: Vec<Vec<u8>>) -> Self {
        let roots = roots.into_iter().map(Into::into).collect();
        let nodes = Vec::new();
        Self {
            document: HeadsDocument { roots, nodes },
            delegation: None,
        }
    }
}

impl Hub {
    /// The document for a place, or only its tag if the asker already has it.
    pub async fn heads(
        &self,
        place: &PlaceId,
        has: impl Fn(&Hash) -> bool,
    ) -> Result<(Hash, Option<HeadsAnswer>)> {
        for _ in 0..TRIES {
            let (above, path) = self.path(place).await?;
            let above = match above {
                Some(above) => above,
                None => Mirrored::roots(self.store.roots().await?),
            };
            let tag = tag(&above, &path);
            if has(&tag) {
                return Ok((tag, None));
            }
            if let Some(answer) = self.heads.get(place, &tag) {
                return Ok((tag, Some(answer)));
            }
            if let Some(own) = self.nodes(&path, above.delegation).await? {
                let mut document = above.document;
                let first = document.nodes.len();
                document.nodes.extend(own);
                self.show_handed(&mut document, first).await?;
                let bytes: Arc<[u8]> = document.to_bytes().into();
                let answer = HeadsAnswer { tag, bytes };
                self.heads.put(place, &answer);
                return Ok((tag, Some(answer)));
            }
        }
        Err(HubError::code(Code::Busy))
    }

    /// What is mirrored of the way from the top down to a place, and this hub's own feeds after it;
    /// every one has a head.
    async fn path(&self, place: &PlaceId) -> Result<(Option<Mirrored>, Vec<FeedRow>)> {
        let unknown = || Failure::at(Code::PlaceUnknown, "place");
        let mut path: Vec<FeedRow> = Vec::new();
        let mut next = Some(place.clone());
        while let Some(id) = next {
            let Some(row) = self.store.feed(&id).await? else {
                let mirrored = self.mirrored(&id, path.last()).await?;
                path.reverse();
                return Ok((Some(mirrored.ok_or_else(unknown)?), path));
            };
            if row.version == 0 {
                return Err(unknown().into());
            }
            if path.len() == DEPTH_MAX {
                return Err(HubError::Broken(format!(
                    "{place} lies too deep or in a circle"
                )));
            }
            next = row.parent.clone();
            path.push(row);
        }
        path.reverse();
        Ok((None, path))
    }

    /// The mirrored way down to `place`; none if it is not mirrored. Where it does not let `below` speak (not yet,
    /// or not any more) that place's head stands without a proof: phones then keep what they have of it, and
    /// go on with what the places above say.
    async fn mirrored(&self, place: &PlaceId, below: Option<&FeedRow>) -> Result<Option<Mirrored>> {
        let Some(above) = self.above().await? else {
            return Ok(None);
        };
        let proven = match below {
            Some(row) => above.lets_speak(row, &self.keys_of(&row.place)?.feed.public()),
            None => false,
        };
        let mut document = above.document;
        for at in 0..document.nodes.len() {
            let head = document.nodes.get(at).map(|node| signed(&node.head));
            if head.transpose()?.is_some_and(|head| head.place == *place) {
                document.nodes.truncate(at + 1);
                let delegation = above.own.filter(|_| proven);
                return Ok(Some(Mirrored {
                    document,
                    delegation,
                }));
            }
        }
        Ok(None)
    }

    /// The nodes of our own feeds, the first with `delegation`; none if a feed moved while it was read.
    async fn nodes(
        &self,
        path: &[FeedRow],
        mut delegation: Option<LeafProof>,
    ) -> Result<Option<Vec<HeadsNode>>> {
        let mut nodes = Vec::new();
        let mut above: Option<&FeedRow> = None;
        for row in path {
            let delegation = match above {
                None => delegation.take(),
                Some(parent) => match self.delegation(parent, &row.place).await? {
                    None => return Ok(None),
                    proof => proof,
                },
            };
            nodes.push(HeadsNode {
                head: row.head.clone().into(),
                delegation,
                handed: None,
            });
            above = Some(row);
        }
        Ok(Some(nodes))
    }

    /// The delegation of a place that another hub serves, proven under the present head of the place
    /// above; none if there is none.
    pub async fn proven_delegation(&self, child: &PlaceId) -> Result<Option<LeafProof>> {
        let Some((parent, _)) = self.delegation_of(child).await? else {
            return Ok(None);
        };
        for _ in 0..TRIES {
            let row = self.store.feed(&parent).await?;
            let row = row.ok_or_else(|| HubError::Broken(format!("{parent} has no feed")))?;
            if let Some(proof) = self.delegation(&row, child).await? {
                return Ok(Some(proof));
            }
        }
        Err(HubError::code(Code::Busy))
    }

    async fn delegation(&self, parent: &FeedRow, child: &PlaceId) -> Result<Option<LeafProof>> {
        self.proof(parent, delegation_id(child)).await
    }

    /// A record of our own under the head of its feed; none if the feed moved while it was read.
    pub(crate) async fn proof(&self, feed: &FeedRow, id: RecordId) -> Result<Option<LeafProof>> {
        let missing = || HubError::Broken(format!("{id} is not in the feed of {}", feed.place));
        let record = self.store.record(&id).await?.ok_or_else(missing)?;
        let (_, author) = self.author(&feed.place).await?;
        let set = author.set();
        if root_of(&set) != signed(&feed.head)?.root {
            return Ok(None);
        }
        let leaves: Vec<Hash> = set.values().copied().collect();
        let index = set.keys().position(|key| *key == id).ok_or_else(missing)?;
        if leaves.get(index) != Some(&record.leaf) {
            return Ok(None);
        }
        let path = tree::path(&leaves, index).ok_or_else(missing)?;
        Ok(Some(LeafProof {
            leaf: record.bytes.into(),
            index: index as u64,
            path,
        }))
    }
}

/// The head inside an envelope of our own.
pub(super) fn signed(envelope: &[u8]) -> Result<Head> {
    let broken = || HubError::Broken("a stored head is damaged".into());
    let envelope = Envelope::from_bytes(envelope, feed::HEADS_BYTES_MAX).map_err(|_| broken())?;
    cbor::from_slice(&envelope.payload, feed::HEADS_BYTES_MAX).map_err(|_| broken())
}

fn tag(above: &Mirrored, path: &[FeedRow]) -> Hash {
    let roots = above.document.roots.iter().map(|root| root.as_slice());
    let mirrored = above.document.nodes.iter().map(|node| node.head.as_slice());
    let heads = path.iter().map(|row| row.head.as_slice());
    content_of(roots.chain(mirrored).chain(heads))
}
