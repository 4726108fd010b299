//! `pack export` and `pack import`.

use std::path::Path;

use serde_json::json;

use super::args;
use super::output::print;
use crate::Hub;
use crate::pack::Wanted;

pub async fn run(dir: &Path, command: args::Pack, json: bool) -> anyhow::Result<()> {
    match command {
        args::Pack::Export(options) => export(dir, &options, json).await,
        args::Pack::Import { file } => import(dir, &file, json).await,
    }
}

async fn export(dir: &Path, options: &args::PackExport, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    // Letters that wait to be opened are answered with `delivered` first.
    hub.open_letters().await?;
    let wanted = Wanted {
        media: !options.no_media,
        places: options.place.clone(),
    };
    let given = hub.export_pack(&options.file, &wanted).await?;
    let value = json!({
        "file": options.file, "bytes": given.bytes, "places": given.places,
        "segments": given.segments, "media": given.media, "receipts": given.receipts,
        "entries": given.entries, "left_out": given.left_out,
    });
    print(json, &value, |_| {
        let mut lines = format!(
            "{}: {} bytes, news of {} places, {} pictures and sounds, {} receipts, {} answers",
            options.file.display(),
            given.bytes,
            given.places.len(),
            given.media,
            given.receipts,
            given.entries,
        );
        if given.left_out > 0 {
            lines.push_str(&format!("\n{} records did not fit", given.left_out));
        }
        lines
    })
}

async fn import(dir: &Path, file: &Path, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let taken = hub.import_pack(file).await?;
    let delivered = hub.open_letters().await?;
    let refused: Vec<_> = taken
        .refused
        .iter()
        .map(|(id, failure)| json!({ "letter": id, "failure": failure }))
        .collect();
    let damages: Vec<_> = taken
        .damages
        .iter()
        .map(|damage| {
            let record = damage.record.map(|(kind, hash)| {
                json!({ "kind": kind.name().map_or(json!(kind.0), |name| json!(name)), "hash": hash })
            });
            json!({
                "at": damage.at, "bytes": damage.bytes, "lost": format!("{:?}", damage.lost),
                "record": record,
            })
        })
        .collect();
    let value = json!({
        "accepted": taken.accepted, "delivered": delivered, "refused": refused,
        "asks": taken.asks, "damages": damages,
    });
    print(json, &value, |_| {
        let mut lines = vec![format!(
            "{} letters accepted, {} refused; {} mailboxes wait for answers",
            taken.accepted.len(),
            taken.refused.len(),
            taken.asks,
        )];
        for (id, failure) in &taken.refused {
            lines.push(format!("refused {id}: {failure}"));
        }
        for damage in &taken.damages {
            lines.push(format!(
                "lost: {} bytes at {} ({:?})",
                damage.bytes, damage.at, damage.lost
            ));
        }
        lines.join("\n")
    })
}
