//! Packs: news, letters and answers by hand.

use std::path::Path;

use anyhow::Result;
use bantin_engine::Engine;
use bantin_wire::Failure;
use bantin_wire::ipc::pack::PackChoice;

use super::said;
use crate::args::{Language, PackExport, PackImport};
use crate::exit::Said;
use crate::text;

pub(super) async fn export(
    engine: &Engine,
    export: &PackExport,
    language: Language,
) -> Result<Said> {
    let choice = PackChoice {
        media: !export.no_media,
        letters: !export.no_letters,
        places: export.places.clone(),
    };
    let made = engine.export_pack(&export.file, &choice).await;
    let made = made.map_err(Failure::from)?;
    said(&made, text::made(&made, language))
}

pub(super) async fn import(
    engine: &Engine,
    import: &PackImport,
    language: Language,
) -> Result<Said> {
    let done = match (&import.follow, &import.place) {
        (Some(link), Some(place)) => engine.follow_pack(link, place, &import.file).await,
        _ => engine.import_pack(&import.file).await,
    };
    let report = done.map_err(Failure::from)?;
    said(&report, text::imported(&report, language))
}

pub(super) async fn show(file: &Path, language: Language) -> Result<Said> {
    let contents = bantin_engine::pack::show(file).await;
    let contents = contents.map_err(Failure::from)?;
    said(&contents, text::contents(&contents, language))
}
