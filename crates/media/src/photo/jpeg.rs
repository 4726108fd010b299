//! JPEG, decoded at a fraction of its size: a 12-megapixel photo never exists in memory as 12 megapixels.

use super::decode::{Channels, Decoded};
use super::shrink::fit;
use crate::{Limits, MediaError};
use image::metadata::Orientation;
use jpeg_decoder::{CodingProcess, Decoder, ImageInfo, PixelFormat};

/// Decodes the JPEG in `bytes` at the smallest of 1/1, 1/2, 1/4 and 1/8 that still covers `side_px`.
pub(super) fn decode(bytes: &[u8], limits: &Limits, side_px: u32) -> Result<Decoded, MediaError> {
    let mut decoder = Decoder::new(bytes);
    decoder.read_info().map_err(refusal)?;
    let info = decoder.info().ok_or(MediaError::Damaged)?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    limits.check_picture(width, height, 0)?;
    let (want_width, want_height) = fit(width, height, side_px);
    let clamp = |px: u32| u16::try_from(px).unwrap_or(u16::MAX);
    let (width, height) = decoder
        .scale(clamp(want_width), clamp(want_height))
        .map_err(refusal)?;
    let memory = memory_bytes(&info, u32::from(width), u32::from(height))?;
    limits.check_picture(u32::from(info.width), u32::from(info.height), memory)?;

    let pixels = decoder.decode().map_err(refusal)?;
    let orientation = decoder
        .exif_data()
        .and_then(Orientation::from_exif_chunk)
        .unwrap_or(Orientation::NoTransforms);
    let (channels, pixels) = match info.pixel_format {
        PixelFormat::L8 => (Channels::Gray, pixels),
        PixelFormat::RGB24 => (Channels::Rgb, pixels),
        PixelFormat::CMYK32 => (Channels::Rgbx, ink_to_light(pixels)),
        PixelFormat::L16 => return Err(MediaError::Unsupported),
    };
    Ok(Decoded {
        pixels,
        channels,
        width: width.into(),
        height: height.into(),
        orientation,
    })
}

/// What decoding takes: the planes and the picture made of them, and for a progressive file all its coefficients,
/// two bytes a sample at full size. Lossless JPEG, which cannot be scaled, is a medical format and refused.
fn memory_bytes(info: &ImageInfo, width: u32, height: u32) -> Result<u64, MediaError> {
    let samples = info.pixel_format.pixel_bytes() as u64;
    let planes_and_picture = u64::from(width) * u64::from(height) * samples * 2;
    let coefficients = u64::from(info.width) * u64::from(info.height) * samples * 2;
    match info.coding_process {
        CodingProcess::DctSequential => Ok(planes_and_picture),
        CodingProcess::DctProgressive => Ok(planes_and_picture + coefficients),
        CodingProcess::Lossless => Err(MediaError::Unsupported),
    }
}

/// Cyan, magenta, yellow and black to red, green and blue, in place. Without the printer's profile this is an
/// approximation, as in every viewer that has none.
fn ink_to_light(mut pixels: Vec<u8>) -> Vec<u8> {
    for pixel in pixels.as_chunks_mut::<4>().0 {
        let [cyan, magenta, yellow, black] = pixel.map(|ink| u16::from(255 - ink));
        let light = |ink: u16| u8::try_from(ink * black / 255).unwrap_or(u8::MAX);
        *pixel = [light(cyan), light(magenta), light(yellow), 255];
    }
    pixels
}

/// A decoder's complaint as advice to the person. What it says in detail helps nobody who holds the phone.
fn refusal(error: jpeg_decoder::Error) -> MediaError {
    match error {
        jpeg_decoder::Error::Unsupported(_) => MediaError::Unsupported,
        _ => MediaError::Damaged,
    }
}
