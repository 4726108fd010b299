//! `init` and `link`.

use std::path::Path;

use anyhow::bail;
use serde::Serialize;

use super::args::Init;
use super::output::print;
use crate::Hub;
use crate::clock::Clock;
use crate::config::Config;
use crate::import::read_places;

#[derive(Serialize)]
struct Made {
    link: String,
    places: Vec<String>,
}

pub async fn init(dir: &Path, options: Init, json: bool) -> anyhow::Result<()> {
    let places = read_places(&options.places).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("{}", lines.join("\n"))
    })?;
    std::fs::create_dir_all(dir)?;
    let mut config = Config::default();
    if let Some(url) = options.base_url {
        if !(url.starts_with("http://") || url.starts_with("https://")) {
            bail!("--base-url must begin with http:// or https://");
        }
        config.base_url = url;
    }
    let founded = Hub::found(dir, &places, config, Clock::system()).await?;
    let places = founded.places.iter().map(ToString::to_string).collect();
    print(
        json,
        &Made {
            link: founded.link,
            places,
        },
        |made| {
            let mut text = format!("{}\n", made.link);
            for place in &made.places {
                text.push_str(&format!("bantin follow {} {place}\n", made.link));
            }
            text + "Keep keys/ apart from the backup: see keys/*.key."
        },
    )
}

pub async fn link(dir: &Path, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let places = hub
        .store
        .feeds()
        .await?
        .into_iter()
        .map(|feed| feed.place.to_string())
        .collect();
    print(
        json,
        &Made {
            link: hub.link().await?,
            places,
        },
        |made| made.link.clone(),
    )
}
