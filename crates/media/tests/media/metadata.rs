//! Mai's photo says where she lives; what leaves her phone must not.

use crate::fixtures::{CAMERA_MARK, GPS_MARK, exif, jpeg_with, quarters};
use bantin_media::{Limits, photo};
use image::{ExtendedColorType, ImageEncoder};

const XMP_MARK: &[u8] = b"XMP-OWNER-MAI";
const IPTC_MARK: &[u8] = b"IPTC-CAPTION-HOME";
const ICC_MARK: &[u8] = b"ICC-PROFILE-OF-PHONE";
const TRAILER_MARK: &[u8] = b"MOTION-PHOTO-TRAILER";

/// Every marker segment of a JPEG up to its scan, by marker byte.
fn segments(jpeg: &[u8]) -> Vec<(u8, &[u8])> {
    let mut found = Vec::new();
    let mut at = 2;
    loop {
        assert_eq!(jpeg[at], 0xff, "segments must follow one another");
        let marker = jpeg[at + 1];
        let len = usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        found.push((marker, &jpeg[at + 4..at + 2 + len]));
        if marker == 0xda {
            return found;
        }
        at += 2 + len;
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

fn assert_silent(file: &[u8]) {
    let result = photo(file, &Limits::default()).unwrap();
    for picture in [&result.full, &result.screen, &result.thumb] {
        for mark in [
            GPS_MARK,
            CAMERA_MARK,
            XMP_MARK,
            IPTC_MARK,
            ICC_MARK,
            TRAILER_MARK,
            b"Exif",
            b"http://ns.adobe.com",
            b"Photoshop",
            b"ICC_PROFILE",
        ] {
            assert!(
                !contains(&picture.jpeg, mark),
                "{} must not leave the phone",
                String::from_utf8_lossy(mark)
            );
        }
        for (marker, body) in segments(&picture.jpeg) {
            assert_ne!(marker, 0xfe, "a comment may say anything, so there is none");
            if (0xe0..=0xef).contains(&marker) {
                assert!(
                    marker == 0xe0 && body.starts_with(b"JFIF\0") && body.len() == 14,
                    "the only application segment is JFIF's, which holds no text: {marker:x}"
                );
            }
        }
        assert!(
            picture.jpeg.ends_with(&[0xff, 0xd9]),
            "nothing may hang on behind the end of the picture"
        );
    }
}

#[test]
fn nothing_but_the_picture_survives_a_jpeg() {
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0", XMP_MARK].concat();
    let iptc = [b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x11", IPTC_MARK].concat();
    let mut file = jpeg_with(640, 480, |encoder| {
        encoder.add_exif_metadata(&exif(6)).unwrap();
        encoder.add_app_segment(1, xmp).unwrap();
        encoder.add_app_segment(13, iptc).unwrap();
        encoder.add_icc_profile(ICC_MARK).unwrap();
    });
    // Phones append a film or a second picture after the end marker.
    file.extend(TRAILER_MARK);
    for mark in [
        GPS_MARK,
        CAMERA_MARK,
        XMP_MARK,
        IPTC_MARK,
        ICC_MARK,
        TRAILER_MARK,
    ] {
        assert!(
            contains(&file, mark),
            "the fixture must carry what is removed, or it proves nothing"
        );
    }
    assert_silent(&file);
}

#[test]
fn nothing_but_the_picture_survives_a_png() {
    let mut file = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut file);
    encoder.set_exif_metadata(exif(8)).unwrap();
    encoder.set_icc_profile(ICC_MARK.to_vec()).unwrap();
    encoder
        .write_image(&quarters(64, 48), 64, 48, ExtendedColorType::Rgb8)
        .unwrap();
    assert!(
        contains(&file, GPS_MARK),
        "the fixture must carry what is removed"
    );
    let turned = photo(&file, &Limits::default()).unwrap();
    assert_eq!(
        (turned.full.width, turned.full.height),
        (48, 64),
        "a PNG's orientation counts before it is dropped"
    );
    assert_silent(&file);
}
