//! The end of a sync, and when the next one begins.

use bantin_model::sync::{Summary, next_sync_after_s};

use super::World;
use super::happen::Happening;
use crate::cast::member;
use crate::message::{Ask, Node, Reply};
use crate::outcome::Breach;
use crate::plan::{HOUR_MS, MINUTE_MS};

/// The ticket of a hub's question for answers, which is outside any session.
pub(super) const ANSWERS: u64 = 0;

impl World {
    /// A session has nothing more to ask for.
    pub(super) fn finished(&mut self, node: Node, summary: &Summary) -> Result<(), Breach> {
        self.note(format_args!("{node:?} ends a sync {:?}", summary.troubles));
        let went_well = summary.troubles.is_empty();
        self.counts.troubled += u64::from(!went_well);
        match node {
            Node::Phone(phone) => self.finished_phone(phone, went_well),
            Node::Hub(hub) => {
                self.hub(hub)?.driver = None;
                let at = self.hub(hub)?;
                at.asked = at.disk.mirror.life();
                let boxes = at.disk.wanted();
                if let (false, Some(above)) = (boxes.is_empty(), member(hub).above) {
                    self.send(node, Node::Hub(above), ANSWERS, Ask::Answers(boxes));
                }
                if !self.healed {
                    let in_ms = self.chance.between(HOUR_MS, 8 * HOUR_MS);
                    self.later(in_ms, Happening::Wake(node));
                }
                Ok(())
            }
            Node::Rogue => Ok(()),
        }
    }

    fn finished_phone(&mut self, phone: usize, went_well: bool) -> Result<(), Breach> {
        let healed = self.healed;
        let at = self.phone(phone)?;
        at.driver = None;
        at.disk.settle();
        at.failures = if went_well { 0 } else { at.failures + 1 };
        let (failures, waits) = (at.failures, !at.disk.letters.outbox().is_empty());
        let again = went_well && waits && !at.again;
        at.again = again;
        let in_ms = match went_well {
            // What was written, or is to be offered again, leaves with the same call; but not for ever, because what
            // a relay carries goes on waiting.
            _ if again => 1000,
            _ if healed => return Ok(()),
            true => self.chance.between(8 * HOUR_MS, 36 * HOUR_MS),
            false => {
                let pause_s = next_sync_after_s(failures + 4, self.chance.rng());
                pause_s * 1000 + MINUTE_MS
            }
        };
        self.later(in_ms, Happening::Wake(Node::Phone(phone)));
        Ok(())
    }

    /// Entries from the hub above.
    pub(super) fn answers(&mut self, node: Node, reply: Reply) -> Result<(), Breach> {
        let now = self.clock(node);
        if let (Node::Hub(hub), Reply::Answers(entries)) = (node, reply)
            && !self.hub(hub)?.full
        {
            let at = self.hub(hub)?;
            let new = at.disk.mirror_answers(&entries, at.asked, now)?;
            self.note(format_args!("hub {hub} mirrors {new} entries"));
        }
        Ok(())
    }
}
