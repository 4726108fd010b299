//! Keys that are asked for, let speak, changed, lost and stolen, each by real hubs.

mod agency;
mod below;
mod guide;
mod lives;
mod root;
