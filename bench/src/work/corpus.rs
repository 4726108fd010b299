//! What the generated notices weigh: every figure of a first sync has to be read with it.

use std::io::Write;

use serde_json::json;

use crate::corpus::{Document, SEED, documents};
use bantin_row::Row;

/// zstd level of the figures of genuine notices.
const LEVEL: i32 = 19;
/// Documents compressed one by one.
const ALONE: usize = 1_000;
/// The window of `zstd --long`, as a power of two.
const LONG_WINDOW_LOG: u32 = 27;

/// Text, one by one, and as one stream.
pub(super) fn measure(notices: u64) -> std::io::Result<Vec<Row>> {
    let all: Vec<Document> = documents(SEED, notices).collect();
    let texts: Vec<String> = all.iter().map(Document::text).collect();
    let each = |bytes: usize, of: usize| bytes as f64 / of.max(1) as f64;
    let text = texts.iter().map(String::len).sum();
    let some = texts.iter().take(ALONE);
    let alone = some.map(|text| zstd::bulk::compress(text.as_bytes(), LEVEL).map(|c| c.len()));
    let alone: usize = alone.sum::<Result<_, _>>()?;
    let solid = zstd::bulk::compress(&json_lines(&all), LEVEL)?.len();
    let row = |figure: &str, bytes| Row::new(&format!("corpus/{figure}"), "bytes", bytes);
    Ok(vec![
        row("text", each(text, texts.len())).noted("a document; genuine notices 1,580"),
        row("alone", each(alone, texts.len().min(ALONE)))
            .noted("each by itself, zstd -19; genuine 810"),
        row("solid", each(solid, texts.len()))
            .noted("all in one stream as JSON lines, zstd -19; genuine 392"),
    ])
}

/// Bytes of the documents as JSON lines in one stream of `zstd -19 --long`: with `dictionary` or without, whichever is
/// less. In so long a stream a dictionary may cost more than it saves.
pub(super) fn long_bytes(all: &[Document], dictionary: &[u8]) -> std::io::Result<usize> {
    let lines = json_lines(all);
    Ok(long(&lines, dictionary)?.min(long(&lines, &[])?))
}

fn long(lines: &[u8], dictionary: &[u8]) -> std::io::Result<usize> {
    let mut stream = zstd::Encoder::with_dictionary(Vec::new(), LEVEL, dictionary)?;
    stream.long_distance_matching(true)?;
    stream.window_log(LONG_WINDOW_LOG)?;
    stream.set_pledged_src_size(Some(lines.len() as u64))?;
    stream.write_all(lines)?;
    Ok(stream.finish()?.len())
}

fn json_lines(all: &[Document]) -> Vec<u8> {
    let line = |document: &Document| {
        let value = json!({
            "id": document.id,
            "title": document.title,
            "summary": document.summary,
            "body": document.body,
            "topic": document.topic,
            "issued_at": document.issued_at,
        });
        format!("{value}\n")
    };
    all.iter().map(line).collect::<String>().into_bytes()
}
