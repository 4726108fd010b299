//! The concepts of Bản Tin and every rule about them, without I/O.
//!
//! Clock and randomness are parameters, so the phone, the browser, the hub, the command line and a
//! simulation run the very same code. The module order below is the reading order: identities and
//! bytes first, then what travels down (records, feeds), then what travels up (letters), then both of
//! them in one file (packs), then what may go when (budgets), then the planning of a sync.

pub mod cbor;
pub mod id;
pub mod place;
pub mod record;
pub mod sign;
pub mod time;
pub mod tree;

pub mod feed;

pub mod conversation;
pub mod letter;

pub mod pack;

pub mod budget;

pub mod sync;
