//! Packs at a hub: letters come in by hand, news and answers go out (`docs/formats/pack.md`).

mod export;
mod import;

pub use export::{Given, Wanted};
pub use import::Taken;

use bantin_model::time::Seconds;

/// How long a mailbox that was asked for by hand is answered by hand.
pub(crate) const ASK_LIFE_S: u64 = 60 * Seconds::DAY;
