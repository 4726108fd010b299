//! Planning of a sync: a pure state machine that says what to fetch, send, verify and apply.
//!
//! A [`Session`] is told what happened ([`Event`]) and answers what to do next ([`Effect`]). It has no
//! clock, no randomness, no sockets and no SQL: the device, the command line, the browser and a
//! simulation run this very code and differ only in how they carry out effects. Everything that
//! changes trusted state goes through the one effect [`Effect::Apply`], which must be atomic and
//! durable before it is reported as done.

mod backoff;
mod dictionaries;
mod effect;
mod event;
mod feeds;
mod mail;
mod moving;
mod open;
mod order;
mod outbox;
mod session;
mod start;

pub use backoff::{next_pulse_after_s, next_sync_after_s};
pub use effect::{
    Apply, Effect, FeedChange, MailChange, NewSegment, ReceiptChange, Request, Summary,
};
pub use event::{Event, Trouble};
pub use open::{Opened, Unopened};
pub use order::next_request;
pub use session::Session;
pub use start::{FeedState, MailboxState, Outgoing, Scope, Start, life_of};
