//! Secret keys: files of their own, readable by their owner alone, outside the database and outside the
//! ordinary backup.

mod file;
mod ring;
mod root;
mod rotate;
mod watch;

pub use file::{create_private, read_secrets, write_secrets};
pub use ring::{AgencyKeys, Keys, NextKeys, PlaceKeys};
pub use root::{make_root, make_roots, read_root, read_roots};
pub use watch::KeyRing;
