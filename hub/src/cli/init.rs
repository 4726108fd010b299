//! `init` and `link`.

use std::path::{Path, PathBuf};

use anyhow::bail;
use serde::Serialize;

use super::args::Init;
use super::output::print;
use crate::Hub;
use crate::clock::Clock;
use crate::config::Config;
use crate::feed::Above;
use crate::import::read_places;

#[derive(Serialize)]
struct Made {
    /// None for a hub below another until the root documents came from there.
    link: Option<String>,
    places: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    root_keys: Vec<PathBuf>,
}

pub async fn init(dir: &Path, options: Init, json: bool) -> anyhow::Result<()> {
    let places = read_places(&options.places, options.below.as_ref()).map_err(|faults| {
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
    let above = match &options.below {
        Some(_) => Above::Parent,
        None => Above::Root {
            keys: options.root_keys,
            threshold: options.threshold,
        },
    };
    let founded = Hub::found_under(dir, &places, above, config, Clock::system()).await?;
    let places = founded.places.iter().map(ToString::to_string).collect();
    print(
        json,
        &Made {
            link: founded.link,
            places,
            root_keys: founded.root_keys,
        },
        said,
    )
}

fn said(made: &Made) -> String {
    let mut text = String::new();
    match &made.link {
        Some(link) => {
            text.push_str(&format!("{link}\n"));
            for place in &made.places {
                text.push_str(&format!("bantin follow {link} {place}\n"));
            }
        }
        None => {
            let first = made.places.first().map_or("", String::as_str);
            text.push_str(
                "Founded. Nobody believes this hub before the place above lets it speak:\n",
            );
            text.push_str(&format!("bantin-hub keys request {first}\n"));
        }
    }
    for file in made.root_keys.iter().filter(|_| made.root_keys.len() > 1) {
        text.push_str(&format!("root key: {}\n", file.display()));
    }
    text + "Keep keys/ apart from the backup: see keys/*.key."
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
            link: Some(hub.link().await?),
            places,
            root_keys: Vec::new(),
        },
        |made| made.link.clone().unwrap_or_default(),
    )
}
