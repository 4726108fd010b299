//! What people do: write, publish, answer.

use bantin_model::feed::Change;
use bantin_model::record::{Kind, Record};

use super::World;
use super::happen::Happening;
use crate::cast::{PHONES, RELAY, member, notice};
use crate::message::Node;
use crate::outcome::Breach;
use crate::plan::{DAY_MS, HOUR_MS};

impl World {
    /// The owner of a phone writes a letter; once it is said to be saved it may not be lost.
    pub(super) fn write(&mut self, phone: usize) -> Result<(), Breach> {
        let now = self.clock(Node::Phone(phone));
        let Some(at) = self.phones.get_mut(phone).filter(|at| at.up) else {
            return Ok(());
        };
        let Some(written) = at.write(now, &mut self.chance)? else {
            return Ok(());
        };
        self.counts.letters += 1;
        self.note(format_args!(
            "phone {phone} saves letter {} to hub {}",
            written.letter, written.to
        ));
        self.witness.written(phone, written);
        let in_ms = self.chance.below(2 * HOUR_MS);
        self.later(in_ms, Happening::Wake(Node::Phone(phone)));
        if !self.healed && self.chance.permille(400) {
            let in_ms = self.chance.between(HOUR_MS, 2 * DAY_MS);
            self.later(in_ms, Happening::Write(phone));
        }
        Ok(())
    }

    /// Another phone of the same village takes over a conversation.
    pub(super) fn claim(&mut self, phone: usize) -> Result<(), Breach> {
        let at = self.phone(phone)?;
        let home = at.home;
        let first = at.disk.conversations.iter().next();
        let Some((name, conversation)) = first.map(|(name, c)| (*name, c.clone())) else {
            return Ok(());
        };
        let neighbour = |other: &usize| {
            let phone = self.phones.get(*other);
            phone.is_some_and(|p| p.home == home && p.up && !p.full)
        };
        let other = (phone + 1..PHONES).chain(0..phone).find(neighbour);
        if let Some(other) = other {
            self.phone(other)?.claim(name, &conversation);
            self.note(format_args!(
                "phone {other} claims a conversation of {phone}"
            ));
        }
        Ok(())
    }

    /// An agency changes its feed: a new notice, a correction, or one taken back.
    pub(super) fn publish(&mut self, hub: usize) -> Result<(), Breach> {
        let now = self.clock(Node::Hub(hub));
        let (kind, again) = (self.chance.below(4), self.chance.permille(300));
        let Some(at) = self.hubs.get_mut(hub) else {
            return Ok(());
        };
        let can = at.up && !at.full && !at.disk.resting;
        let Some(own) = at.disk.own.as_mut().filter(|_| can) else {
            return Ok(());
        };
        let key = &member(hub).feed;
        let is_notice =
            |leaf: &&Vec<u8>| Record::from_bytes(leaf).is_ok_and(|r| r.kind == Kind::NOTICE);
        let oldest = own.leaves.values().find(is_notice);
        let oldest = oldest.and_then(|leaf| Record::from_bytes(leaf).ok());
        at.disk.notices += 1;
        let number = at.disk.notices + 1000 * u64::from(at.restored);
        match (kind, oldest) {
            (0, Some(old)) => own.publish(&[Change::Withdraw(old.id)], now, key)?,
            (1, Some(old)) => {
                let mut corrected = notice(hub, number, now);
                corrected.id = old.id;
                own.put(&[corrected], now, key)?;
            }
            (2, _) => {
                let two = [notice(hub, number, now), notice(hub, number + 500, now)];
                own.put(&two, now, key)?;
            }
            _ => own.put(&[notice(hub, number, now)], now, key)?,
        }
        at.disk.assemble(hub);
        let version = at.disk.own.as_ref().map(|own| own.body.order());
        self.witness.signed(&at.disk);
        self.note(format_args!("hub {hub} publishes {version:?}"));
        if again && !self.healed {
            let in_ms = self.chance.below(12 * HOUR_MS);
            self.later(in_ms, Happening::Publish(hub));
        }
        Ok(())
    }

    /// An officer answers one conversation.
    pub(super) fn officer(&mut self, hub: usize) -> Result<(), Breach> {
        let now = self.clock(Node::Hub(hub));
        let Some(at) = self.hubs.get_mut(hub) else {
            return Ok(());
        };
        if at.up && !at.full && !at.disk.resting && hub != RELAY {
            let said = at.disk.answer_one(hub, now, &mut self.chance)?;
            if let Some(said) = said {
                self.counts.replies += 1;
                self.witness.said(hub, &said);
                self.note(format_args!("hub {hub} answers with {}", said.id));
            }
        }
        if !self.healed {
            let in_ms = self.chance.between(2 * HOUR_MS, 20 * HOUR_MS);
            self.later(in_ms, Happening::Officer(hub));
        }
        Ok(())
    }

    /// The head is signed again, as is done daily.
    pub(super) fn sign(&mut self, hub: usize) -> Result<(), Breach> {
        let now = self.clock(Node::Hub(hub));
        let at = self.hub(hub)?;
        if at.up && !at.full && !at.disk.resting {
            let key = &member(hub).feed;
            let again = at
                .disk
                .own
                .as_mut()
                .is_some_and(|own| own.sign_again(now, key));
            if again {
                at.disk.assemble(hub);
                self.note(format_args!("hub {hub} signs its head again"));
            }
        }
        if !self.healed {
            self.later(DAY_MS, Happening::Sign(hub));
        }
        Ok(())
    }
}
