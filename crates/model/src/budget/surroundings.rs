//! How the device stands: its network and its battery, as far as somebody knows.

use serde::{Deserialize, Serialize};

/// A battery that does not charge is low from here on, in per cent.
pub const LOW_PERCENT: u8 = 20;

/// A battery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Battery {
    /// How full, 0–100.
    pub percent: u8,
    /// It is being charged, or stands on the mains; none if nobody says.
    pub charging: Option<bool>,
}

/// What is known of the moment. None is unknown, and not a guess.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Surroundings {
    /// The network costs money by the byte.
    pub metered: Option<bool>,
    /// The person told the device to save data.
    pub saver: Option<bool>,
    /// The battery, if there is one and it can be asked.
    pub battery: Option<Battery>,
}

impl Surroundings {
    /// These, and what `other` knows where these know nothing.
    pub fn or(self, other: Self) -> Self {
        Self {
            metered: self.metered.or(other.metered),
            saver: self.saver.or(other.saver),
            battery: self.battery.or(other.battery),
        }
    }

    /// The battery is known to be low and known not to charge.
    pub fn low(&self) -> bool {
        self.battery.is_some_and(|battery| {
            battery.percent <= LOW_PERCENT && battery.charging == Some(false)
        })
    }

    /// The battery is low, or the device saves data.
    pub fn spares(&self) -> bool {
        self.low() || self.saver == Some(true)
    }

    /// The network is known to cost money, or the device saves data.
    pub fn dear(&self) -> bool {
        self.metered == Some(true) || self.saver == Some(true)
    }

    /// The network is known to cost nothing, and the device saves no data.
    pub fn free(&self) -> bool {
        self.metered == Some(false) && self.saver != Some(true)
    }
}
