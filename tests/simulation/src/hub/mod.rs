//! A hub: what is on its disk, what it forgets in a crash, and what it does in one transaction.
//!
//! Its rules are those of `hub/` and `crates/hub-store`, which cannot run here because they are made of files and
//! SQL; everything they decide with the shipped core (publishing, opening, sealing, receipts) is the shipped core.

mod disk;
mod epoch;
mod feed;
mod found;
mod intake;
mod mail;
mod serve;

use std::collections::VecDeque;
use std::sync::Arc;

pub use disk::{HubDisk, HubLetter, Thread};
pub use epoch::Binder;
pub use feed::OwnFeed;
pub use found::{founded, quiet_day};
pub use intake::Said;

use crate::client::Driver;
use crate::message::Node;

/// A letter that waits for the next transaction, and who asked.
pub struct Pending {
    /// The sealed bytes.
    pub bytes: Arc<[u8]>,
    /// Who waits for the receipt, under which ticket and generation.
    pub from: (Node, u64, u32),
}

/// One hub.
pub struct Hub {
    /// What survives.
    pub disk: HubDisk,
    /// The newest backup.
    pub backup: Option<HubDisk>,
    /// It runs.
    pub up: bool,
    /// Its disk takes no more.
    pub full: bool,
    /// How far its clock is off, in seconds.
    pub skew_s: i64,
    /// Raised by each crash: whatever was on the way to the life before is dropped.
    pub life: u32,
    /// The sync with the hub above.
    pub driver: Option<Driver>,
    /// Letters between arrival and disk.
    pub pending: VecDeque<Pending>,
    /// In which life of the hub above it asked for answers last.
    pub asked: u64,
    /// How often it was set back.
    pub restored: u32,
}

impl Hub {
    /// A hub as it was founded.
    pub fn new(hub: usize) -> Self {
        Self {
            disk: founded(hub),
            backup: None,
            up: true,
            full: false,
            skew_s: 0,
            life: 0,
            driver: None,
            pending: VecDeque::new(),
            asked: 0,
            restored: 0,
        }
    }

    /// Everything that is not on the disk is gone.
    pub fn crash(&mut self) {
        self.up = false;
        self.life += 1;
        self.driver = None;
        self.pending.clear();
        self.disk.only_written();
    }
}
