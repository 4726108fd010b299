//! Smaller, and upright: the only two things that happen to pixels here.

use super::decode::{Channels, Decoded};
use super::reduce::reduce;
use crate::MediaError;
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};

/// The size of `width` × `height` when its longest side is at most `side_px`: never larger, never without a pixel.
pub(super) fn fit(width: u32, height: u32, side_px: u32) -> (u32, u32) {
    let longest = width.max(height).max(1);
    if longest <= side_px {
        return (width, height);
    }
    let scaled = |side: u32| {
        let rounded =
            (u64::from(side) * u64::from(side_px) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(rounded).unwrap_or(side_px).max(1)
    };
    (scaled(width), scaled(height))
}

/// The first reduction, from whatever the decoder gave to RGB, with the orientation still to be applied.
pub(super) fn first(decoded: Decoded, side_px: u32) -> Result<(RgbImage, Orientation), MediaError> {
    let Decoded {
        pixels,
        channels,
        width,
        height,
        orientation,
    } = decoded;
    let (to_width, to_height) = fit(width, height, side_px);
    let small = if (to_width, to_height) == (width, height) {
        pixels
    } else {
        reduce(&pixels, channels, (width, height), (to_width, to_height))?
    };
    let rgb = match channels {
        Channels::Gray => small.iter().flat_map(|gray| [*gray; 3]).collect(),
        Channels::Rgb => small,
        Channels::Rgbx => {
            let (whole, _) = small.as_chunks::<4>();
            whole.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect()
        }
    };
    let image = RgbImage::from_raw(to_width, to_height, rgb).ok_or(MediaError::Damaged)?;
    Ok((image, orientation))
}

/// Applies the orientation. It is done after the first reduction, where it moves 2 megapixels and not 12.
pub(super) fn upright((image, orientation): (RgbImage, Orientation)) -> RgbImage {
    if orientation == Orientation::NoTransforms {
        return image;
    }
    let mut image = DynamicImage::ImageRgb8(image);
    image.apply_orientation(orientation);
    image.into_rgb8()
}

/// The next smaller size, or `None` when `image` already fits.
pub(super) fn next(image: &RgbImage, side_px: u32) -> Result<Option<RgbImage>, MediaError> {
    let from = image.dimensions();
    let to = fit(from.0, from.1, side_px);
    if to == from {
        return Ok(None);
    }
    let pixels = reduce(image.as_raw(), Channels::Rgb, from, to)?;
    Ok(RgbImage::from_raw(to.0, to.1, pixels))
}
