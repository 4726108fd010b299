//! Pictures and sounds from anybody's phone.

use bantin_media::{Limits, audio, photo};

/// The limits that the picture target gives. A phone's own allow 128 MiB for photos of 64 megapixels; here
/// it is shown that whatever limit is given holds, so it is set where 64 MB leave room for the results.
pub const LIMITS: Limits = Limits {
    max_bytes: 20_000_000,
    max_pixels: 64_000_000,
    max_memory_bytes: 40 << 20,
};

/// A photo that is made small.
pub fn image(data: &[u8]) -> bool {
    let Ok(photo) = photo(data, &LIMITS) else {
        return false;
    };
    for picture in [&photo.thumb, &photo.screen, &photo.full] {
        assert!(
            picture.jpeg.starts_with(&[0xff, 0xd8]) && picture.width > 0 && picture.height > 0,
            "what comes out is a picture"
        );
    }
    true
}

/// A sound that is recognised.
pub fn sound(data: &[u8]) -> bool {
    audio::sniff(data).is_ok()
}
