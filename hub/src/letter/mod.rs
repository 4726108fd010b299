//! Letters: taken in and acknowledged, then opened for the agency they are for.

mod accept;
pub mod attachment;
mod cache;
mod intake;

pub use accept::Batch;
pub use attachment::Uploads;
pub use cache::{Opened, OpenedCache};
