//! Data and battery: what the person allows, what was spent on what, what waits and why.

use std::collections::BTreeMap;

use bantin_model::budget::{DataKind, Holds, Limits, Surroundings};
use bantin_model::conversation::Date;
use serde::{Deserialize, Serialize};

use super::device::SyncOutcome;
use crate::commands;

/// Days of [`DataUse::days`].
pub const DAYS_SHOWN: u32 = 30;

/// Where the bytes went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataUse {
    /// What the person allows.
    pub limits: Limits,
    /// Received and sent since midnight of this device, in bytes.
    pub today_bytes: u64,
    /// Received and sent since the first of the month.
    pub month_bytes: u64,
    /// The month by kind; only what is not 0.
    pub month: BTreeMap<DataKind, u64>,
    /// The last [`DAYS_SHOWN`] days on which something went, newest first.
    pub days: Vec<DayUse>,
    /// The budget that is spent, if one is.
    pub holds: Option<Holds>,
    /// What is known of and waits.
    pub waits: Vec<Waiting>,
    /// Pictures and sound on this device, in bytes.
    pub media_bytes: u64,
    /// Room for them.
    pub media_most_bytes: u64,
    /// How the device stands, as far as somebody knows.
    pub around: Surroundings,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayUse {
    /// Which, by the clock of this device.
    pub day: Date,
    /// Bytes by kind.
    pub kinds: BTreeMap<DataKind, u64>,
}

/// Things of one kind that wait for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// What.
    pub kind: DataKind,
    /// Why.
    pub why: Holds,
    /// How many.
    pub count: u32,
    /// How much, in bytes.
    pub bytes: u64,
}

commands! {
    /// What the person allows, what was spent and what waits.
    DataGet "data_get" {} -> DataUse;
    /// Replaces what the person allows.
    DataSet "data_set" {
        /// All of it.
        limits: Limits,
    } -> ();
    /// A sync that fetches everything that waits, this once, whatever it takes.
    DataFetch "data_fetch" {} -> SyncOutcome;
    /// A window says what it knows of network and battery; what the engine knows by itself fills the gaps.
    DataAround "data_around" {
        /// As far as the window knows.
        around: Surroundings,
    } -> ();
}
