//! Thu photographs her rượu cần: the picture comes out upright, small, and in its own colours.

use crate::fixtures::{QUARTERS, exif, jpeg, jpeg_with, png, quarters, webp};
use bantin_media::{
    FULL_SIDE_PX, Limits, Picture, SCREEN_SIDE_PX, THUMB_SIDE_PX, photo as make_photo,
};
use image::ExtendedColorType;

/// The decoded colour at a quarter's middle: 0 top left, 1 top right, 2 bottom left, 3 bottom right.
fn corner(picture: &Picture, quarter: u32) -> [u8; 3] {
    let mut decoder = jpeg_decoder::Decoder::new(&picture.jpeg[..]);
    let pixels = decoder.decode().unwrap();
    let info = decoder.info().unwrap();
    assert_eq!(
        (u32::from(info.width), u32::from(info.height)),
        (picture.width, picture.height),
        "the size we report must be the size of the file"
    );
    let x = picture.width * (1 + 2 * (quarter % 2)) / 4;
    let y = picture.height * (1 + 2 * (quarter / 2)) / 4;
    let at = ((y * picture.width + x) * 3) as usize;
    [pixels[at], pixels[at + 1], pixels[at + 2]]
}

/// Asserts that two colours look the same, JPEG losses allowed for.
fn assert_looks(found: [u8; 3], wanted: [u8; 3], why: &str) {
    let near = found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 14);
    assert!(near, "{why}: found {found:?}, wanted {wanted:?}");
}

#[test]
fn three_sizes_keep_the_proportions_of_a_phone_photo() {
    let photo = make_photo(&jpeg(2000, 1500), &Limits::default()).unwrap();
    let sides = |p: &Picture| (p.width, p.height);
    assert_eq!(
        sides(&photo.full),
        (FULL_SIDE_PX, 1200),
        "4:3 must stay 4:3"
    );
    assert_eq!(sides(&photo.screen), (SCREEN_SIDE_PX, 720), "4:3 stays 4:3");
    assert_eq!(sides(&photo.thumb), (THUMB_SIDE_PX, 240), "4:3 stays 4:3");
    for quarter in 0..4 {
        for picture in [&photo.full, &photo.screen, &photo.thumb] {
            assert_looks(
                corner(picture, quarter),
                QUARTERS[quarter as usize],
                "a reduced picture must show the same thing",
            );
        }
    }
    assert!(
        photo.thumb.jpeg.len() < photo.screen.jpeg.len()
            && photo.screen.jpeg.len() < photo.full.jpeg.len(),
        "the thumbnail exists to save bytes at 50 kbit/s"
    );
}

#[test]
fn every_exif_orientation_comes_out_upright() {
    // Which stored quarter is seen at each shown corner, for orientations 1 to 8 of the EXIF standard.
    let shown = [
        [0, 1, 2, 3],
        [1, 0, 3, 2],
        [3, 2, 1, 0],
        [2, 3, 0, 1],
        [0, 2, 1, 3],
        [2, 0, 3, 1],
        [3, 1, 2, 0],
        [1, 3, 0, 2],
    ];
    for (orientation, corners) in (1..).zip(shown) {
        let stored = jpeg_with(640, 480, |encoder| {
            encoder.add_exif_metadata(&exif(orientation)).unwrap();
        });
        let photo = make_photo(&stored, &Limits::default()).unwrap();
        let upright = if orientation >= 5 {
            (480, 640)
        } else {
            (640, 480)
        };
        assert_eq!(
            (photo.full.width, photo.full.height),
            upright,
            "orientation {orientation} swaps the sides exactly when it turns by a quarter"
        );
        for (at, stored_quarter) in (0..).zip(corners) {
            for picture in [&photo.full, &photo.thumb] {
                assert_looks(
                    corner(picture, at),
                    QUARTERS[stored_quarter],
                    &format!("orientation {orientation}, corner {at}"),
                );
            }
        }
    }
}

#[test]
fn an_orientation_nobody_defined_turns_nothing() {
    let stored = jpeg_with(64, 48, |encoder| {
        encoder.add_exif_metadata(&exif(9)).unwrap();
    });
    let photo = make_photo(&stored, &Limits::default()).unwrap();
    assert_eq!(
        (photo.full.width, photo.full.height),
        (64, 48),
        "orientation 9 does not exist, so the picture is shown as it is stored"
    );
}

