//! How much the person gives to the news.

use serde::{Deserialize, Serialize};

/// The smallest budget that can be set, in bytes: below it not even the question for news is paid.
pub const LIMIT_BYTES_MIN: u64 = 100_000;
/// The largest that makes sense, in bytes.
pub const LIMIT_BYTES_MAX: u64 = 1_000_000_000_000;
/// The smallest room for pictures and sound, in bytes.
pub const MEDIA_BYTES_MIN: u64 = 5_000_000;

/// What the person wants. Kept on the device only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Bytes a day; none for no limit.
    pub day_bytes: Option<u64>,
    /// Bytes a month; none for no limit.
    pub month_bytes: Option<u64>,
    /// Pictures and sound come unasked only where the network is known to cost nothing.
    pub only_wifi: bool,
    /// Room for pictures and sound on the device; none for the usual room.
    pub media_bytes: Option<u64>,
}

impl Limits {
    /// The field that cannot be kept, with the least or the most it may say.
    pub fn wrong(&self) -> Option<(&'static str, u64)> {
        let fields = [
            ("day_bytes", self.day_bytes, LIMIT_BYTES_MIN),
            ("month_bytes", self.month_bytes, LIMIT_BYTES_MIN),
            ("media_bytes", self.media_bytes, MEDIA_BYTES_MIN),
        ];
        fields.into_iter().find_map(|(name, value, least)| {
            let value = value?;
            let bound = match value {
                _ if value < least => least,
                _ if value > LIMIT_BYTES_MAX => LIMIT_BYTES_MAX,
                _ => return None,
            };
            Some((name, bound))
        })
    }
}
