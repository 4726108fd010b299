//! PNG and WebP: screenshots and pictures from chat apps. They cannot be decoded at a fraction of their size, so the
//! memory limit is what bounds them.

use super::decode::{Channels, Decoded};
use crate::{Limits, MediaError};
use image::codecs::{png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageError};
use std::io::Cursor;

/// Bytes a pixel of WebP takes while it is decoded: planes or packed pixels, and the result.
const WEBP_BYTES_PER_PIXEL: u64 = 8;

/// Decodes the PNG in `bytes`.
pub(super) fn decode_png(bytes: &[u8], limits: &Limits) -> Result<Decoded, MediaError> {
    // The decoder refuses absurd sizes too, but as damage; judged here, the person learns what is wrong.
    if let Some((width, height)) = png_size(bytes) {
        limits.check_picture(width, height, 0)?;
    }
    let mut bound = image::Limits::no_limits();
    bound.max_alloc = Some(limits.max_memory_bytes);
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), bound).map_err(refusal)?;
    let bytes_per_pixel = match decoder.color_type() {
        color @ (ColorType::L8 | ColorType::Rgb8 | ColorType::Rgba8) => {
            u64::from(color.bytes_per_pixel())
        }
        // 16-bit samples and gray with alpha exist twice for a moment: as decoded, and as converted.
        color => u64::from(color.bytes_per_pixel()) + 4,
    };
    finish(decoder, limits, bytes_per_pixel)
}

/// Width and height from a PNG's first chunk, which is always its header.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let (width, rest) = bytes.get(16..)?.split_first_chunk::<4>()?;
    let height = rest.first_chunk::<4>()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)))
}

/// Decodes the WebP in `bytes`; of an animation, its first frame.
pub(super) fn decode_webp(bytes: &[u8], limits: &Limits) -> Result<Decoded, MediaError> {
    let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(refusal)?;
    finish(decoder, limits, WEBP_BYTES_PER_PIXEL)
}

/// Checks the limits on the header, then decodes and flattens.
fn finish(
    mut decoder: impl ImageDecoder,
    limits: &Limits,
    bytes_per_pixel: u64,
) -> Result<Decoded, MediaError> {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    limits.check_picture(width, height, pixels.saturating_mul(bytes_per_pixel))?;
    // Metadata that cannot be read turns nothing: the picture matters more than its note.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|error| match error {
        ImageError::Limits(_) => MediaError::TooManyPixels { width, height },
        other => refusal(other),
    })?;
    let (channels, pixels) = match image {
        DynamicImage::ImageLuma8(gray) => (Channels::Gray, gray.into_raw()),
        DynamicImage::ImageRgb8(rgb) => (Channels::Rgb, rgb.into_raw()),
        gray @ DynamicImage::ImageLuma16(_) => (Channels::Gray, gray.into_luma8().into_raw()),
        rgb @ DynamicImage::ImageRgb16(_) => (Channels::Rgb, rgb.into_rgb8().into_raw()),
        other => (Channels::Rgbx, on_white(other.into_rgba8().into_raw())),
    };
    Ok(Decoded {
        pixels,
        channels,
        width,
        height,
        orientation,
    })
}

/// Lays transparent pixels on white paper, in place: JPEG knows no transparency, and black would swallow a drawing.
fn on_white(mut pixels: Vec<u8>) -> Vec<u8> {
    for [red, green, blue, alpha] in pixels.as_chunks_mut::<4>().0 {
        let opaque = u16::from(*alpha);
        for sample in [red, green, blue] {
            let blended = (u16::from(*sample) * opaque + 255 * (255 - opaque) + 127) / 255;
            *sample = u8::try_from(blended).unwrap_or(u8::MAX);
        }
    }
    pixels
}

/// A decoder's complaint as advice to the person.
fn refusal(error: ImageError) -> MediaError {
    match error {
        ImageError::Unsupported(_) => MediaError::Unsupported,
        _ => MediaError::Damaged,
    }
}
