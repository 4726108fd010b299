//! Lanczos with the vector instructions of the machine.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use crate::MediaError;
use crate::photo::decode::Channels;

/// Lanczos over packed samples. The sizes were computed from the buffer, so an error means the buffer was short:
/// a damaged file.
pub(in crate::photo) fn reduce(
    pixels: &[u8],
    channels: Channels,
    from: (u32, u32),
    to: (u32, u32),
) -> Result<Vec<u8>, MediaError> {
    let pixel_type = match channels {
        Channels::Gray => PixelType::U8,
        Channels::Rgb => PixelType::U8x3,
        Channels::Rgbx => PixelType::U8x4,
    };
    let source =
        ImageRef::new(from.0, from.1, pixels, pixel_type).map_err(|_| MediaError::Damaged)?;
    let mut target = Image::new(to.0, to.1, pixel_type);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        // The fourth byte, where there is one, is no alpha any more.
        .use_alpha(false);
    Resizer::new()
        .resize(&source, &mut target, &options)
        .map_err(|_| MediaError::Damaged)?;
    Ok(target.into_vec())
}
