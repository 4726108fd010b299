//! What a hub answers, letters aside: those must be durable first.

use std::collections::BTreeSet;

use bantin_model::cbor;
use bantin_model::feed::{HEADS_BYTES_MAX, Head, HeadsChanges, HeadsDocument};
use bantin_model::id::Hash;
use bantin_model::sign::Envelope;
use bantin_model::sync::Trouble;

use super::Hub;
use crate::cast::member;
use crate::message::{Ask, Reply};

impl Hub {
    /// What is different from the document of that tag, with the segments that are new.
    fn changes(&self, etag: &Option<String>) -> Option<Vec<u8>> {
        let disk = &self.disk;
        let held = disk
            .served_before
            .iter()
            .find(|old| etag.as_ref() == Some(&old.tag))?;
        let (old, new) = (read(&held.bytes)?, read(&disk.served.as_ref()?.bytes)?);
        let mut changes = HeadsChanges::between(&old, &new)?;
        let before: BTreeSet<Hash> = listed(&old).collect();
        for hash in listed(&new).filter(|hash| !before.contains(hash)) {
            let own = disk.own.as_ref().and_then(|own| own.files.get(&hash));
            let file = own.or_else(|| disk.mirror.files.get(&hash))?;
            changes.segments.push(file.to_vec().into());
        }
        Some(changes.to_bytes())
    }

    /// The answer to a question that changes nothing.
    pub fn answer(&self, hub: usize, ask: &Ask, page: usize) -> Reply {
        if self.disk.resting {
            return Reply::Trouble(Trouble::Resting);
        }
        match ask {
            Ask::Heads {
                place,
                etag,
                changes,
            } => {
                let served = self.disk.served.as_ref();
                match served.filter(|_| member(hub).place == *place) {
                    None => Reply::Trouble(Trouble::PlaceUnknown),
                    Some(served) if etag.as_ref() == Some(&served.tag) => Reply::Unchanged,
                    Some(served) if *changes && let Some(bytes) = self.changes(etag) => {
                        Reply::Changes {
                            bytes: bytes.into(),
                            etag: Some(served.tag.clone()),
                        }
                    }
                    Some(served) => Reply::Heads {
                        bytes: served.bytes.clone(),
                        etag: Some(served.tag.clone()),
                    },
                }
            }
            Ask::Segment(hash) => {
                let own = self.disk.own.as_ref().and_then(|own| own.files.get(hash));
                let file = own.or_else(|| self.disk.mirror.files.get(hash));
                file.map_or(Reply::Trouble(Trouble::Other), |bytes| {
                    Reply::Bytes(bytes.clone())
                })
            }
            Ask::Poll(request) => match self.disk.poll(request, page) {
                Some(bytes) => Reply::Pages(bytes.into()),
                None => Reply::Trouble(Trouble::Other),
            },
            Ask::Answers(boxes) => {
                let new = boxes.iter().flat_map(|(mailbox, after)| {
                    let entries = self.disk.after(mailbox, *after).into_iter();
                    entries.map(|(cursor, bytes)| (*mailbox, cursor, bytes))
                });
                Reply::Answers(new.collect())
            }
            Ask::Letter(_) => Reply::Trouble(Trouble::Other),
        }
    }
}

fn read(bytes: &[u8]) -> Option<HeadsDocument> {
    HeadsDocument::from_bytes(bytes).ok()
}

/// Every segment that a document's heads list.
fn listed(document: &HeadsDocument) -> impl Iterator<Item = Hash> {
    let head = |node: &bantin_model::feed::HeadsNode| {
        let envelope = Envelope::from_bytes(&node.head, HEADS_BYTES_MAX).ok()?;
        cbor::from_slice::<Head>(&envelope.payload, HEADS_BYTES_MAX).ok()
    };
    let heads = document.nodes.iter().filter_map(head);
    heads
        .flat_map(|head| head.segments)
        .map(|segment| segment.hash)
}
