//! The use-cases of a device: follow a place, sync, read, search, ask, and never lose what was written.
//!
//! A folder is a noun and a file is a verb, as in `bantin_wire::ipc`; every command there is answered by
//! [`Engine::run`] and by a typed method. What is shown and what is sealed is decided in `bantin-view`,
//! what to fetch and send in `bantin_model::sync`: this crate carries it out, with the store, the disk
//! and one HTTP connection.

mod blob;
mod config;
mod conversation;
mod data;
mod device;
mod dispatch;
mod engine;
mod error;
mod file;
mod hub;
mod notice;
pub mod pack;
mod photo;
mod place;
mod product;
mod reading;
mod relay;
mod search;
pub mod shelf;
mod surroundings;
mod sync;

pub use config::{Around, Clock, EngineConfig};
pub use conversation::WaitingLetter;
pub use engine::Engine;
pub use error::{Error, Result};
pub use relay::Held;
