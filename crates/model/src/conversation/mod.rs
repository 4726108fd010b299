//! A conversation between a person and an agency: where it stands, until when an answer is due, and
//! what is proven about each letter.

mod calendar;
mod deadline;
mod status;
mod stones;

pub use calendar::Date;
pub use deadline::{
    Clock, DayCount, DeadlineError, DeadlineRule, DeadlineRules, StatusAt, clock, due_at,
};
pub use status::{Event, Refused, Status, status_code};
pub use stones::{Proof, Stones, Who, stones};
