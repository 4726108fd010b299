//! Changes that the session asks for: durable, all or nothing, before they are reported as done.

use bantin_hub_store::{MirrorBlob, MirrorChange, MirrorHeads, MirrorRecord};
use bantin_model::cbor;
use bantin_model::feed::{HEADS_BYTES_MAX, HeadsDocument, Known, Op, OpRef, Root, TrustedHead};
use bantin_model::record::{Body, Kind, Record};
use bantin_model::sign::Envelope;
use bantin_model::sync::{Apply, Event, FeedChange};

use super::link::trouble_here;
use crate::Hub;
use crate::failure::{HubError, Result};

/// Kinds of records that the hub itself must know.
const KNOWN: [Kind; 3] = [Kind::PLACE, Kind::AGENCY, Kind::DELEGATION];

impl Hub {
    pub(super) async fn apply(&self, apply: Apply) -> Event {
        match self.make_durable(apply).await {
            Ok(()) => Event::Applied,
            Err(error) => {
                tracing::error!(%error, "what the hub above has could not be kept");
                Event::ApplyFailed(trouble_here(&error))
            }
        }
    }

    async fn make_durable(&self, apply: Apply) -> Result<()> {
        match apply {
            Apply::Feed(change) => self.mirror_feed(&change).await,
            Apply::Unchanged { checked_at, .. } => {
                Ok(self.store.mirror_checked(checked_at).await?)
            }
            Apply::Heads {
                document,
                etag,
                heads,
                root_version,
                checked_at,
                ..
            } => {
                let own = match document.is_some() {
                    true => self.prove_own().await?,
                    false => None,
                };
                let heads = MirrorHeads {
                    roots: document.as_deref().map(roots).unwrap_or_default(),
                    document,
                    etag,
                    root_version,
                    heads: heads.iter().map(reached).collect(),
                    own: own.as_ref().map(cbor::to_vec).unwrap_or_default(),
                    checked_at,
                };
                moved(self.store.mirror_heads(&heads).await?)
            }
            Apply::Receipt(change) => {
                let letter = change.verified.receipt.letter;
                let now = self.clock.now();
                tracing::info!(%letter, place = %change.verified.receipt.place, "carried up");
                Ok(self.store.carried(&letter, &change.bytes, now).await?)
            }
            Apply::LetterRefused(letter) => {
                tracing::warn!(%letter, "refused by the hub above for good");
                Ok(self.store.carry_refused(&letter, self.clock.now()).await?)
            }
            Apply::Mail(_) => Err(HubError::Broken("a hub holds no read keys".into())),
        }
    }

    async fn mirror_feed(&self, change: &FeedChange) -> Result<()> {
        let head = &change.head.head;
        let rows = self.store.mirror_feeds().await?;
        let from = rows.iter().find(|row| row.place == head.place);
        let mut mirror = MirrorChange {
            place: head.place.clone(),
            from: from.map(|row| row.known.order),
            known: known(&change.head),
            listed: head.segments.clone(),
            ledgers: Vec::new(),
            anew: change.anew,
            gone: change.remove.clone(),
            records: Vec::new(),
            blobs: Vec::new(),
            agency_keys: Vec::new(),
        };
        if from.is_some_and(|row| row.known.order > mirror.known.order) {
            return moved(false);
        }
        for segment in &change.segments {
            mirror.ledgers.push((segment.hash, segment.ledger.clone()));
            let damaged = |_| HubError::Broken("a verified segment is damaged".into());
            for op in Op::split(&segment.raw).map_err(damaged)? {
                if let OpRef::Put(leaf) = op
                    && change.put.contains(&Record::leaf_hash(leaf))
                {
                    take(leaf, &mut mirror);
                }
            }
        }
        moved(self.store.mirror(&mirror).await?)
    }
}

/// Notes of a new leaf what the hub must know; a record of an unknown kind travels in its segment.
fn take(leaf: &[u8], mirror: &mut MirrorChange) {
    let Ok(record) = Record::from_bytes(leaf) else {
        return;
    };
    mirror.gone.push(record.id);
    let place = mirror.place.clone();
    for blob in record.blobs() {
        mirror.blobs.push(MirrorBlob {
            place: place.clone(),
            id: record.id,
            hash: blob.hash,
            bytes: blob.bytes,
            mime: blob.mime.as_str().into(),
            issued_at: record.issued_at,
        });
    }
    if let Ok(Body::Agency(agency)) = record.body() {
        mirror.agency_keys.push(agency.key_id());
    }
    if KNOWN.contains(&record.kind) {
        mirror.records.push(MirrorRecord {
            place,
            id: record.id,
            kind: record.kind,
            bytes: leaf.to_vec(),
        });
    }
}

/// Another process of this hub was faster; the next pass starts from what it kept.
fn moved(kept: bool) -> Result<()> {
    match kept {
        true => Ok(()),
        false => Err(HubError::Broken(
            "the mirror has moved meanwhile; the next look goes on".into(),
        )),
    }
}

fn known(trusted: &TrustedHead) -> Known {
    let head = &trusted.head;
    Known {
        order: head.order(),
        root: head.root,
        issued_at: head.issued_at,
    }
}

fn reached(
    trusted: &TrustedHead,
) -> (
    bantin_model::id::PlaceId,
    Known,
    bantin_model::sign::PublicKey,
) {
    let place = trusted.head.place.clone();
    (place, known(trusted), trusted.keys.receipt)
}

/// The root documents of a verified document, by version.
fn roots(document: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let Ok(document) = HeadsDocument::from_bytes(document) else {
        return Vec::new();
    };
    let version = |bytes: &[u8]| {
        let envelope = Envelope::from_bytes(bytes, HEADS_BYTES_MAX).ok()?;
        let root: Root = cbor::from_slice(&envelope.payload, HEADS_BYTES_MAX).ok()?;
        Some(root.version)
    };
    let rows = document.roots.iter();
    rows.filter_map(|bytes| Some((version(bytes)?, bytes.to_vec())))
        .collect()
}
