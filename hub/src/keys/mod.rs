//! Secret keys: files of their own, readable by their owner alone, outside the database and outside the
//! ordinary backup.

mod file;
mod ring;

pub use file::{create_private, read_secrets, write_secrets};
pub use ring::{AgencyKeys, Keys, PlaceKeys, read_roots};
