//! Photos as phones take them, made on the spot: pictures, and things that only look like pictures.

use std::fs;
use std::path::{Path, PathBuf};

use crate::programs::content;

/// A real photo from the starter content, under `name` in `folder`.
pub fn take(folder: &Path, picture: &str, name: &str) -> PathBuf {
    let to = folder.join(name);
    let from = content().join("starter/media").join(picture);
    fs::copy(&from, &to).unwrap_or_else(|e| panic!("{}: {e}", from.display()));
    to
}

/// The same photo as a phone writes it that knows where it is: with an EXIF part that holds `canary`.
pub fn take_with_place(folder: &Path, picture: &str, name: &str, canary: &str) -> PathBuf {
    let to = take(folder, picture, name);
    let bytes = fs::read(&to).expect("just written");
    let body = [b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0", canary.as_bytes()].concat();
    let length = u16::try_from(body.len() + 2)
        .expect("a short canary")
        .to_be_bytes();
    let (start, rest) = bytes.split_at(2);
    let with = [start, &[0xff, 0xe1], &length, &body, rest].concat();
    fs::write(&to, with).expect("a file can be written");
    to
}

/// A file with these bytes.
pub fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let to = folder.join(name);
    fs::write(&to, bytes).expect("a file can be written");
    to
}

/// A PNG that says it is 65,535 pixels wide and high and is a few bytes long.
pub fn huge_png() -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(65_535_u32.to_be_bytes());
    header.extend(65_535_u32.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    let crc = crc32(&header);
    png.extend(header);
    png.extend(crc.to_be_bytes());
    png.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
    png
}

/// The beginning of a HEIC picture as iPhones write it.
pub fn heic() -> Vec<u8> {
    let mut bytes = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1".to_vec();
    bytes.resize(4096, 7);
    bytes
}

/// The beginning of a PDF.
pub fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n".to_vec()
}

/// The checksum at the end of each part of a PNG.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| match crc & 1 {
            1 => (crc >> 1) ^ 0xedb8_8320,
            _ => crc >> 1,
        })
    };
    !bytes.iter().fold(!0, step)
}
