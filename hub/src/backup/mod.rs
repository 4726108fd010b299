//! Backup and restore. A backup holds everything but the keys and the operator may keep it anywhere:
//! letters in it are sealed. The keys have a ceremony of their own.

mod keys;
mod restore;
mod write;

pub use keys::write_keys;
pub use restore::restore;
pub use write::write;
