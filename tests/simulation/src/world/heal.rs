//! The weather turns good, and everybody gets time to settle: what was promised must then be there.

use super::World;
use super::happen::Happening;
use crate::cast::{HUBS, PHONES, TOP};
use crate::message::Node;
use crate::outcome::Breach;
use crate::plan::{HOUR_MS, MINUTE_MS};

/// Rounds after which nobody may still wait for anything.
const ROUNDS_MAX: u32 = 16;

impl World {
    /// From now on nothing goes wrong.
    pub(super) fn heal(&mut self) -> Result<(), Breach> {
        self.note(format_args!("the weather turns good"));
        self.healed = true;
        self.plan = self.plan.mild();
        self.network.join_all();
        for hub in 0..HUBS {
            let at = self.hub(hub)?;
            (at.full, at.skew_s) = (false, 0);
            if !at.up {
                self.start(Node::Hub(hub))?;
            }
        }
        for phone in 0..PHONES {
            let at = self.phone(phone)?;
            (at.full, at.skew_s) = (false, 0);
            let (up, gone, servers) = (at.up, at.gone, at.servers());
            let last = servers.last().copied().unwrap_or_default();
            if !matches!(at.server, Node::Hub(hub) if servers.contains(&hub)) {
                self.go_to(phone, Node::Hub(last))?;
            }
            if !up && !gone {
                self.start(Node::Phone(phone))?;
            }
        }
        self.later(HOUR_MS, Happening::Round(0));
        Ok(())
    }

    /// Everybody syncs; if all that was promised holds, the run is over.
    pub(super) fn round(&mut self, number: u32) -> Result<(), Breach> {
        self.note(format_args!("round {number}"));
        let left = self.witness.left(&self.hubs, &self.phones)?;
        if left.is_none() && number > 1 {
            self.over = true;
            return Ok(());
        }
        if let (Some(left), true) = (left, number >= ROUNDS_MAX) {
            return Err(Breach(format!("after {number} quiet rounds {left}")));
        }
        if number == 0 {
            // Something new at the top and somewhere else, so that everybody has something to come to.
            let other = self.chance.index(HUBS);
            self.later(0, Happening::Publish(TOP));
            self.later(0, Happening::Publish(other));
        }
        for hub in 0..HUBS {
            if number == 0 {
                self.later(0, Happening::Sign(hub));
            }
            // Answers come to an end, or there would be always one on its way.
            if number < 3 {
                self.later(MINUTE_MS, Happening::Officer(hub));
            }
            for time in 0..3 {
                self.later(time * 10 * MINUTE_MS, Happening::Wake(Node::Hub(hub)));
            }
        }
        for phone in 0..PHONES {
            self.later(40 * MINUTE_MS, Happening::Wake(Node::Phone(phone)));
        }
        self.later(2 * HOUR_MS, Happening::Round(number + 1));
        Ok(())
    }
}
