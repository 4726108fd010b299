//! A country of seven hubs and twenty phones in one thread, under every weather, replayable from a seed.
//!
//! What is simulated is only what lies around the product: disks, links, clocks, crashes, people. The decisions are
//! the shipped ones: every node runs [`bantin_model::sync::Session`] on real bytes of the formats with real
//! signatures and seals. [`run`] plays one seed from its first event to the last check; the same seed gives the same
//! [`Outcome`], down to the trace. A [`Flaw`] plants a bug, so that one can see that the checks are able to fail.

mod cast;
mod chance;
mod client;
mod flaw;
mod hub;
mod message;
mod network;
mod oracle;
mod outcome;
mod phone;
mod plan;
mod rogue;
mod trace;
mod world;

pub use flaw::Flaw;
pub use outcome::{Breach, Counts, Outcome};

/// Plays one seed.
pub fn run(seed: u64, flaw: Option<Flaw>) -> Outcome {
    world::World::new(seed, flaw).play()
}
