//! Changes become durable, or the node dies while they do.

use std::collections::BTreeMap;
use std::sync::Arc;

use bantin_model::id::Hash;
use bantin_model::sync::{Apply, Event, Trouble};

use super::World;
use crate::cast::copy_read_at;
use crate::client::{Extent, LetterState};
use crate::flaw::Flaw;
use crate::message::Node;
use crate::outcome::Breach;

impl World {
    /// An apply reaches the disk, or the node dies just before or just after.
    pub(super) fn durable(&mut self, node: Node, life: u32) -> Result<(), Breach> {
        if self.life(node) != life {
            return Ok(());
        }
        let full = match node {
            Node::Phone(phone) => self.phone(phone)?.full,
            Node::Hub(hub) => self.hub(hub)?.full,
            Node::Rogue => return Ok(()),
        };
        let careless = self.flaw == Some(Flaw::ApplyHalf);
        let dies = self.chance.permille(self.plan.dies_in_commit);
        let moment = self.chance.below(3);
        let now = self.clock(node);
        let Some(driver) = self.driver(node) else {
            return Ok(());
        };
        let (source, apply) = (driver.source, driver.committing.take());
        let Some(apply) = apply else { return Ok(()) };
        let staged = std::mem::take(&mut driver.staged);
        if self.left(node, source)? && self.flaw != Some(Flaw::KeepFromHubLeft) {
            // What that hub said is not for the one followed now: its refusals, its cursors.
            self.note(format_args!("{node:?} has turned away from {source:?}"));
            if let Some(driver) = self.driver(node) {
                driver.committed(Event::ApplyFailed(Trouble::Other), now)?;
            }
            return self.pump(node);
        }
        if full || (dies && moment == 0) {
            if careless {
                self.write_down(node, &apply, source, Extent::Half)?;
            }
            if !full {
                return self.crash(node);
            }
            let failed = Event::ApplyFailed(Trouble::DiskFull);
            self.note(format_args!("{node:?} has no room"));
            if let Some(driver) = self.driver(node) {
                driver.committed(failed, now)?;
            }
            return self.pump(node);
        }
        if self.prepare(node, &apply)? && dies && moment == 1 {
            // The private file is another file than the news: between the two there is a moment.
            return self.crash(node);
        }
        self.write_down(node, &apply, source, Extent::Whole)?;
        if let Node::Hub(hub) = node {
            self.mirrored(hub, &apply, &staged)?;
        }
        self.look_at(node, &apply)?;
        if dies {
            return self.crash(node);
        }
        if let Some(driver) = self.driver(node) {
            driver.staged = staged;
            driver.committed(Event::Applied, now)?;
        }
        self.pump(node)
    }

    /// Whether a phone follows another hub by now than the one its sync asks. A relay is only a way to its hub.
    fn left(&mut self, node: Node, source: Node) -> Result<bool, Breach> {
        match node {
            Node::Phone(phone) => {
                Ok(copy_read_at(self.phone(phone)?.server) != copy_read_at(source))
            }
            _ => Ok(false),
        }
    }

    /// What comes before a new epoch is kept; true if there was something.
    fn prepare(&mut self, node: Node, apply: &Apply) -> Result<bool, Breach> {
        let flaw = self.flaw;
        match node {
            Node::Phone(phone) => Ok(self.phone(phone)?.disk.prepare(apply)),
            Node::Hub(hub) => Ok(self.hub(hub)?.disk.prepare(apply, flaw)),
            Node::Rogue => Ok(false),
        }
    }

    fn write_down(
        &mut self,
        node: Node,
        apply: &Apply,
        source: Node,
        extent: Extent,
    ) -> Result<(), Breach> {
        self.counts.applies += 1;
        self.note(format_args!("{node:?} {} {extent:?}", name(apply)));
        let flaw = self.flaw;
        match node {
            Node::Phone(phone) => self.phone(phone)?.disk.apply(apply, source, extent, flaw),
            Node::Hub(hub) => {
                let disk = &mut self.hub(hub)?.disk;
                match apply {
                    Apply::Receipt(change) => {
                        let letter = change.verified.receipt.letter;
                        disk.carried.set(&letter, LetterState::Accepted);
                        disk.receipts.insert(letter, change.bytes.clone());
                    }
                    Apply::LetterRefused(letter) => {
                        disk.carried.set(letter, LetterState::Refused);
                    }
                    news => disk.mirror.apply(news, extent),
                }
            }
            Node::Rogue => {}
        }
        Ok(())
    }

    /// A hub has mirrored something: it serves it, and wakes if its new epoch came.
    fn mirrored(
        &mut self,
        hub: usize,
        apply: &Apply,
        staged: &BTreeMap<Hash, Arc<[u8]>>,
    ) -> Result<(), Breach> {
        let now = self.clock(Node::Hub(hub));
        let Some(at) = self.hubs.get_mut(hub) else {
            return Ok(());
        };
        if let Apply::Feed(change) = apply {
            for segment in &change.segments {
                if let Some(bytes) = staged.get(&segment.hash) {
                    at.disk.mirror.files.insert(segment.hash, bytes.clone());
                }
            }
        }
        // Only the epoch that was granted after the restore: an older grant may have been used up already.
        let granted = at.disk.grant(hub).map(|grant| grant.epoch);
        match granted {
            Some(granted) if at.disk.awaits == Some(granted) => {
                at.disk.awaits = None;
                at.disk.begin_epoch(hub, granted, &self.binder, now)?;
                self.witness.signed(&at.disk);
                self.note(format_args!("hub {hub} begins epoch {granted}"));
            }
            _ => at.disk.assemble(hub),
        }
        Ok(())
    }

    /// What the witness says to a change that is durable.
    fn look_at(&mut self, node: Node, apply: &Apply) -> Result<(), Breach> {
        match node {
            Node::Phone(phone) => match self.phones.get(phone) {
                Some(at) => self.witness.applied(phone, at, apply),
                None => Ok(()),
            },
            Node::Hub(hub) => match (self.hubs.get(hub), apply) {
                (Some(at), Apply::Feed(_) | Apply::Heads { .. }) => {
                    self.witness.genuine(&at.disk.mirror)
                }
                _ => Ok(()),
            },
            Node::Rogue => Ok(()),
        }
    }
}

fn name(apply: &Apply) -> String {
    match apply {
        Apply::Feed(change) => {
            let head = &change.head.head;
            format!("moves {} to {:?}", head.place, head.order())
        }
        Apply::Unchanged { .. } => "finds nothing new".into(),
        Apply::Heads { heads, .. } => format!("keeps {} heads", heads.len()),
        Apply::Receipt(change) => format!(
            "keeps a receipt of {} by {:?}",
            change.verified.receipt.letter, change.verified.signer
        ),
        Apply::LetterRefused(letter) => format!("marks {letter} refused"),
        Apply::Mail(change) => format!("takes {} replies", change.replies.len()),
    }
}
