//! What an engine is opened with. Clock and randomness come from outside, so tests decide them.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bantin_model::budget::Surroundings;
use bantin_model::time::Seconds;
use bantin_store::Bounds;

/// The clock of this device.
pub type Clock = Arc<dyn Fn() -> Seconds + Send + Sync>;

/// What the system says of network and battery.
pub type Around = Arc<dyn Fn() -> Surroundings + Send + Sync>;

/// What an engine is opened with.
#[derive(Clone)]
pub struct EngineConfig {
    /// Whose private file: 1–32 characters of `a–z 0–9 -`.
    pub profile: String,
    /// The device's clock.
    pub clock: Clock,
    /// Seed of all randomness; none takes the system's.
    pub seed: Option<[u8; 32]>,
    /// Local time, in minutes east of Greenwich.
    pub utc_offset_minutes: i32,
    /// The pairing link that this build or machine comes with.
    pub pairing: Option<String>,
    /// Largest cache of pictures and sound where the person chose none, in bytes.
    pub media_budget_bytes: u64,
    /// Most that one sync fetches of pictures and sound without being asked, in bytes.
    pub prefetch_bytes: u64,
    /// Memory and size of the databases.
    pub bounds: Bounds,
    /// Network and battery.
    pub surroundings: Around,
    /// How long a hub may stay silent.
    pub patience: Duration,
}

impl Default for EngineConfig {
    fn default() -> Self {
        Self {
            profile: "me".into(),
            clock: Arc::new(system_clock),
            seed: None,
            // Vietnam.
            utc_offset_minutes: 420,
            pairing: None,
            media_budget_bytes: 256 << 20,
            prefetch_bytes: 8 << 20,
            bounds: Bounds::default(),
            surroundings: Arc::new(crate::surroundings::of_this_device),
            patience: Duration::from_secs(30),
        }
    }
}

fn system_clock() -> Seconds {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Seconds(since.map_or(0, |since| since.as_secs()))
}
