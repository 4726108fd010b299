//! Media, bytes in and bytes out: what a file really is, photos made small and free of metadata, and sound
//! files recognised before anybody stores them.
//!
//! Nothing here reads a file, a clock or the network, and everything compiles for the browser. A file's name
//! and its declared type are never asked: only its bytes are, because a HEIC named `.jpg` is an everyday thing.
//!
//! - [`sniff`] tells the kind of a file by its first bytes;
//! - [`photo`] turns an accepted picture into three fresh JPEGs without metadata;
//! - [`audio::sniff`] accepts the sound formats every supported device can play.
//!
//! Errors are [`MediaError`]; its [`code`](MediaError::code) names the message the person reads.

pub mod audio;
mod error;
mod limits;
mod photo;
mod sniff;

pub use error::MediaError;
pub use limits::Limits;
pub use photo::{
    FULL_QUALITY, FULL_SIDE_PX, Photo, Picture, SCREEN_QUALITY, SCREEN_SIDE_PX, THUMB_QUALITY,
    THUMB_SIDE_PX, photo,
};
pub use sniff::{Kind, sniff};
