//! A photo as it comes from a phone, made into three small JPEGs that say nothing but the picture.

mod decode;
mod encode;
mod jpeg;
mod reduce;
mod shrink;
mod still;

use crate::{Limits, MediaError};

/// Longest side of the picture shown in lists, in pixels.
pub const THUMB_SIDE_PX: u32 = 320;
/// Longest side of the picture shown across a phone's screen, in pixels.
pub const SCREEN_SIDE_PX: u32 = 960;
/// Longest side of the picture an officer enlarges to check a label, in pixels.
pub const FULL_SIDE_PX: u32 = 1600;
/// JPEG quality of the thumbnail: seen small, fetched by everybody.
pub const THUMB_QUALITY: u8 = 70;
/// JPEG quality of the screen size.
pub const SCREEN_QUALITY: u8 = 75;
/// JPEG quality of the full size, where small print has to stay readable.
pub const FULL_QUALITY: u8 = 80;

/// One JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file: baseline JPEG in sRGB order, 4:2:0, without any metadata segment.
    pub jpeg: Vec<u8>,
    /// Width in pixels, as it is to be shown.
    pub width: u32,
    /// Height in pixels, as it is to be shown.
    pub height: u32,
}

/// A photo in its three sizes. A picture is never made larger than it came, so the sizes of a small one are equal,
/// byte for byte: stored by hash, they are one blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Long side at most [`THUMB_SIDE_PX`].
    pub thumb: Picture,
    /// Long side at most [`SCREEN_SIDE_PX`].
    pub screen: Picture,
    /// Long side at most [`FULL_SIDE_PX`].
    pub full: Picture,
}

/// Makes the three sizes of the JPEG, PNG or WebP in `bytes`: turned upright by its EXIF orientation, flattened on
/// white where it is transparent, encoded afresh so that no metadata (place, time, device, profile) survives.
///
/// A colour profile is dropped with the rest and its numbers are taken as sRGB: photos in wider gamuts come out
/// slightly paler.
///
/// # Errors
/// [`MediaError`]: what the file is instead, which limit it breaks, or that it is damaged. Size and pixel limits are
/// checked on the header, before anything is allocated.
pub fn photo(bytes: &[u8], limits: &Limits) -> Result<Photo, MediaError> {
    limits.check_bytes(bytes)?;
    let decoded = decode::decode(bytes, limits, FULL_SIDE_PX)?;
    let full_pixels = shrink::upright(shrink::first(decoded, FULL_SIDE_PX)?);
    let full = encode::picture(&full_pixels, FULL_QUALITY)?;
    // Each size is made from the one above it: a third of the work, and no difference the eye can see.
    let screen_pixels = shrink::next(&full_pixels, SCREEN_SIDE_PX)?;
    let screen = encode::or_reuse(screen_pixels.as_ref(), &full, SCREEN_QUALITY)?;
    let thumb_pixels = shrink::next(
        screen_pixels.as_ref().unwrap_or(&full_pixels),
        THUMB_SIDE_PX,
    )?;
    let thumb = encode::or_reuse(thumb_pixels.as_ref(), &screen, THUMB_QUALITY)?;
    Ok(Photo {
        thumb,
        screen,
        full,
    })
}
