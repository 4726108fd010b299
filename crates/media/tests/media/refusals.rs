//! What is refused, and that each refusal tells the person something else to do.

use crate::fixtures::{jpeg, jpeg_bomb, mp3, mp4, ogg, png, png_bomb, quarters, webp};
use bantin_media::{Kind, Limits, MediaError, photo, sniff};
use image::ExtendedColorType;

fn refusal(bytes: &[u8]) -> MediaError {
    photo(bytes, &Limits::default()).unwrap_err()
}

/// An ISO file of nothing but its brands.
fn branded(major: &[u8; 4], others: &[u8]) -> Vec<u8> {
    crate::fixtures::iso_box(b"ftyp", &[&major[..], &[0; 4], others].concat())
}

#[test]
fn a_file_is_what_its_bytes_say_whatever_its_name() {
    let cases: Vec<(Vec<u8>, Kind, &str)> = vec![
        (branded(b"heic", b"mif1heic"), Kind::Heic, "media-heic"),
        (branded(b"mif1", b"mif1heic"), Kind::Heic, "media-heic"),
        (branded(b"avif", b"mif1"), Kind::Avif, "media-heic"),
        (branded(b"mif1", b"miafavif"), Kind::Avif, "media-heic"),
        (branded(b"qt  ", b"qt  "), Kind::Video, "media-video"),
        (
            mp4(b"isom", &[(b"vide", b"avc1")]),
            Kind::Video,
            "media-video",
        ),
        (b"\x1a\x45\xdf\xa3\x01".to_vec(), Kind::Video, "media-video"),
        (b"RIFF\0\0\0\0AVI LIST".to_vec(), Kind::Video, "media-video"),
        (b"%PDF-1.7\n%".to_vec(), Kind::Pdf, "media-pdf"),
        (b"\r\n%PDF-1.4".to_vec(), Kind::Pdf, "media-pdf"),
        (
            b"GIF89a\x01\0".to_vec(),
            Kind::OtherPicture,
            "media-other-picture",
        ),
        (
            b"II*\0\x08\0\0\0".to_vec(),
            Kind::OtherPicture,
            "media-other-picture",
        ),
        (
            b"BM\x46\0\0\0\0\0\0\0".to_vec(),
            Kind::OtherPicture,
            "media-other-picture",
        ),
        (
            b"<?xml version=\"1.0\"?><svg/>".to_vec(),
            Kind::OtherPicture,
            "media-other-picture",
        ),
        (mp3(true), Kind::Audio, "media-audio"),
        (ogg(b"OpusHead"), Kind::Audio, "media-audio"),
        (
            b"PK\x03\x04word/document.xml".to_vec(),
            Kind::Unknown,
            "media-not-image",
        ),
        (
            "Xin chào bà con".as_bytes().to_vec(),
            Kind::Unknown,
            "media-not-image",
        ),
    ];
    for (bytes, kind, code) in cases {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(16)]).into_owned();
        assert_eq!(sniff(&bytes), kind, "{head:?} was taken for something else");
        assert_eq!(
            refusal(&bytes).code(),
            code,
            "{head:?} must get advice of its own"
        );
    }
    assert_eq!(
        sniff(&jpeg(8, 8)),
        Kind::Jpeg,
        "what cameras make is accepted"
    );
    assert_eq!(
        sniff(&webp(8, 8)),
        Kind::WebP,
        "what chat apps make is accepted"
    );
}

#[test]
fn an_empty_file_and_one_over_the_limit_are_refused_before_they_are_read() {
    assert_eq!(
        refusal(&[]),
        MediaError::Empty,
        "a cloud photo that never arrived"
    );
    let limits = Limits::default();
    let huge = vec![0; limits.max_bytes + 1];
    assert_eq!(
        refusal(&huge),
        MediaError::TooLarge {
            bytes: limits.max_bytes + 1,
            limit_bytes: limits.max_bytes
        },
        "the size is judged first, so the person learns the limit"
    );
    let mut at_limit = jpeg(64, 64);
    at_limit.resize(limits.max_bytes, 0);
    assert!(
        photo(&at_limit, &limits).is_ok(),
        "exactly the limit is still allowed"
    );
}

#[test]
fn a_picture_that_claims_to_be_enormous_is_refused_by_its_header() {
    assert_eq!(
        refusal(&png_bomb(65_535, 65_535)),
        MediaError::TooManyPixels {
            width: 65_535,
            height: 65_535
        },
        "17 GB must not be asked for because 70 bytes say so"
    );
    for progressive in [false, true] {
        assert_eq!(
            refusal(&jpeg_bomb(65_535, 65_535, progressive)),
            MediaError::TooManyPixels {
                width: 65_535,
                height: 65_535
            },
            "the same for JPEG, progressive: {progressive}"
        );
    }
    assert_eq!(
        refusal(&png_bomb(u32::MAX >> 1, u32::MAX >> 1)).code(),
        "media-too-many-pixels",
        "the product of the sides must not overflow into something small"
    );
    assert_eq!(
        refusal(&jpeg_bomb(7_000, 7_000, true)).code(),
        "media-too-many-pixels",
        "a progressive JPEG keeps all its coefficients: 49 megapixels take 290 MB"
    );
}

#[test]
fn the_pixel_limit_is_the_callers() {
    let limits = Limits {
        max_pixels: 100 * 100,
        ..Limits::default()
    };
    assert!(photo(&jpeg(100, 100), &limits).is_ok(), "at the limit");
    for file in [
        jpeg(101, 100),
        webp(101, 100),
        png(101, 100, &quarters(101, 100), ExtendedColorType::Rgb8),
    ] {
        assert_eq!(
            photo(&file, &limits).unwrap_err(),
            MediaError::TooManyPixels {
                width: 101,
                height: 100
            },
            "one column over the limit"
        );
    }
}

#[test]
fn a_truncated_picture_is_called_damaged() {
    let files = [
        png(64, 64, &quarters(64, 64), ExtendedColorType::Rgb8),
        webp(64, 64),
        jpeg(640, 640),
    ];
    for file in files {
        let cut = &file[..file.len() * 2 / 3];
        assert_eq!(
            refusal(cut),
            MediaError::Damaged,
            "half a label is no proof of a product: take the photo again"
        );
    }
}
