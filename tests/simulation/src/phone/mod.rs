//! A phone: what survives a crash, what it asks for, and what its owner writes.

mod disk;
mod write;

pub use disk::{Conversation, PhoneDisk};
pub use write::Written;

use bantin_model::sync::{Scope, Start};

use crate::cast::{PHONES, RELAY, cast, copy_read_at, member, relay_key};
use crate::client::Driver;
use crate::flaw::Flaw;
use crate::hub::founded;
use crate::message::Node;

/// One phone.
pub struct Phone {
    /// The hub whose place it follows.
    pub home: usize,
    /// Whom it asks now.
    pub server: Node,
    /// What survives.
    pub disk: PhoneDisk,
    /// It is switched on.
    pub up: bool,
    /// Lost for good.
    pub gone: bool,
    /// Its disk takes no more.
    pub full: bool,
    /// How far its clock is off, in seconds.
    pub skew_s: i64,
    /// Raised by each crash.
    pub life: u32,
    /// The sync under way.
    pub driver: Option<Driver>,
    /// The sync is the second of one call.
    pub again: bool,
    /// Syncs in a row that failed.
    pub failures: u32,
}

impl Phone {
    /// A phone of a village. Most have synced before the run begins, some are new.
    pub fn new(number: usize) -> Self {
        // Most of the people live where the relay is; nobody lives in the capital.
        let homes = [3, 3, 3, 4, 5, 3, 2, 4, 5, 1];
        let home = homes.get(number % homes.len()).copied().unwrap_or(3);
        let mut disk = PhoneDisk::default();
        if number < PHONES / 4 * 3 {
            disk.news = followed(home);
        }
        Self {
            home,
            server: Node::Hub(home),
            disk,
            up: true,
            gone: false,
            full: false,
            skew_s: 0,
            life: 0,
            driver: None,
            again: false,
            failures: 0,
        }
    }

    /// Everything that is not on the disk is gone.
    pub fn crash(&mut self) {
        self.up = false;
        self.life += 1;
        self.driver = None;
    }

    /// Hubs that serve its place.
    pub fn servers(&self) -> &'static [usize] {
        match self.home {
            3 => &[3, RELAY],
            4 => &[4],
            5 => &[5],
            2 => &[2],
            _ => &[1],
        }
    }

    /// What its next session must know.
    pub fn start(&self, scope: Scope, flaw: Option<Flaw>) -> Start {
        let mut receipt_keys = self.disk.news.receipt_keys.clone();
        receipt_keys.push(relay_key());
        let fresh = flaw == Some(Flaw::AcceptOldHead);
        Start {
            scope,
            place: member(self.home).place.clone(),
            pin: bantin_model::feed::Pin {
                root_version: self.disk.news.root_version,
                ..cast().pin
            },
            feeds: match fresh {
                true => Default::default(),
                false => self.disk.news.states(),
            },
            etag: self.disk.news.etag.clone(),
            document: self.disk.news.document.as_deref().map(<[u8]>::to_vec),
            outbox: self.disk.letters.outbox(),
            mailboxes: self.disk.mailboxes(copy_read_at(self.server), flaw),
            receipt_keys,
        }
    }
}

/// The news of a place on the first day: what its hub mirrors, and its own feed, in one session.
fn followed(home: usize) -> crate::client::News {
    founded_news(home).clone()
}

fn founded_news(home: usize) -> &'static crate::client::News {
    use std::sync::OnceLock;
    static NEWS: OnceLock<Vec<crate::client::News>> = OnceLock::new();
    let all = NEWS.get_or_init(|| {
        (0..crate::cast::HUBS)
            .map(|hub| crate::hub::quiet_day(&founded(hub), &member(hub).place))
            .collect()
    });
    all.get(home).unwrap_or_else(|| unreachable!("hub {home}"))
}