#[test]
fn a_small_picture_is_never_enlarged_and_is_one_blob() {
    let photo = make_photo(&jpeg(200, 100), &Limits::default()).unwrap();
    assert_eq!(
        (photo.full.width, photo.full.height),
        (200, 100),
        "enlarging invents detail and costs bytes"
    );
    assert_eq!(
        photo.full, photo.thumb,
        "equal sizes must be equal bytes, so that they share one hash"
    );
}

#[test]
fn a_very_long_strip_keeps_at_least_one_pixel() {
    let photo = make_photo(&jpeg(8000, 2), &Limits::default()).unwrap();
    assert_eq!(
        (photo.thumb.width, photo.thumb.height),
        (320, 1),
        "a side of zero pixels would be no picture"
    );
}

#[test]
fn progressive_gray_and_cmyk_jpegs_look_as_they_should() {
    let progressive = jpeg_with(1800, 1200, |encoder| encoder.set_progressive(true));
    let photo = make_photo(&progressive, &Limits::default()).unwrap();
    assert_looks(
        corner(&photo.full, 0),
        QUARTERS[0],
        "chat apps send progressive",
    );

    let mut gray = Vec::new();
    jpeg_encoder::Encoder::new(&mut gray, 90)
        .encode(&[90; 64 * 64], 64, 64, jpeg_encoder::ColorType::Luma)
        .unwrap();
    let photo = make_photo(&gray, &Limits::default()).unwrap();
    assert_looks(
        corner(&photo.full, 3),
        [90; 3],
        "gray is equal red, green, blue",
    );

    for color in [
        jpeg_encoder::ColorType::Cmyk,
        jpeg_encoder::ColorType::CmykAsYcck,
    ] {
        let ink: Vec<u8> = [0, 255, 255, 0].repeat(64 * 64);
        let mut printed = Vec::new();
        jpeg_encoder::Encoder::new(&mut printed, 95)
            .encode(&ink, 64, 64, color)
            .unwrap();
        let photo = make_photo(&printed, &Limits::default()).unwrap();
        assert_looks(
            corner(&photo.full, 0),
            [255, 0, 0],
            "magenta and yellow ink make red",
        );
    }
}

#[test]
fn a_transparent_png_lies_on_white() {
    let half = |pixel: [u8; 4]| pixel.repeat(100 * 50);
    let pixels = [half([0, 0, 0, 0]), half([255, 0, 0, 128])].concat();
    let photo = make_photo(
        &png(100, 100, &pixels, ExtendedColorType::Rgba8),
        &Limits::default(),
    )
    .unwrap();
    assert_looks(
        corner(&photo.full, 0),
        [255; 3],
        "where nothing was drawn there is paper, not night",
    );
    assert_looks(
        corner(&photo.full, 2),
        [255, 127, 127],
        "red at half strength on white is pink",
    );
}

#[test]
fn png_in_16_bits_gray_with_alpha_and_webp_are_pictures_too() {
    let wide: Vec<u8> = quarters(64, 48)
        .iter()
        .flat_map(|v| (u16::from(*v) * 257).to_ne_bytes())
        .collect();
    let gray_alpha: Vec<u8> = [200, 255].repeat(64 * 48);
    let gray_wide: Vec<u8> = 0x8000_u16.to_ne_bytes().repeat(64 * 48);
    let cases = [
        (
            png(64, 48, &wide, ExtendedColorType::Rgb16),
            QUARTERS[0],
            "16-bit colour",
        ),
        (
            png(64, 48, &gray_alpha, ExtendedColorType::La8),
            [200; 3],
            "gray with alpha",
        ),
        (
            png(64, 48, &gray_wide, ExtendedColorType::L16),
            [128; 3],
            "16-bit gray",
        ),
        (
            png(64, 48, &[77; 64 * 48], ExtendedColorType::L8),
            [77; 3],
            "8-bit gray",
        ),
        (webp(64, 48), QUARTERS[0], "WebP"),
    ];
    for (file, wanted, what) in cases {
        let photo = make_photo(&file, &Limits::default()).unwrap();
        assert_looks(corner(&photo.full, 0), wanted, what);
    }
}

#[test]
fn the_same_photo_gives_the_same_bytes() {
    let file = jpeg(1700, 900);
    assert_eq!(
        make_photo(&file, &Limits::default()),
        make_photo(&file, &Limits::default()),
        "blobs are named by hash: a retry must not make a second one"
    );
}
