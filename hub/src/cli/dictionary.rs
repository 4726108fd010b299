//! `dictionary`.

use std::path::Path;

use anyhow::Context;
use serde_json::json;

use super::args;
use super::output::print;
use crate::Hub;

pub async fn run(dir: &Path, command: args::Dictionary, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let hash = match command {
        args::Dictionary::Show => hub.dictionary().await?.map(|found| found.hash),
        args::Dictionary::Train => Some(hub.train_dictionary().await?),
        args::Dictionary::Use { file } => Some(hub.take_dictionary(&file).await?),
        args::Dictionary::Export { file } => {
            let found = hub.dictionary().await?;
            let found =
                found.context("there is no dictionary yet; `dictionary train` makes one")?;
            std::fs::write(&file, &found.bytes)
                .with_context(|| format!("{} cannot be written", file.display()))?;
            Some(found.hash)
        }
    };
    print(json, &json!({ "dictionary": hash }), |_| match hash {
        Some(hash) => hash.to_string(),
        None => "none".into(),
    })
}
