//! Whatever the bytes, the answer is a picture or an error: never a panic, never a limit broken.

use crate::fixtures::{exif, jpeg_with, mp3, mp4, ogg, png, quarters, wav, webp};
use bantin_media::{FULL_SIDE_PX, Limits, audio, photo, sniff};
use image::ExtendedColorType;
use proptest::prelude::*;

/// Valid files to be mutated, small so that many cases fit into a second.
fn valid() -> Vec<Vec<u8>> {
    let rgba: Vec<u8> = [9, 90, 200, 128].repeat(40 * 30);
    vec![
        jpeg_with(40, 30, |encoder| {
            encoder.add_exif_metadata(&exif(6)).unwrap();
        }),
        jpeg_with(40, 30, |encoder| encoder.set_progressive(true)),
        jpeg_with(40, 30, |encoder| {
            encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_1);
            encoder.set_restart_interval(2);
        }),
        png(40, 30, &quarters(40, 30), ExtendedColorType::Rgb8),
        png(40, 30, &rgba, ExtendedColorType::Rgba8),
        webp(40, 30),
        mp3(true),
        ogg(b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0"),
        wav(1),
        mp4(b"M4A ", &[(b"soun", b"mp4a")]),
    ]
}

/// Bounds small enough that a mutated header which asks for more is caught by them.
fn tight() -> Limits {
    Limits {
        max_bytes: 100_000,
        max_pixels: 1_000_000,
        max_memory_bytes: 8 << 20,
    }
}

fn assert_bounded(bytes: &[u8]) {
    let _ = sniff(bytes);
    let _ = audio::sniff(bytes);
    if let Ok(photo) = photo(bytes, &tight()) {
        for picture in [photo.thumb, photo.screen, photo.full] {
            let longest = picture.width.max(picture.height);
            assert!(
                (1..=FULL_SIDE_PX).contains(&longest),
                "an accepted picture has a size inside the promise: {longest}"
            );
            assert!(
                picture.jpeg.len() < 4_000_000,
                "an accepted picture fits a letter"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        assert_bounded(&bytes);
    }

    #[test]
    fn arbitrary_bytes_behind_a_true_start_never_panic(
        which in 0..10_usize,
        keep in 4..200_usize,
        tail in proptest::collection::vec(any::<u8>(), 0..1_000),
    ) {
        let mut bytes = valid().swap_remove(which);
        bytes.truncate(keep);
        bytes.extend(tail);
        assert_bounded(&bytes);
    }

    #[test]
    fn mutated_files_never_panic(
        which in 0..10_usize,
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<proptest::sample::Index>(),
        truncate in proptest::bool::weighted(0.2),
    ) {
        let mut bytes = valid().swap_remove(which);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if truncate {
            let len = cut.index(bytes.len());
            bytes.truncate(len);
        }
        assert_bounded(&bytes);
    }
}
