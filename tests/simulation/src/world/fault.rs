//! What goes wrong: crashes, restores, full disks, clocks, cuts, journeys.

use super::World;
use super::happen::Happening;
use crate::cast::{HUBS, PHONES, RELAY, START, TOP, member};
use crate::client::LetterState;
use crate::flaw::Flaw;
use crate::message::Node;
use crate::outcome::Breach;
use crate::plan::{DAY_MS, HOUR_MS, MINUTE_MS};

/// Ten years, in seconds.
const TEN_YEARS_S: i64 = 10 * 365 * 86_400;

impl World {
    /// Puts everything that will happen by itself into the queue.
    pub(super) fn set_out(&mut self) {
        let plan = self.plan;
        for phone in 0..PHONES {
            self.some_time(12 * HOUR_MS, Happening::Wake(Node::Phone(phone)));
        }
        for hub in 0..HUBS {
            self.some_time(2 * HOUR_MS, Happening::Wake(Node::Hub(hub)));
            self.some_time(DAY_MS, Happening::Sign(hub));
            self.some_time(DAY_MS, Happening::Backup(hub));
            self.some_time(plan.heal_at_ms, Happening::Officer(hub));
        }
        let end = plan.heal_at_ms;
        for _ in 0..plan.letters {
            let phone = self.chance.index(PHONES);
            self.some_time(end, Happening::Write(phone));
            self.some_time(end, Happening::Claim(phone));
        }
        for _ in 0..plan.publications {
            let hub = self.chance.index(RELAY);
            self.some_time(end, Happening::Publish(hub));
        }
        for _ in 0..plan.crashes {
            let node = self.anybody();
            self.some_time(end, Happening::Crash(node));
        }
        for _ in 0..plan.partitions {
            self.some_time(end, Happening::Split);
        }
        for _ in 0..plan.full_disks {
            let node = self.anybody();
            self.some_time(end, Happening::Full(node, true));
        }
        for _ in 0..plan.clock_jumps {
            let node = self.anybody();
            let skew_s = self.skew_s();
            self.some_time(end, Happening::Clock(node, skew_s));
        }
        for _ in 0..plan.restores {
            let (hub, silent) = (self.chance.index(HUBS), self.chance.permille(300));
            self.some_time(end, Happening::Restore { hub, silent });
        }
        for _ in 0..plan.moves {
            let phone = self.chance.index(PHONES);
            self.some_time(end, Happening::Move(phone));
        }
        for _ in 0..plan.phones_lost {
            let phone = self.chance.index(PHONES);
            self.some_time(end, Happening::Lose(phone));
        }
        self.later(end, Happening::Heal);
    }

    fn some_time(&mut self, within_ms: u64, happening: Happening) {
        let in_ms = self.chance.below(within_ms);
        self.later(in_ms, happening);
    }

    fn anybody(&mut self) -> Node {
        match self.chance.below(2) {
            0 => Node::Hub(self.chance.index(HUBS)),
            _ => Node::Phone(self.chance.index(PHONES)),
        }
    }

    /// How far a clock can be off: 1970, ten years ahead, or days.
    fn skew_s(&mut self) -> i64 {
        match self.chance.below(4) {
            0 => i64::try_from(START.0).map_or(0, |start_s| -start_s),
            1 => TEN_YEARS_S,
            _ => i64::try_from(self.chance.below(8 * 86_400)).map_or(0, |s| s - 4 * 86_400),
        }
    }

    pub(super) fn crash(&mut self, node: Node) -> Result<(), Breach> {
        if !self.up(node) || node == Node::Rogue {
            return Ok(());
        }
        self.counts.crashes += 1;
        self.note(format_args!("{node:?} dies"));
        match node {
            Node::Hub(hub) => self.hub(hub)?.crash(),
            Node::Phone(phone) => self.phone(phone)?.crash(),
            Node::Rogue => {}
        }
        let in_ms = self.chance.between(MINUTE_MS, 6 * HOUR_MS);
        self.later(in_ms, Happening::Start(node));
        Ok(())
    }

    pub(super) fn start(&mut self, node: Node) -> Result<(), Breach> {
        match node {
            Node::Phone(phone) => {
                let at = self.phone(phone)?;
                at.up = !at.gone;
            }
            Node::Hub(hub) => {
                let at = self.hub(hub)?;
                at.up = true;
                let life = at.life;
                // What was accepted and not opened before the crash.
                self.later(MINUTE_MS, Happening::Open { hub, life });
            }
            Node::Rogue => {}
        }
        self.note(format_args!("{node:?} starts"));
        self.some_time(HOUR_MS, Happening::Wake(node));
        Ok(())
    }

    pub(super) fn set_full(&mut self, node: Node, full: bool) -> Result<(), Breach> {
        if full && self.healed {
            return Ok(());
        }
        self.note(format_args!("{node:?} full: {full}"));
        match node {
            Node::Hub(hub) => self.hub(hub)?.full = full,
            Node::Phone(phone) => self.phone(phone)?.full = full,
            Node::Rogue => {}
        }
        if full {
            self.some_time(DAY_MS, Happening::Full(node, false));
        } else if let Node::Hub(hub) = node {
            let life = self.hub(hub)?.life;
            self.later(MINUTE_MS, Happening::Open { hub, life });
        }
        Ok(())
    }

