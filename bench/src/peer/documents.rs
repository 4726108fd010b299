//! The corpus as the peers are given it.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::corpus::Document;

/// Writes `documents` into `folder` as CouchDB takes them, one JSON object a line.
///
/// # Errors
/// It cannot be written.
pub fn documents_file(folder: &Path, documents: &[Document]) -> std::io::Result<PathBuf> {
    let file = folder.join("documents.jsonl");
    let line = |document: &Document| {
        let value = json!({
            "_id": format!("tin-{:05}", document.id),
            "title": document.title,
            "summary": document.summary,
            "body": document.body,
            "topic": document.topic,
            "issued_at": document.issued_at,
        });
        format!("{value}\n")
    };
    std::fs::write(&file, documents.iter().map(line).collect::<String>())?;
    Ok(file)
}
