//! Makes the three sizes of one photo from the command line and prints what it took: the figure for the
//! documentation comes from here. `photo FILE` reduces a file, `photo --make FILE` writes a synthetic 12-megapixel one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::error::Error;

/// Sides of a photo from an ordinary 12-megapixel phone camera, in pixels.
const CAMERA_PX: (u32, u32) = (4032, 3024);

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--make", file] => make(file),
        [file] => reduce(file),
        _ => Err("photo FILE | photo --make FILE".into()),
    }
}

/// Reduces `file` and prints the sizes.
fn reduce(file: &str) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    let photo = bantin_media::photo(&bytes, &bantin_media::Limits::default())?;
    for (name, picture) in [
        ("full", photo.full),
        ("screen", photo.screen),
        ("thumb", photo.thumb),
    ] {
        println!(
            "{name} {}x{} {} B",
            picture.width,
            picture.height,
            picture.jpeg.len()
        );
    }
    Ok(())
}

/// Writes a picture with soft shapes and sensor noise: about as hard to compress as a photo of a market.
fn make(file: &str) -> Result<(), Box<dyn Error>> {
    let (width, height) = CAMERA_PX;
    let mut state = 1_u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let shapes = image::RgbImage::from_fn(200, 150, |_, _| {
        image::Rgb([random(), random(), random() / 2])
    });
    let filter = image::imageops::FilterType::Triangle;
    let mut picture = image::imageops::resize(&shapes, width, height, filter);
    for pixel in picture.pixels_mut() {
        let noise = random() % 16;
        pixel.0 = pixel.0.map(|v| v.saturating_add(noise).saturating_sub(8));
    }
    let mut encoder = jpeg_encoder::Encoder::new_file(file, 88)?;
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    let (width, height) = (width.try_into()?, height.try_into()?);
    encoder.encode(
        picture.as_raw(),
        width,
        height,
        jpeg_encoder::ColorType::Rgb,
    )?;
    Ok(())
}
