//! Keys that are asked for, let speak, changed, lost and stolen, each by real hubs.

mod below;
mod lives;
