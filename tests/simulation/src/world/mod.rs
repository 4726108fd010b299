//! The world: a queue of things that will happen, and everybody they can happen to.

mod commit;
mod fault;
mod finish;
mod happen;
mod heal;
mod people;
mod serve;
mod sync;

use std::collections::BTreeMap;

use bantin_model::time::Seconds;

use crate::cast::{HUBS, PHONES, START};
use crate::chance::Chance;
use crate::client::Driver;
use crate::flaw::Flaw;
use crate::hub::{Binder, Hub};
use crate::message::Node;
use crate::network::Network;
use crate::oracle::Witness;
use crate::outcome::{Breach, Counts, Outcome, hold};
use crate::phone::Phone;
use crate::plan::Plan;
use crate::rogue::Rogue;
use crate::trace::Trace;
use happen::Happening;

/// Things that happen in one run at most: a run that never ends is a failure too.
const HAPPENINGS_MAX: u64 = 60_000;

/// One run.
pub struct World {
    seed: u64,
    /// Milliseconds since the run began.
    now_ms: u64,
    queue: BTreeMap<(u64, u64), Happening>,
    serial: u64,
    tickets: u64,
    chance: Chance,
    plan: Plan,
    flaw: Option<Flaw>,
    healed: bool,
    over: bool,
    hubs: Vec<Hub>,
    phones: Vec<Phone>,
    network: Network,
    rogue: Rogue,
    binder: Binder,
    witness: Witness,
    counts: Counts,
    trace: Trace,
}

impl World {
    /// The first morning of the run of `seed`.
    pub fn new(seed: u64, flaw: Option<Flaw>) -> Self {
        let mut chance = Chance::new(seed);
        let plan = Plan::draw(&mut chance);
        let rogue = Rogue::new(flaw == Some(Flaw::StolenKey));
        let hubs: Vec<Hub> = (0..HUBS).map(Hub::new).collect();
        let mut witness = Witness::default();
        hubs.iter().for_each(|hub| witness.signed(&hub.disk));
        let mut world = Self {
            seed,
            now_ms: 0,
            queue: BTreeMap::new(),
            serial: 0,
            tickets: 0,
            chance,
            plan,
            flaw,
            healed: false,
            over: false,
            hubs,
            phones: (0..PHONES).map(Phone::new).collect(),
            network: Network::default(),
            rogue,
            binder: Binder::new(),
            witness,
            counts: Counts::default(),
            trace: Trace::default(),
        };
        world.set_out();
        world
    }

    /// From the first event to the last check.
    pub fn play(mut self) -> Outcome {
        let breach = self.run().err();
        if let Some(breach) = &breach {
            self.trace
                .note(self.now_ms, format_args!("BREACH {breach}"));
        }
        self.counts.replies_lost = self.witness.lost(&self.hubs, &self.phones);
        Outcome {
            seed: self.seed,
            breach,
            trace: self.trace.hash().to_string(),
            lines: self.trace.lines(),
            counts: self.counts,
            tail: self.trace.tail(),
            text: self.trace.into_text(),
        }
    }

    fn run(&mut self) -> Result<(), Breach> {
        while !self.over {
            let Some(((at_ms, _), happening)) = self.queue.pop_first() else {
                return Err(Breach("nothing is left to happen".into()));
            };
            self.now_ms = at_ms;
            hold!(
                self.serial < HAPPENINGS_MAX,
                "more than {HAPPENINGS_MAX} things happened"
            );
            self.happen(happening)?;
        }
        Ok(())
    }

    /// Puts something into the future.
    fn later(&mut self, in_ms: u64, happening: Happening) {
        self.serial += 1;
        let at_ms = self.now_ms + in_ms;
        self.queue.insert((at_ms, self.serial), happening);
    }

    /// The clock of a node.
    fn clock(&self, node: Node) -> Seconds {
        let true_s = START.0 + self.now_ms / 1000;
        let skew_s = match node {
            Node::Hub(hub) => self.hubs.get(hub).map_or(0, |hub| hub.skew_s),
            Node::Phone(phone) => self.phones.get(phone).map_or(0, |phone| phone.skew_s),
            Node::Rogue => 0,
        };
        Seconds(true_s.saturating_add_signed(skew_s))
    }

    fn hub(&mut self, hub: usize) -> Result<&mut Hub, Breach> {
        let missing = || Breach(format!("no hub {hub}"));
        self.hubs.get_mut(hub).ok_or_else(missing)
    }

    fn phone(&mut self, phone: usize) -> Result<&mut Phone, Breach> {
        let missing = || Breach(format!("no phone {phone}"));
        self.phones.get_mut(phone).ok_or_else(missing)
    }

    fn driver(&mut self, node: Node) -> Option<&mut Driver> {
        match node {
            Node::Hub(hub) => self.hubs.get_mut(hub)?.driver.as_mut(),
            Node::Phone(phone) => self.phones.get_mut(phone)?.driver.as_mut(),
            Node::Rogue => None,
        }
    }

    fn up(&self, node: Node) -> bool {
        match node {
            Node::Hub(hub) => self.hubs.get(hub).is_some_and(|hub| hub.up),
            Node::Phone(phone) => self.phones.get(phone).is_some_and(|phone| phone.up),
            Node::Rogue => true,
        }
    }

    fn life(&self, node: Node) -> u32 {
        match node {
            Node::Hub(hub) => self.hubs.get(hub).map_or(0, |hub| hub.life),
            Node::Phone(phone) => self.phones.get(phone).map_or(0, |phone| phone.life),
            Node::Rogue => 0,
        }
    }

    fn note(&mut self, what: std::fmt::Arguments<'_>) {
        self.trace.note(self.now_ms, what);
    }
}
