//! What a pack says it holds, for whoever wants to know before carrying or importing it.

use std::collections::BTreeMap;
use std::path::Path;

use bantin_model::cbor;
use bantin_model::feed::{HEADS_BYTES_MAX, Head, HeadsDocument};
use bantin_model::pack::RecordKind;
use bantin_model::sign::Envelope;
use bantin_wire::ipc::pack::PackContents;

use super::source::{Source, kind_text};
use crate::Result;

/// Looks into a pack without importing it. Nothing it says is verified but that its records are whole.
///
/// # Errors
/// [`bantin_wire::Code::NotAPack`], [`bantin_wire::Code::PackNewer`], `NotFound` at `file`.
pub async fn show(path: &Path) -> Result<PackContents> {
    let source = Source::open(path).await?;
    let mut kinds: BTreeMap<RecordKind, (u32, u64)> = BTreeMap::new();
    for entry in &source.contents.entries {
        let (count, bytes) = kinds.entry(entry.kind).or_default();
        *count += 1;
        *bytes += u64::from(entry.bytes);
    }
    let mut feeds = BTreeMap::new();
    for entry in source.contents.of(RecordKind::HEADS) {
        let document = source.body(entry).await?.unwrap_or_default();
        for head in heads(&document) {
            let said = (head.version, head.issued_at);
            let held = feeds.entry(head.place).or_insert(said);
            *held = said.max(*held);
        }
    }
    let (damages, damages_count) = source.damages();
    let kinds = kinds.into_iter();
    let feeds = feeds.into_iter();
    Ok(PackContents {
        bytes: tokio::fs::metadata(path).await?.len(),
        kinds: kinds
            .map(|(kind, (count, bytes))| (kind_text(kind), count, bytes))
            .collect(),
        feeds: feeds
            .map(|(place, (version, signed_at))| (place, version, signed_at))
            .collect(),
        damages,
        damages_count,
    })
}

fn heads(document: &[u8]) -> Vec<Head> {
    let Ok(document) = HeadsDocument::from_bytes(document) else {
        return Vec::new();
    };
    let head = |bytes: &[u8]| {
        let envelope = Envelope::from_bytes(bytes, HEADS_BYTES_MAX).ok()?;
        cbor::from_slice(&envelope.payload, HEADS_BYTES_MAX).ok()
    };
    document
        .nodes
        .iter()
        .filter_map(|n| head(&n.head))
        .collect()
}
