//! What the app starts with: where its data lie, and what it follows.

use std::path::PathBuf;

use anyhow::{Context, Result};
use bantin_engine::{Engine, EngineConfig};
use bantin_model::id::PlaceId;
use tauri::{App, Manager};

/// Where, and what to follow.
pub(crate) struct Start {
    data: PathBuf,
    link: Option<String>,
    /// Follow this at the first start, without being asked.
    pub(crate) place: Option<PlaceId>,
}

impl Start {
    /// Reads the environment; what is not set there comes from the build or the system.
    pub(crate) fn read(app: &App) -> Result<Self> {
        let data = match std::env::var_os("BANTIN_DATA") {
            Some(folder) => folder.into(),
            None => app
                .path()
                .app_data_dir()
                .context("this system has no folder for data")?,
        };
        let built_in = option_env!("BANTIN_FOLLOW").map(str::to_owned);
        let follow = std::env::var("BANTIN_FOLLOW")
            .ok()
            .or(built_in)
            .unwrap_or_default();
        let mut words = follow.split_whitespace();
        Ok(Self {
            data,
            link: words.next().map(str::to_owned),
            place: words.next().and_then(|place| PlaceId::new(place).ok()),
        })
    }

    /// Folder of what is shared with neighbours.
    pub(crate) fn relay_folder(&self) -> PathBuf {
        self.data.join("relay")
    }

    /// Opens the engine.
    pub(crate) async fn open(&self) -> Result<Engine> {
        let config = EngineConfig {
            pairing: self.link.clone(),
            ..EngineConfig::default()
        };
        let opened = Engine::open(&self.data, config).await;
        opened.with_context(|| format!("{} cannot be opened", self.data.display()))
    }
}
