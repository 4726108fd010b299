//! Notices and heritage.

mod bulletin;
mod list;
mod read;
mod save;

pub(crate) use list::LIST_MAX;
