//! Files of a data directory: immutable, named by the hash of their bytes, durable before they are named.

mod place;
mod upload;
mod write;

pub use place::Disk;
pub use upload::{Upload, UploadError};
pub use write::{sync_dir, write_new};
