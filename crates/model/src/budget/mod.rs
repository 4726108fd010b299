//! Data and battery: what may go over the line now, what waits, and what was spent.
//!
//! The order in which things go, and what may hold each of them up, is the one table [`ORDER`]. [`judge`]
//! reads it with what the person wants ([`Limits`]), what was spent and how the device stands
//! ([`Surroundings`]). What nobody knows (whether a network costs money, how full a battery is) stays
//! unknown and is never guessed.

mod judge;
mod kind;
mod limits;
mod spending;
mod surroundings;

pub use judge::{Holds, Spent, Wish, judge, left, used_up};
pub use kind::{Beyond, DataKind, ORDER, Row, SMALL_TEXT_BYTES};
pub use limits::{LIMIT_BYTES_MAX, LIMIT_BYTES_MIN, Limits, MEDIA_BYTES_MIN};
pub use spending::{DAYS_KEPT, Spending};
pub use surroundings::{Battery, LOW_PERCENT, Surroundings};
