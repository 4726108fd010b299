//! The village in which the stories happen: a hub, a network that can fail, and people with phones.

mod hanh;
mod notice;

use bantin_tests::hub::{Hub, PLACE, Serving};
use bantin_tests::network::Network;
use bantin_tests::phone::Phone;

pub use hanh::Hanh;
pub use notice::{NOTICE_TITLE, write_notice};

/// A hub that serves, and the network to it.
pub struct Village {
    pub network: Network,
    pub serving: Option<Serving>,
    pub hub: Hub,
}

impl Village {
    /// The hub with the starter content serves; the network is in order.
    pub fn new() -> Self {
        let hub = Hub::filled();
        let serving = hub.serve();
        let network = Network::to(serving.citizen);
        Self {
            network,
            serving: Some(serving),
            hub,
        }
    }

    /// A phone that follows the commune and has never synced.
    pub fn phone(&self, owner: &'static str) -> Phone {
        let phone = Phone::of(owner);
        phone.follow(&self.link(), PLACE);
        phone
    }

    /// The pairing link, through the network that can fail.
    pub fn link(&self) -> String {
        format!("{}#root={}", self.network.url(), self.hub.root())
    }

    /// Officer Hạnh at her desk, signed in.
    pub fn hanh(&self) -> Hanh<'_> {
        Hanh::at(self)
    }

    /// The hub's process dies as in a power cut and is started again.
    pub fn power_cut_at_hub(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.kill();
        }
        self.start_hub();
    }

    /// Starts the hub (again); the network leads to it.
    pub fn start_hub(&mut self) {
        let serving = self.hub.serve();
        self.network.lead_to(serving.citizen);
        self.serving = Some(serving);
    }

    /// The hub as it serves now.
    pub fn serving(&self) -> &Serving {
        self.serving.as_ref().expect("the hub serves")
    }
}
