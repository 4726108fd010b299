//! Sounds and pictures of a publication.

mod pictures;
mod sounds;
mod upload;

pub use pictures::Pictures;
pub use sounds::Sounds;
