//! From a file to pixels, by whichever decoder its first bytes ask for.

use super::{jpeg, still};
use crate::{Kind, Limits, MediaError, sniff};
use image::metadata::Orientation;

/// How the samples of a pixel are laid out. Alpha is gone by now: [`Channels::Rgbx`] carries an ignored fourth byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channels {
    /// One byte of brightness.
    Gray,
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue and a byte without meaning, kept so that flattening needs no second buffer.
    Rgbx,
}

/// Decoded pixels, rows from the top, without padding.
pub(super) struct Decoded {
    pub(super) pixels: Vec<u8>,
    pub(super) channels: Channels,
    pub(super) width: u32,
    pub(super) height: u32,
    /// How the pixels have to be turned before they are shown.
    pub(super) orientation: Orientation,
}

/// Decodes a picture whose longest side need not exceed `side_px`; it may come out larger, never smaller than that
/// unless it was.
pub(super) fn decode(bytes: &[u8], limits: &Limits, side_px: u32) -> Result<Decoded, MediaError> {
    let kind = sniff(bytes);
    kind.accepted_as_photo()?;
    match kind {
        Kind::Jpeg => jpeg::decode(bytes, limits, side_px),
        Kind::Png => still::decode_png(bytes, limits),
        _ => still::decode_webp(bytes, limits),
    }
}
