//! Links: delay, loss, repetition, partitions, and answers that are not what a hub sent.

use std::collections::BTreeMap;
use std::sync::Arc;

use bantin_model::cbor;
use bantin_model::letter::PollResponse;
use bantin_model::sync::Trouble;

use crate::chance::Chance;
use crate::message::{Node, Reply};
use crate::plan::{HOUR_MS, MINUTE_MS, Plan};

/// How long somebody waits for an answer, in milliseconds.
pub const PATIENCE_MS: u64 = MINUTE_MS;

/// What somebody's network puts in the place of an answer.
const PORTAL: &[u8] = b"<html><body>Sign in to use this network</body></html>";

/// Which nodes can reach each other: those of the same side. Nodes not listed are on side 0.
#[derive(Default)]
pub struct Network {
    sides: BTreeMap<Node, u8>,
}

impl Network {
    /// Whether there is a way.
    pub fn joins(&self, one: Node, other: Node) -> bool {
        let side = |node: Node| self.sides.get(&node).copied().unwrap_or(0);
        side(one) == side(other)
    }

    /// Puts a node on a side.
    pub fn put(&mut self, node: Node, side: u8) {
        self.sides.insert(node, side);
    }

    /// Everybody reaches everybody.
    pub fn join_all(&mut self) {
        self.sides.clear();
    }
}

/// How long a message takes.
pub fn delay_ms(plan: &Plan, chance: &mut Chance) -> u64 {
    if chance.permille(plan.slow) {
        return chance.between(MINUTE_MS / 2, 3 * HOUR_MS);
    }
    chance.between(20, 3000)
}

/// What arrives of an answer; none if nothing does. The second is true if it is not what was sent.
pub fn through(reply: Reply, plan: &Plan, chance: &mut Chance) -> (Option<Reply>, bool) {
    if chance.permille(plan.lost) {
        return (None, true);
    }
    if !chance.permille(plan.hurt) {
        return (Some(reply), false);
    }
    let hurt = match (reply, chance.below(4)) {
        // Known by its type for what it is.
        (_, 0) => Reply::Trouble(Trouble::NotAHub),
        (Reply::Heads { etag, .. }, 1) => Reply::Heads {
            bytes: PORTAL.into(),
            etag,
        },
        (Reply::Bytes(_) | Reply::Pages(_), 1) => Reply::Bytes(PORTAL.into()),
        (Reply::Heads { bytes, etag }, kind) => Reply::Heads {
            bytes: damage(&bytes, kind == 2, chance),
            etag,
        },
        (Reply::Changes { bytes, etag }, kind) => Reply::Changes {
            bytes: damage(&bytes, kind == 2, chance),
            etag,
        },
        (Reply::Pages(bytes), 2) => Reply::Pages(damage(&bytes, true, chance)),
        (Reply::Pages(bytes), _) => Reply::Pages(damage_entry(&bytes, chance)),
        (Reply::Bytes(bytes), kind) => Reply::Bytes(damage(&bytes, kind == 2, chance)),
        // Between hubs and for short answers a cut is all that can happen.
        _ => Reply::Trouble(Trouble::Offline),
    };
    (Some(hurt), true)
}

/// Cuts the end off, or changes one bit.
fn damage(bytes: &Arc<[u8]>, cut: bool, chance: &mut Chance) -> Arc<[u8]> {
    let at = chance.index(bytes.len());
    let mut out = bytes.to_vec();
    if cut {
        out.truncate(at);
    } else if let Some(byte) = out.get_mut(at) {
        *byte ^= 1 << chance.below(8);
    }
    out.into()
}

/// Changes one bit of one entry. The cursors stay: nothing proves them, so keeping them whole is the work of TLS.
fn damage_entry(bytes: &Arc<[u8]>, chance: &mut Chance) -> Arc<[u8]> {
    let Ok(mut response) = cbor::from_slice::<PollResponse>(bytes, bytes.len()) else {
        return bytes.clone();
    };
    let mut entries: Vec<_> = response
        .boxes
        .iter_mut()
        .flat_map(|page| &mut page.entries)
        .collect();
    let at = chance.index(entries.len());
    if let Some(entry) = entries.get_mut(at) {
        let at = chance.index(entry.bytes.len());
        if let Some(byte) = entry.bytes.get_mut(at) {
            *byte ^= 1 << chance.below(8);
        }
    }
    response.to_bytes().into()
}
