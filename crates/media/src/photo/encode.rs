//! Pixels to JPEG: a fresh file, so nothing of the old one can survive in it.

use super::Picture;
use crate::MediaError;
use image::RgbImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Encodes `image` at `quality` (1–100): baseline, because old viewers draw it at once; 4:2:0 and tables made for
/// the picture, which together take two fifths off the bytes.
pub(super) fn picture(image: &RgbImage, quality: u8) -> Result<Picture, MediaError> {
    let (width, height) = image.dimensions();
    let side = |px: u32| u16::try_from(px).map_err(|_| MediaError::TooManyPixels { width, height });
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_optimized_huffman_tables(true);
    encoder
        .encode(image.as_raw(), side(width)?, side(height)?, ColorType::Rgb)
        .map_err(|_| MediaError::Damaged)?;
    Ok(Picture {
        jpeg,
        width,
        height,
    })
}

/// Encodes `image`, or takes over the `larger` size when there was nothing to make smaller.
pub(super) fn or_reuse(
    image: Option<&RgbImage>,
    larger: &Picture,
    quality: u8,
) -> Result<Picture, MediaError> {
    match image {
        Some(image) => picture(image, quality),
        None => Ok(larger.clone()),
    }
}
