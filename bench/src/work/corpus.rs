//! What the generated notices weigh: every figure of a first sync has to be read with it.

use serde_json::json;

use crate::corpus::{Document, SEED, documents};
use crate::row::Row;

/// zstd level of the figures of genuine notices.
const LEVEL: i32 = 19;
/// Documents compressed one by one.
const ALONE: usize = 1_000;

/// Text, one by one, and as one stream.
pub(super) fn measure(notices: u64) -> std::io::Result<Vec<Row>> {
    let all: Vec<Document> = documents(SEED, notices).collect();
    let texts: Vec<String> = all.iter().map(Document::text).collect();
    let each = |bytes: usize, of: usize| bytes as f64 / of.max(1) as f64;
    let text = texts.iter().map(String::len).sum();
    let some = texts.iter().take(ALONE);
    let alone = some.map(|text| zstd::bulk::compress(text.as_bytes(), LEVEL).map(|c| c.len()));
    let alone: usize = alone.sum::<Result<_, _>>()?;
    let lines: String = all.iter().map(line).collect();
    let solid = zstd::bulk::compress(lines.as_bytes(), LEVEL)?.len();
    let row = |figure, bytes| Row::new("corpus", figure, bytes);
    Ok(vec![
        row("text_bytes", each(text, texts.len())).noted("a document; genuine notices 1,580"),
        row("alone_bytes", each(alone, texts.len().min(ALONE)))
            .noted("each by itself, zstd -19; genuine 810"),
        row("solid_bytes", each(solid, texts.len()))
            .noted("all in one stream as JSON lines, zstd -19; genuine 392"),
    ])
}

fn line(document: &Document) -> String {
    let value = json!({
        "id": document.id,
        "title": document.title,
        "summary": document.summary,
        "body": document.body,
        "topic": document.topic,
        "issued_at": document.issued_at,
    });
    format!("{value}\n")
}
