//! The hubs' side of a request.

use super::World;
use super::happen::Happening;
use crate::cast::member;
use crate::flaw::Flaw;
use crate::hub::Pending;
use crate::message::{Ask, Node, Reply};
use crate::network::{delay_ms, through};
use crate::outcome::Breach;
use bantin_model::letter::LetterId;
use bantin_model::sync::Trouble;

/// How long a transaction of letters takes at most, in milliseconds.
const TRANSACTION_MS: u64 = 400;

impl World {
    /// A request reaches a hub, or the forger.
    pub(super) fn arrive(
        &mut self,
        to: Node,
        from: (Node, u64, u32),
        ask: Ask,
    ) -> Result<(), Breach> {
        if !self.up(to) || !self.network.joins(to, from.0) {
            return Ok(());
        }
        let Node::Hub(hub) = to else {
            self.counts.forged += 1;
            let reply = self.rogue.answer(&ask, &self.hubs, &mut self.chance);
            return self.send_back(to, from, reply);
        };
        let page = self.plan.page;
        let at = self.hub(hub)?;
        if let (Ask::Letter(bytes), false) = (&ask, at.disk.resting) {
            let (bytes, life) = (bytes.clone(), at.life);
            at.pending.push_back(Pending { bytes, from });
            if self.flaw == Some(Flaw::AckBeforeDurable) {
                self.acknowledge_early(hub)?;
            }
            let in_ms = self.chance.between(1, TRANSACTION_MS);
            self.later(in_ms, Happening::Keep { hub, life });
            return Ok(());
        }
        if member(hub).above.is_some() && !at.full {
            at.disk.want(&ask);
        }
        let reply = at.answer(hub, &ask, page);
        if let (Ask::Heads { place, .. }, Reply::Heads { bytes, .. }) = (&ask, &reply) {
            self.rogue.saw(place, bytes);
        }
        self.send_back(to, from, reply)
    }

    /// All letters that wait, in one transaction; only then the receipts.
    pub(super) fn keep(&mut self, hub: usize, life: u32) -> Result<(), Breach> {
        let now = self.clock(Node::Hub(hub));
        let dies = self.chance.permille(self.plan.dies_in_commit);
        let after = self.chance.permille(500);
        let at = self.hub(hub)?;
        if at.life != life || at.pending.is_empty() {
            return Ok(());
        }
        if dies && !after {
            return self.crash(Node::Hub(hub));
        }
        let mut replies = Vec::new();
        let mut kept = Vec::new();
        for Pending { bytes, from } in std::mem::take(&mut at.pending) {
            let result = match at.full {
                true => Err(Trouble::HubFull),
                false => at.disk.keep(hub, &bytes, now),
            };
            let reply = match result {
                Ok(id) => {
                    kept.push(id);
                    Reply::Bytes(at.disk.receipt(hub, id, now).into())
                }
                Err(trouble) => Reply::Trouble(trouble),
            };
            replies.push((from, reply));
        }
        self.kept(hub, &kept)?;
        if dies {
            return self.crash(Node::Hub(hub));
        }
        let in_ms = self.chance.between(1, 5000);
        self.later(in_ms, Happening::Open { hub, life });
        if self.flaw == Some(Flaw::AckBeforeDurable) {
            return Ok(());
        }
        for (from, reply) in replies {
            self.send_back(Node::Hub(hub), from, reply)?;
        }
        Ok(())
    }

    fn kept(&mut self, hub: usize, kept: &[LetterId]) -> Result<(), Breach> {
        for id in kept {
            self.note(format_args!("hub {hub} keeps letter {id}"));
            self.witness.durable(hub, *id);
            if self.flaw == Some(Flaw::DeliverTwice)
                && let Some(letter) = self.hub(hub)?.disk.letters.get_mut(id)
            {
                letter.opened = None;
            }
        }
        Ok(())
    }

    fn acknowledge_early(&mut self, hub: usize) -> Result<(), Breach> {
        let now = self.clock(Node::Hub(hub));
        let at = self.hub(hub)?;
        let Some(Pending { bytes, from }) = at.pending.back() else {
            return Ok(());
        };
        let receipt = at.disk.receipt(hub, LetterId::of(bytes), now);
        let from = *from;
        self.send_back(Node::Hub(hub), from, Reply::Bytes(receipt.into()))
    }

    /// Opens what is at home here; what was cut off by a crash is found again at start.
    pub(super) fn open(&mut self, hub: usize, life: u32) -> Result<(), Breach> {
        let now = self.clock(Node::Hub(hub));
        let Some(at) = self.hubs.get_mut(hub) else {
            return Ok(());
        };
        if at.life != life || at.full || at.disk.resting {
            return Ok(());
        }
        for id in at.disk.unopened(hub) {
            let said = at.disk.deliver(hub, id, now, &mut self.chance)?;
            if let Some(said) = said {
                self.counts.replies += 1;
                self.witness.said(hub, &said);
                self.trace.note(
                    self.now_ms,
                    format_args!("hub {hub} opened {id}, {}", said.id),
                );
            }
        }
        self.witness.once(hub, &self.hubs)
    }

    /// Sends an answer on its way.
    fn send_back(
        &mut self,
        from: Node,
        (to, ticket, life): (Node, u64, u32),
        reply: Reply,
    ) -> Result<(), Breach> {
        let digest = reply.digest();
        let (reply, hurt) = through(reply, &self.plan, &mut self.chance);
        self.counts.messages += 1;
        self.counts.messages_hurt += u64::from(hurt);
        self.note(format_args!(
            "{from:?} answers {to:?} #{ticket} {digest:016x}{}",
            if hurt { " hurt" } else { "" }
        ));
        if let Some(reply) = reply {
            let in_ms = delay_ms(&self.plan, &mut self.chance);
            let back = Happening::Back {
                to,
                ticket,
                life,
                reply,
            };
            self.later(in_ms, back);
        }
        Ok(())
    }
}
