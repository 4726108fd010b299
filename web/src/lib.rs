//! The browser's engine: what `crates/engine` is to the app, in a worker beside the page.
//!
//! [`engine`] holds every use-case and runs anywhere; [`host`] is all it needs of its surroundings:
//! a durable store, a way to the hub, a clock, chance and locks. `browser` is those with IndexedDB, fetch
//! and Web Locks; the tests bring their own. News are kept in memory and rebuilt at the start from the
//! signed segments in the store; what is private is durable before anything says so.

pub mod engine;
pub mod host;
mod news;
mod private;

#[cfg(target_arch = "wasm32")]
pub mod browser;

#[cfg(test)]
mod tests;
