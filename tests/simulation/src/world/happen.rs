//! Everything that can happen, and who deals with it.

use super::World;
use crate::message::{Ask, Node, Reply};
use crate::outcome::Breach;

/// One thing that will happen.
#[derive(Debug)]
pub enum Happening {
    /// A node begins a sync.
    Wake(Node),
    /// The owner of a phone writes.
    Write(usize),
    /// A second phone takes over a conversation of this one.
    Claim(usize),
    /// An agency publishes.
    Publish(usize),
    /// An officer answers.
    Officer(usize),
    /// A hub signs its head again.
    Sign(usize),
    /// A hub makes a backup.
    Backup(usize),
    /// A request reaches whom it is for.
    Arrive {
        to: Node,
        from: Node,
        ticket: u64,
        life: u32,
        ask: Ask,
    },
    /// An answer comes back.
    Back {
        to: Node,
        ticket: u64,
        life: u32,
        reply: Reply,
    },
    /// Nobody waits for this answer any longer.
    Patience { node: Node, ticket: u64, life: u32 },
    /// An apply reaches the disk.
    Durable { node: Node, life: u32 },
    /// A hub writes the letters that wait.
    Keep { hub: usize, life: u32 },
    /// A hub opens letters.
    Open { hub: usize, life: u32 },
    /// A node dies.
    Crash(Node),
    /// A node starts again.
    Start(Node),
    /// A disk fills up, or has room again.
    Full(Node, bool),
    /// A clock is set.
    Clock(Node, i64),
    /// Some nodes are cut off.
    Split,
    /// All ways are open again.
    Join,
    /// A hub is set back to its backup.
    Restore { hub: usize, silent: bool },
    /// Operators begin a new epoch.
    Ceremony(usize),
    /// A phone goes elsewhere.
    Move(usize),
    /// A phone falls into the river.
    Lose(usize),
    /// The weather turns good.
    Heal,
    /// Everybody syncs, and what must hold is looked at.
    Round(u32),
}

impl World {
    pub(super) fn happen(&mut self, happening: Happening) -> Result<(), Breach> {
        match happening {
            Happening::Wake(node) => self.wake(node),
            Happening::Write(phone) => self.write(phone),
            Happening::Claim(phone) => self.claim(phone),
            Happening::Publish(hub) => self.publish(hub),
            Happening::Officer(hub) => self.officer(hub),
            Happening::Sign(hub) => self.sign(hub),
            Happening::Backup(hub) => self.back_up(hub),
            Happening::Arrive {
                to,
                from,
                ticket,
                life,
                ask,
            } => self.arrive(to, (from, ticket, life), ask),
            Happening::Back {
                to,
                ticket,
                life,
                reply,
            } => self.back(to, ticket, life, reply),
            Happening::Patience { node, ticket, life } => self.out_of_patience(node, ticket, life),
            Happening::Durable { node, life } => self.durable(node, life),
            Happening::Keep { hub, life } => self.keep(hub, life),
            Happening::Open { hub, life } => self.open(hub, life),
            Happening::Crash(node) => self.crash(node),
            Happening::Start(node) => self.start(node),
            Happening::Full(node, full) => self.set_full(node, full),
            Happening::Clock(node, skew_s) => self.set_clock(node, skew_s),
            Happening::Split => self.split(),
            Happening::Join => self.join(),
            Happening::Restore { hub, silent } => self.restore(hub, silent),
            Happening::Ceremony(hub) => self.ceremony(hub),
            Happening::Move(phone) => self.move_phone(phone),
            Happening::Lose(phone) => self.lose(phone),
            Happening::Heal => self.heal(),
            Happening::Round(number) => self.round(number),
        }
    }
}
