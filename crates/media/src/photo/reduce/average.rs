//! The mean of the samples under each new one, in whole numbers: no copy of the picture in floats.

use image::imageops::thumbnail;
use image::{ImageBuffer, Luma, Pixel, Rgb, Rgba};

use crate::MediaError;
use crate::photo::decode::Channels;

/// Averages packed samples. An error means that the buffer was short: a damaged file.
pub(in crate::photo) fn reduce(
    pixels: &[u8],
    channels: Channels,
    from: (u32, u32),
    to: (u32, u32),
) -> Result<Vec<u8>, MediaError> {
    match channels {
        Channels::Gray => shrink::<Luma<u8>>(pixels, from, to),
        Channels::Rgb => shrink::<Rgb<u8>>(pixels, from, to),
        Channels::Rgbx => shrink::<Rgba<u8>>(pixels, from, to),
    }
}

fn shrink<P: Pixel<Subpixel = u8> + 'static>(
    pixels: &[u8],
    from: (u32, u32),
    to: (u32, u32),
) -> Result<Vec<u8>, MediaError> {
    let source = ImageBuffer::<P, &[u8]>::from_raw(from.0, from.1, pixels);
    let source = source.ok_or(MediaError::Damaged)?;
    Ok(thumbnail(&source, to.0, to.1).into_raw())
}

#[cfg(test)]
mod tests {
    use super::reduce;
    use crate::photo::decode::Channels;
    use crate::photo::reduce::lanczos;

    #[test]
    fn both_ways_give_nearly_the_same_picture() {
        // A soft slope, as in a photo of a hillside: 90 x 60 in colour.
        let sample = |n: usize| u8::try_from((n / 3) % 90 * 2 + n % 3 * 20).unwrap_or(255);
        let pixels: Vec<u8> = (0..90 * 60 * 3).map(sample).collect();
        let browser = reduce(&pixels, Channels::Rgb, (90, 60), (30, 20));
        let app = lanczos::reduce(&pixels, Channels::Rgb, (90, 60), (30, 20));
        let (Ok(browser), Ok(app)) = (browser, app) else {
            unreachable!("a whole buffer is reduced")
        };
        assert_eq!(browser.len(), app.len(), "the size is the same");
        let apart = browser.iter().zip(&app).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(apart <= Some(16), "nobody sees the difference: {apart:?}");
    }

    #[test]
    fn a_short_buffer_is_damage() {
        assert!(
            reduce(&[0; 10], Channels::Rgb, (90, 60), (30, 20)).is_err(),
            "and no panic"
        );
    }
}