    pub(super) fn set_clock(&mut self, node: Node, skew_s: i64) -> Result<(), Breach> {
        if skew_s != 0 && self.healed {
            return Ok(());
        }
        self.note(format_args!("the clock of {node:?} is off by {skew_s} s"));
        match node {
            Node::Hub(hub) => self.hub(hub)?.skew_s = skew_s,
            Node::Phone(phone) => self.phone(phone)?.skew_s = skew_s,
            Node::Rogue => {}
        }
        if skew_s != 0 {
            self.some_time(DAY_MS, Happening::Clock(node, 0));
        }
        Ok(())
    }

    pub(super) fn split(&mut self) -> Result<(), Breach> {
        if self.healed {
            return Ok(());
        }
        let hubs = (0..HUBS).map(Node::Hub);
        let nodes: Vec<Node> = hubs.chain((0..PHONES).map(Node::Phone)).collect();
        for node in nodes {
            let side = u8::from(self.chance.permille(350));
            self.network.put(node, side);
        }
        self.note(format_args!("the network falls apart"));
        self.some_time(DAY_MS, Happening::Join);
        Ok(())
    }

    pub(super) fn join(&mut self) -> Result<(), Breach> {
        self.note(format_args!("the network is whole"));
        self.network.join_all();
        Ok(())
    }

    pub(super) fn back_up(&mut self, hub: usize) -> Result<(), Breach> {
        let at = self.hub(hub)?;
        if at.up {
            at.backup = Some(at.disk.clone());
            self.note(format_args!("hub {hub} is backed up"));
        }
        if !self.healed {
            let in_ms = self.chance.between(DAY_MS / 2, 3 * DAY_MS);
            self.later(in_ms, Happening::Backup(hub));
        }
        Ok(())
    }

    /// A hub goes back to its backup. It knows and rests, or, if it is silent, nobody has noticed yet.
    pub(super) fn restore(&mut self, hub: usize, silent: bool) -> Result<(), Breach> {
        let careless = self.flaw == Some(Flaw::RestoreWithoutEpoch);
        if self.healed {
            return Ok(());
        }
        let at = self.hub(hub)?;
        let Some(backup) = at.backup.clone() else {
            return Ok(());
        };
        at.crash();
        at.disk = backup;
        at.disk.only_written();
        at.disk.awaits = None;
        at.disk.resting = !silent && !careless && hub != RELAY;
        at.restored += 1;
        self.counts.restores += 1;
        self.note(format_args!("hub {hub} is restored, silent: {silent}"));
        let in_ms = self.chance.between(MINUTE_MS, 2 * HOUR_MS);
        self.later(in_ms, Happening::Start(Node::Hub(hub)));
        if !careless && hub != RELAY {
            let in_ms = in_ms + self.chance.below(DAY_MS);
            self.later(in_ms, Happening::Ceremony(hub));
        }
        Ok(())
    }

    /// Operators begin a new epoch: at the top with the root keys, elsewhere with a grant in the feed above.
    pub(super) fn ceremony(&mut self, hub: usize) -> Result<(), Breach> {
        let signer = member(hub).above.unwrap_or(TOP);
        let ready = |hub: &crate::hub::Hub| hub.up && !hub.full;
        let signs = self
            .hubs
            .get(signer)
            .is_some_and(|above| ready(above) && (signer == hub || !above.disk.resting));
        if !signs || !self.hubs.get(hub).is_some_and(ready) {
            self.later(HOUR_MS, Happening::Ceremony(hub));
            return Ok(());
        }
        let now = self.clock(Node::Hub(signer));
        let own = self.hub(hub)?.disk.own.as_ref();
        let version = own.map_or(0, |own| own.author.version);
        let epoch = self.binder.begin(hub, version);
        self.note(format_args!("epoch {epoch} of hub {hub} after {version}"));
        let Some(at) = self.hubs.get_mut(signer) else {
            return Ok(());
        };
        if signer == hub {
            at.disk.begin_epoch(hub, epoch, &self.binder, now)?;
            self.witness.signed(&at.disk);
            return Ok(());
        }
        let record = self.binder.record(hub, now);
        if let Some(own) = &mut at.disk.own {
            own.put(&[record], now, &member(signer).feed)?;
        }
        at.disk.assemble(signer);
        self.witness.signed(&at.disk);
        self.hub(hub)?.disk.awaits = Some(epoch);
        Ok(())
    }

    /// A phone asks somebody else from now on.
    pub(super) fn move_phone(&mut self, phone: usize) -> Result<(), Breach> {
        if self.healed {
            return Ok(());
        }
        let kind = self.chance.below(4);
        let at = self.phone(phone)?;
        let (home, servers) = (at.home, at.servers());
        let server = match kind {
            0 => Node::Rogue,
            1 => Node::Hub(member(home).above.unwrap_or(TOP)),
            _ => Node::Hub(
                servers
                    .get(self.chance.index(servers.len()))
                    .copied()
                    .unwrap_or(home),
            ),
        };
        self.go_to(phone, server)?;
        if kind < 2 {
            self.some_time(DAY_MS, Happening::Move(phone));
        }
        Ok(())
    }

    pub(super) fn go_to(&mut self, phone: usize, server: Node) -> Result<(), Breach> {
        self.note(format_args!("phone {phone} goes to {server:?}"));
        let refused_for_good = self.flaw == Some(Flaw::RefusedForGood);
        let at = self.phone(phone)?;
        if at.server != server {
            at.server = server;
            if !refused_for_good {
                at.disk.letters.again(&[LetterState::Refused], |_| true);
            }
        }
        Ok(())
    }

    pub(super) fn lose(&mut self, phone: usize) -> Result<(), Breach> {
        if self.healed {
            return Ok(());
        }
        self.note(format_args!("phone {phone} is lost"));
        let at = self.phone(phone)?;
        at.crash();
        at.gone = true;
        Ok(())
    }
}
