//! A relay: a phone or laptop that has news and serves them to its neighbours over the local network, in
//! the same protocol as a hub (`docs/formats/http.md`, `docs/relay.md`).
//!
//! What comes down is passed on as the device holds it and proves itself. What goes up, sealed letters of
//! guests, is kept in a bounded store of its own until a hub has it; the hub's receipt is kept for the
//! guest. Nothing of the person whose device this is can be asked for here.

mod battery;
mod carried;
mod carry;
mod error;
mod guests;
mod key;
mod limits;
mod link;
mod mail;
mod nearby;
mod qr;
mod relay;
mod serve;
mod state;

pub use error::RelayError;
pub use limits::Limits;
pub use nearby::{Found, find};
pub use qr::Qr;
pub use relay::{End, Relay, RelayConfig};
pub use state::Tally;
