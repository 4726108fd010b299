//! A new life of a feed after a restore, as the guide for operators has it: the place above signs a new grant that
//! names the last version; the hub rests until it holds it. At the top the root keys sign.

use bantin_model::feed::Root;
use bantin_model::record::{Kind, Record};
use bantin_model::time::Seconds;

use super::{HubDisk, founded};
use crate::cast::{HUBS, START, TOP, below, cast, grant, grant_id, member};
use crate::outcome::Breach;

/// What operators keep on paper: the newest grant of every hub, and the root documents.
pub struct Binder {
    /// Epoch and last version of the epoch before, by hub.
    grants: [(u32, u64); HUBS],
    root: Root,
    roots: Vec<Vec<u8>>,
}

impl Binder {
    /// As it was when everything was founded.
    pub fn new() -> Self {
        Self {
            grants: [(1, 0); HUBS],
            root: cast().root.clone(),
            roots: founded(TOP).roots,
        }
    }

    /// The epoch that a hub may speak in.
    pub fn epoch(&self, hub: usize) -> u32 {
        self.grants.get(hub).map_or(0, |grant| grant.0)
    }

    /// Writes down that a new epoch of `hub` begins after `version`; its number.
    pub fn begin(&mut self, hub: usize, version: u64) -> u32 {
        let Some(grant) = self.grants.get_mut(hub) else {
            return 0;
        };
        *grant = (grant.0 + 1, version);
        if hub == TOP {
            self.root = Root {
                version: self.root.version + 1,
                epoch: grant.0,
                after_version: version,
                ..self.root.clone()
            };
            self.roots.push(cast().sign_root(&self.root));
        }
        self.epoch(hub)
    }

    /// The record of the newest grant of a hub.
    pub fn record(&self, hub: usize, now: Seconds) -> Record {
        let (epoch, after) = self.grants.get(hub).copied().unwrap_or_default();
        grant_record(hub, epoch, after, now)
    }
}

/// A grant as a record of the feed above.
pub fn grant_record(hub: usize, epoch: u32, after: u64, now: Seconds) -> Record {
    let above = member(member(hub).above.unwrap_or(TOP)).place.clone();
    let body = grant(hub, epoch, after);
    Record::new(
        grant_id(hub),
        Kind::DELEGATION,
        above,
        now.max(START),
        &body,
    )
}

impl HubDisk {
    /// Begins the epoch that the place above, or the root, has granted: a new version in it, with the newest grants
    /// of all places below. The hub wakes.
    pub fn begin_epoch(
        &mut self,
        hub: usize,
        epoch: u32,
        binder: &Binder,
        now: Seconds,
    ) -> Result<(), Breach> {
        let grants: Vec<Record> = below(hub)
            .into_iter()
            .map(|child| binder.record(child, now))
            .collect();
        if hub == TOP {
            self.roots.clone_from(&binder.roots);
        }
        if let Some(own) = &mut self.own {
            own.author.epoch = epoch;
            own.put(&grants, now, &member(hub).feed)?;
        }
        self.resting = false;
        self.assemble(hub);
        Ok(())
    }
}
