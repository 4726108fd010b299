//! Prints what the corpus is like: document size, and its compression one by one, with a dictionary, and as one stream.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use bantin_bench::corpus::{Document, SEED, documents};

fn main() -> std::io::Result<()> {
    let all: Vec<Document> = documents(SEED, 10_000).collect();
    let texts: Vec<String> = all.iter().map(Document::text).collect();
    let mean = |sum: usize, of: usize| sum / of.max(1);
    let bytes = texts.iter().map(String::len).sum();
    println!("text {} B", mean(bytes, texts.len()));
    let alone = texts
        .iter()
        .take(1_000)
        .map(|text| zstd::bulk::compress(text.as_bytes(), 19).map(|c| c.len()))
        .sum::<Result<usize, _>>()?;
    println!("zstd -19, one by one {} B", mean(alone, 1_000));
    let solid = zstd::bulk::compress(texts.concat().as_bytes(), 19)?.len();
    println!("zstd -19, one stream of all {} B", mean(solid, texts.len()));
    println!("\n{}", texts[0]);
    println!("{}", texts[4]);
    Ok(())
}
