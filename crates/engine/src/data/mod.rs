//! Data and battery of this device: counting what goes over the line, holding back what waits, showing
//! where the bytes went, and keeping pictures and sound within their room.

mod count;
mod limit;
mod meter;
mod room;
mod show;

pub(crate) use meter::{Errand, Meter};
