//! Sharing news with neighbours over the local network, and taking them from one. Only the app can: a
//! page in a browser may not listen.

use serde::{Deserialize, Serialize};

use super::device::SyncOutcome;
use crate::commands;

/// A QR code as a drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrView {
    /// Units along a side, the light margin included.
    pub side: u32,
    /// SVG path data of the dark modules.
    pub path: String,
}

/// How sharing goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// The pairing link for neighbours; none while nothing is shared.
    pub link: Option<String>,
    /// The same as a code to be scanned.
    pub qr: Option<QrView>,
    /// Devices nearby find this one by themselves.
    pub announced: bool,
    /// Devices that came.
    pub guests: u64,
    /// Bytes of news given to them.
    pub given_bytes: u64,
    /// Letters of neighbours that wait here for a network.
    pub letters_waiting: u32,
    /// It stopped by itself because the battery is low.
    pub battery_low: bool,
}

/// A neighbour's device that says it shares. Nothing of it is proven; the news from there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nearby {
    /// Its address.
    pub address: String,
    /// Names of the places it says to have, as far as this device knows them.
    pub places: Vec<String>,
    /// It says that its news stand under the root that this device trusts; others cannot be used.
    pub ours: bool,
}

commands! {
    /// Begins to share, or goes on.
    RelayStart "relay_start" {} -> Sharing;
    /// Stops sharing.
    RelayStop "relay_stop" {} -> Sharing;
    /// How sharing goes.
    RelayGet "relay_get" {} -> Sharing;
    /// Listens for neighbours who share; takes some seconds.
    RelayFind "relay_find" {} -> Vec<Nearby>;
    /// A sync through a neighbour's device.
    RelaySync "relay_sync" {
        /// Its address, or a whole pairing link.
        address: String,
    } -> SyncOutcome;
}
