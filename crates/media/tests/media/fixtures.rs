//! Files made in code: pictures with four colours in their corners, a hand-written EXIF block, sound headers.

use image::{ExtendedColorType, ImageEncoder};
use jpeg_encoder::{ColorType, Encoder};

/// Colours of the quarters of every test picture: top left, top right, bottom left, bottom right.
pub const QUARTERS: [[u8; 3]; 4] = [[220, 20, 20], [20, 180, 20], [20, 20, 220], [240, 240, 240]];

/// Where the market of Phan Sơn must never be found again: bytes of the GPS block.
pub const GPS_MARK: &[u8] = b"GPS-PHAN-SON";
/// The camera's maker and serial number, in EXIF.
pub const CAMERA_MARK: &[u8] = b"CAMERA-SERIAL-4711";

/// Pixels of the four-quarter picture.
pub fn quarters(width: u32, height: u32) -> Vec<u8> {
    (0..height)
        .flat_map(|y| {
            (0..width).flat_map(move |x| {
                QUARTERS[usize::from(y >= height / 2) * 2 + usize::from(x >= width / 2)]
            })
        })
        .collect()
}

/// The four-quarter picture as JPEG, without metadata.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    jpeg_with(width, height, |_| {})
}

/// The four-quarter picture as JPEG, prepared by `prepare` (segments, progressive, …).
pub fn jpeg_with(
    width: u32,
    height: u32,
    prepare: impl FnOnce(&mut Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 92);
    prepare(&mut encoder);
    encoder
        .encode(
            &quarters(width, height),
            width as u16,
            height as u16,
            ColorType::Rgb,
        )
        .unwrap();
    out
}

/// A TIFF block as phones write it: maker, orientation, and a GPS directory with a marked text.
pub fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let camera_at: u32 = 8 + 2 + 3 * 12 + 4;
    let gps_at = camera_at + CAMERA_MARK.len() as u32;
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let mut bytes = tag.to_le_bytes().to_vec();
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(value.to_le_bytes());
        bytes
    };
    tiff.extend(3u16.to_le_bytes());
    tiff.extend(entry(0x010f, 2, CAMERA_MARK.len() as u32, camera_at));
    tiff.extend(entry(0x0112, 3, 1, u32::from(orientation)));
    tiff.extend(entry(0x8825, 4, 1, gps_at));
    tiff.extend([0; 4]);
    tiff.extend(CAMERA_MARK);
    // The GPS directory: one text entry (the processing method) whose value follows it.
    tiff.extend(1u16.to_le_bytes());
    tiff.extend(entry(0x001b, 2, GPS_MARK.len() as u32, gps_at + 2 + 12 + 4));
    tiff.extend([0; 4]);
    tiff.extend(GPS_MARK);
    tiff
}

/// The four-quarter picture as PNG of any colour type; `pixels` in the layout of `color`.
pub fn png(width: u32, height: u32, pixels: &[u8], color: ExtendedColorType) -> Vec<u8> {
    let mut out = Vec::new();
    image::codecs::png::PngEncoder::new(&mut out)
        .write_image(pixels, width, height, color)
        .unwrap();
    out
}

/// The four-quarter picture as lossless WebP.
pub fn webp(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut out)
        .encode(
            &quarters(width, height),
            width,
            height,
            ExtendedColorType::Rgb8,
        )
        .unwrap();
    out
}

/// A PNG of a few bytes that claims `width` × `height` pixels.
pub fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for chunk in [header, b"IDAT\x78\x9c\x03\0\0\0\0\x01".to_vec()] {
        out.extend(((chunk.len() - 4) as u32).to_be_bytes());
        out.extend(&chunk);
        out.extend(crc32(&chunk).to_be_bytes());
    }
    out
}

/// A small JPEG whose frame header is changed to claim `width` × `height` pixels.
pub fn jpeg_bomb(width: u16, height: u16, progressive: bool) -> Vec<u8> {
    let mut bytes = jpeg_with(16, 16, |encoder| encoder.set_progressive(progressive));
    let marker = if progressive { 0xc2 } else { 0xc0 };
    let at = bytes
        .windows(2)
        .position(|pair| pair == [0xff, marker])
        .unwrap();
    bytes[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    bytes[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

/// The checksum of PNG chunks, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

/// A box of the MP4 family.
pub fn iso_box(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut out = (8 + body.len() as u32).to_be_bytes().to_vec();
    out.extend(name);
    out.extend(body);
    out
}

/// An MP4 file of `brand` with one track per `(handler, codec)`.
pub fn mp4(brand: &[u8; 4], tracks: &[(&[u8; 4], &[u8; 4])]) -> Vec<u8> {
    let mut movie = iso_box(b"mvhd", &[0; 100]);
    for (handler, codec) in tracks {
        let handler = [&[0; 8], &handler[..], &[0; 12]].concat();
        let entry = iso_box(codec, &[0; 28]);
        let table = [&[0, 0, 0, 0, 0, 0, 0, 1], &entry[..]].concat();
        let samples = iso_box(b"minf", &iso_box(b"stbl", &iso_box(b"stsd", &table)));
        let media = [iso_box(b"hdlr", &handler), samples].concat();
        movie.extend(iso_box(b"trak", &iso_box(b"mdia", &media)));
    }
    [
        iso_box(b"ftyp", &[&brand[..], &[0; 4], brand].concat()),
        iso_box(b"mdat", &[7; 64]),
        iso_box(b"moov", &movie),
    ]
    .concat()
}

/// Two MP3 frames of silence at 128 kbit/s and 44.1 kHz, after an ID3 tag when asked.
pub fn mp3(tagged: bool) -> Vec<u8> {
    let mut frame = vec![0xff, 0xfb, 0x90, 0x00];
    frame.resize(417, 0);
    let tag: &[u8] = if tagged {
        b"ID3\x04\0\0\0\0\0\x05hello"
    } else {
        b""
    };
    [tag, &frame, &frame].concat()
}

/// The first page of an Ogg stream whose packet is `packet`.
pub fn ogg(packet: &[u8]) -> Vec<u8> {
    let mut out = b"OggS\0\x02".to_vec();
    out.extend([0; 20]);
    out.extend([1, packet.len() as u8]);
    out.extend(packet);
    out
}

/// A WAVE file with the given format tag and a few samples.
pub fn wav(format: u16) -> Vec<u8> {
    let mut chunk = format.to_le_bytes().to_vec();
    chunk.extend([1, 0, 0x80, 0x3e, 0, 0, 0, 0x7d, 0, 0, 2, 0, 16, 0]);
    let mut out = b"RIFF\x34\0\0\0WAVEfmt \x10\0\0\0".to_vec();
    out.extend(chunk);
    out.extend(b"data\x08\0\0\0");
    out.extend([0; 8]);
    out
}
