//! The network's weather: which fault every request of a sync meets once before the network is in order.

use bantin_tests::network::{Fault, Network, Rule};
use bantin_tests::phone::Phone;

/// Everything a sync asks for.
pub const ROUTES: [&str; 6] = [
    "/v1/heads",
    "/v1/segments",
    "/v1/blobs",
    "/v1/attachments",
    "/v1/letters",
    "/v1/mailbox",
];

/// What the network does to a sync.
#[derive(Clone, Debug)]
pub enum Weather {
    /// Nothing.
    Fair,
    /// No way to the hub at all; then all is well.
    Gone,
    /// Every kind of request meets this once, each in a sync of its own; then all is well.
    Each(Fault),
    /// Every request for letters is delivered three times.
    Thrice,
}

/// Syncs in this weather until it is through; the last sync must succeed.
#[track_caller]
pub fn sync(phone: &Phone, network: &Network, weather: &Weather) {
    match weather {
        Weather::Fair => {}
        Weather::Gone => {
            network.cut();
            let said = phone.try_sync();
            assert_eq!(
                said.failure(),
                "offline",
                "no network has a message of its own: {said:?}"
            );
            network.mend();
        }
        Weather::Each(fault) => {
            for route in ROUTES {
                network.fail(Rule::once(route, fault.clone()));
                // It may fail or come through by another try; it must only not lose anything.
                phone.try_sync();
                network.mend();
            }
        }
        Weather::Thrice => {
            network.fail(Rule::always("/v1/letters", Fault::Thrice));
            network.fail(Rule::always("/v1/attachments", Fault::Thrice));
            phone.sync();
            network.mend();
        }
    }
    phone.sync();
}
