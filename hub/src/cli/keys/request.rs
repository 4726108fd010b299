//! `keys request`.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use bantin_model::feed::KeyRequest;
use bantin_model::id::PlaceId;

use super::Request;
use super::show::{RequestShown, said};
use crate::Hub;
use crate::cli::output::print;

pub async fn request(dir: &Path, options: Request, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let place = match options.place {
        Some(place) => place,
        None => only_one(&hub).await?,
    };
    let bytes = hub.key_request(&place, options.rotate).await?;
    let file = options
        .out
        .unwrap_or_else(|| PathBuf::from(format!("{place}.keyrequest")));
    std::fs::write(&file, &bytes)
        .with_context(|| format!("{} cannot be written", file.display()))?;
    let shown = RequestShown {
        file: Some(file),
        ..RequestShown::of(&KeyRequest::open(&bytes)?, None)
    };
    print(json, &shown, said)
}

async fn only_one(hub: &Hub) -> anyhow::Result<PlaceId> {
    let places = hub.delegated_from_elsewhere().await?;
    match places.as_slice() {
        [(place, _)] => Ok(place.clone()),
        [] => bail!("no place here is let speak by another hub"),
        _ => bail!("several places here are let speak by another hub: name one"),
    }
}
