//! Photos to send: drawn, but as hard to compress as what a camera takes.

use std::path::{Path, PathBuf};

use jpeg_encoder::{ColorType, Encoder};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

const WIDTH: u16 = 1600;
const HEIGHT: u16 = 1200;
/// Pixels from one drawn point to the next; between them colours run smoothly.
const GRID: usize = 100;
/// How far a pixel strays from its colour. Meant for about 120 KB a photo; the row `payload_bytes` says what it is.
const GRAIN: u64 = 5;
/// As good as a phone's camera keeps it.
const QUALITY: u8 = 85;

/// Writes `count` different photos into `folder`.
///
/// # Errors
/// They cannot be written.
pub fn photos(folder: &Path, count: u64) -> anyhow::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    (0..count)
        .map(|number| {
            let path = folder.join(format!("anh-{number:02}.jpg"));
            let mut jpeg = Vec::new();
            let pixels = draw(number);
            Encoder::new(&mut jpeg, QUALITY).encode(&pixels, WIDTH, HEIGHT, ColorType::Rgb)?;
            std::fs::write(&path, jpeg)?;
            Ok(path)
        })
        .collect()
}

/// Rows of RGB: smooth colours between random points, and grain.
fn draw(seed: u64) -> Vec<u8> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (width, height) = (usize::from(WIDTH), usize::from(HEIGHT));
    let across = width / GRID + 2;
    let points = across * (height / GRID + 2) * 3;
    let grid: Vec<u64> = (0..points).map(|_| rng.next_u64() % 256).collect();
    let at = |x: usize, y: usize, c: usize| grid.get((y * across + x) * 3 + c).map_or(0, |p| *p);
    let mut pixels = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let (left, top) = (x / GRID, y / GRID);
            let (dx, dy) = ((x % GRID) as u64, (y % GRID) as u64);
            let grain = rng.next_u64() % GRAIN;
            for c in 0..3 {
                let step = GRID as u64;
                let upper = at(left, top, c) * (step - dx) + at(left + 1, top, c) * dx;
                let lower = at(left, top + 1, c) * (step - dx) + at(left + 1, top + 1, c) * dx;
                let colour = (upper * (step - dy) + lower * dy) / (step * step);
                pixels.push(u8::try_from((colour + grain).min(255)).unwrap_or(u8::MAX));
            }
        }
    }
    pixels
}
