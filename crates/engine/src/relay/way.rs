//! Which way a sync goes: to the hub, or through a device nearby.

use bantin_model::letter::{ReceiptKey, Signer};
use bantin_model::sync::{Start, Summary, Trouble};
use bantin_model::time::Seconds;
use bantin_store::news::Follow;
use bantin_view::Pairing;
use bantin_wire::http::RelayCard;
use bantin_wire::ipc::device::SyncOutcome;
use bantin_wire::{Code, Failure};

use crate::engine::Stores;
use crate::{Engine, Result};

/// Which way a sync goes.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    /// To the hub that is followed.
    Hub,
    /// Through a relay.
    Relay(Box<Via>),
}

/// A relay that a sync goes through.
#[derive(Clone, Debug)]
pub(crate) struct Via {
    pub(crate) base: String,
    pub(crate) card: RelayCard,
    /// Somebody chose it for this sync. Only then mailboxes are asked there: a poll shows a relay which
    /// mailboxes are one person's.
    chosen: bool,
}

impl Engine {
    /// A sync through the relay at an address, `http://…` or a whole pairing link. The device goes on
    /// following its own hub; the relay is remembered for times when that cannot be reached.
    ///
    /// # Errors
    /// [`Code::RootMismatch`] if the relay's news stand under another root; [`Code::NotFound`] at
    /// `relay` if no relay is there; as [`Engine::sync`].
    pub async fn sync_via(&self, address: &str) -> Result<SyncOutcome> {
        let follow = self.stores().await.news.follow().await?;
        let follow = follow.ok_or_else(|| Failure::at(Code::NotFound, "place"))?;
        let base = base_of(address, &follow)?;
        let card = self.relay_card(&base).await?;
        let card = card.ok_or_else(|| Failure::at(Code::NotFound, "relay"))?;
        if card.root != follow.pin.root.to_string() {
            return Err(Code::RootMismatch.into());
        }
        let via = Via {
            base,
            card,
            chosen: true,
        };
        let outcome = self.sync_through(via.clone()).await?;
        self.stores().await.news.set_relay(&via.base).await?;
        Ok(outcome)
    }

    /// The relay that was last of use, if it is there now and stands under the same root.
    pub(crate) async fn relay_remembered(&self) -> Option<Via> {
        let news = self.stores().await.news;
        let base = news.relay().await.ok().filter(|base| !base.is_empty())?;
        let follow = news.follow().await.ok()??;
        let card = self.relay_card(&base).await.ok()??;
        (card.root == follow.pin.root.to_string()).then_some(Via {
            base,
            card,
            chosen: false,
        })
    }
}

fn base_of(address: &str, follow: &Follow) -> Result<String> {
    let address = address.trim();
    let link = match address.contains('#') {
        true => address.to_owned(),
        false => format!("{address}#root={}", follow.pin.root),
    };
    let pairing = Pairing::parse(&link)?;
    if pairing.root != follow.pin.root {
        return Err(Code::RootMismatch.into());
    }
    Ok(pairing.url)
}

impl Via {
    /// What a session may do here: cursors belong to one hub's copy of a mailbox, so mailboxes are only
    /// asked through a relay of the hub whose cursors this device has.
    pub(crate) fn prepare(&self, start: &mut Start, follow: &Follow) {
        if !self.chosen || self.card.hub != follow.hub {
            start.mailboxes.clear();
        }
        let known = |key: &ReceiptKey| key.key == self.card.key;
        if !start.receipt_keys.iter().any(known) {
            start.receipt_keys.push(ReceiptKey {
                key: self.card.key,
                place: self.card.place.clone(),
                signer: Signer::Relay,
            });
        }
    }

    /// What a sync through here says of freshness: a relay's news are as old as its own last sync, and
    /// heads that lay on a phone for a week say nothing about this device's clock.
    pub(crate) async fn seen(&self, stores: &Stores, now: Seconds) -> Result<(Seconds, bool)> {
        let held = stores.news.freshness().await?;
        let checked = self.card.checked_at.min(now).max(held.checked_at);
        Ok((checked, held.clock_wrong))
    }

    /// A neighbour whose news are older than ours does no wrong.
    pub(crate) fn forgive(&self, summary: &mut Summary) {
        summary.troubles.remove(&Trouble::RolledBack);
    }

    /// Only this device's own hub can refuse a letter for good.
    pub(crate) fn soften(&self, trouble: Trouble) -> Trouble {
        match trouble {
            Trouble::Refused => Trouble::Offline,
            other => other,
        }
    }
}
