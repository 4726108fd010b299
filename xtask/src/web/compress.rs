//! `.br` and `.gz` beside each file. Made once here, so that a small hub sends them without work.
//!
//! Browsers ask for brotli only on a secure origin (and on localhost): a relay in a village, on plain HTTP, needs gzip.

use std::io::Write;
use std::sync::Mutex;
use std::thread;

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use super::site::Files;

/// What is text or wasm; pictures, sound and woff2 are compressed already.
const KINDS: [&str; 10] = [
    ".css",
    ".ftl",
    ".html",
    ".js",
    ".json",
    ".svg",
    ".ttf",
    ".txt",
    ".wasm",
    ".webmanifest",
];

/// Smaller files fit in one packet anyway.
const MIN_BYTES: usize = 512;

/// The compressed siblings of all files that shrink, by path.
pub fn all(files: &Files) -> Files {
    let queue = Mutex::new(
        files
            .iter()
            .filter(|(path, bytes)| worth_it(path, bytes))
            .collect::<Vec<_>>(),
    );
    let done = Mutex::new(Files::new());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((path, bytes)) = queue.lock().ok().and_then(|mut queue| queue.pop())
                {
                    let smaller = [("br", brotli(bytes)), ("gz", gzip(bytes))];
                    let Ok(mut done) = done.lock() else { return };
                    for (kind, packed) in smaller {
                        if packed
                            .as_ref()
                            .is_some_and(|packed| packed.len() < bytes.len())
                        {
                            done.insert(format!("{path}.{kind}"), packed.unwrap_or_default());
                        }
                    }
                }
            });
        }
    });
    done.into_inner().unwrap_or_default()
}

/// What a first visit costs, in one line.
pub fn summary(files: &Files, smaller: &Files) -> String {
    let cost = |path: &str, bytes: &[u8]| {
        smaller
            .get(&format!("{path}.br"))
            .map_or(bytes.len(), Vec::len)
    };
    let sum = |keep: &dyn Fn(&str) -> bool| -> usize {
        files
            .iter()
            .filter(|(path, _)| keep(path))
            .map(|(path, bytes)| cost(path, bytes))
            .sum()
    };
    let engine = |path: &str| path.starts_with("assets/engine-");
    let page = |path: &str| {
        !engine(path)
            && [".html", ".js", ".css", ".wasm"]
                .iter()
                .any(|kind| path.ends_with(kind))
    };
    format!(
        "first route {} KiB, engine {} KiB (brotli)",
        sum(&page).div_ceil(1024),
        sum(&engine).div_ceil(1024)
    )
}

fn worth_it(path: &str, bytes: &[u8]) -> bool {
    bytes.len() >= MIN_BYTES && KINDS.iter().any(|kind| path.ends_with(kind))
}

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).ok()?;
    Some(out)
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Read;

    use super::*;

    #[test]
    fn siblings_hold_the_same_content() {
        let text = "bản tin ".repeat(400).into_bytes();
        let files: Files = [
            ("a.js".to_owned(), text.clone()),
            ("a.woff2".to_owned(), text.clone()),
        ]
        .into();
        let packed = all(&files);
        assert_eq!(
            packed.keys().collect::<Vec<_>>(),
            ["a.js.br", "a.js.gz"],
            "a font is compressed already"
        );
        let mut back = Vec::new();
        brotli::Decompressor::new(packed.get("a.js.br").unwrap().as_slice(), 4096)
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, text, "a browser must get the very same script");
        back.clear();
        flate2::read::GzDecoder::new(packed.get("a.js.gz").unwrap().as_slice())
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, text, "also over plain HTTP");
    }
}
