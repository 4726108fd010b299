//! Small pictures in every accepted form: baseline and progressive, grey, with EXIF; PNG of every colour
//! type; WebP.

use image::codecs::{png::PngEncoder, webp::WebPEncoder};
use image::{ExtendedColorType, ImageEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

fn pixels(width: u32, height: u32, channels: u32) -> Vec<u8> {
    (0..width * height * channels)
        .map(|at| (at.wrapping_mul(37) >> (at % 3)) as u8)
        .collect()
}

fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    tiff
}

fn jpeg(
    side: (u16, u16),
    color: ColorType,
    change: impl FnOnce(&mut Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let channels = match color {
        ColorType::Luma => 1,
        ColorType::Cmyk => 4,
        _ => 3,
    };
    let (width, height) = side;
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 80);
    change(&mut encoder);
    let made = encoder.encode(
        &pixels(width.into(), height.into(), channels),
        width,
        height,
        color,
    );
    made.map(|()| out).unwrap_or_default()
}

fn png(width: u32, height: u32, channels: u32, color: ExtendedColorType) -> Vec<u8> {
    let mut out = Vec::new();
    let pixels = pixels(width, height, channels);
    let made = PngEncoder::new(&mut out).write_image(&pixels, width, height, color);
    made.map(|()| out).unwrap_or_default()
}

fn webp(width: u32, height: u32, alpha: bool) -> Vec<u8> {
    let (channels, color) = match alpha {
        true => (4, ExtendedColorType::Rgba8),
        false => (3, ExtendedColorType::Rgb8),
    };
    let mut out = Vec::new();
    let pixels = pixels(width, height, channels);
    let made = WebPEncoder::new_lossless(&mut out).encode(&pixels, width, height, color);
    made.map(|()| out).unwrap_or_default()
}

/// One of each form; small, because a million of them are looked at.
pub fn all() -> Vec<Vec<u8>> {
    let plain = |_: &mut Encoder<&mut Vec<u8>>| {};
    vec![
        jpeg((24, 16), ColorType::Rgb, plain),
        jpeg((9, 33), ColorType::Rgb, |e| e.set_progressive(true)),
        jpeg((16, 16), ColorType::Luma, plain),
        jpeg((16, 16), ColorType::Cmyk, plain),
        jpeg((20, 12), ColorType::Rgb, |e| {
            e.set_sampling_factor(SamplingFactor::F_2_2);
            e.set_restart_interval(2);
        }),
        jpeg((12, 20), ColorType::Rgb, |e| {
            let _ = e.add_app_segment(1, exif(6));
        }),
        png(17, 9, 3, ExtendedColorType::Rgb8),
        png(8, 8, 4, ExtendedColorType::Rgba8),
        png(8, 8, 1, ExtendedColorType::L8),
        png(8, 8, 2, ExtendedColorType::La8),
        png(6, 6, 6, ExtendedColorType::Rgb16),
        webp(16, 11, false),
        webp(8, 8, true),
    ]
}
