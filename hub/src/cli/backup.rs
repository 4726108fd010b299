//! `backup`, `restore` and `epoch`.

use std::path::Path;

use serde_json::json;

use super::args;
use super::output::print;
use crate::Hub;
use crate::backup;

pub async fn backup(dir: &Path, options: &args::Backup, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let files = backup::write(&hub, &options.to).await?;
    if let Some(file) = &options.with_keys {
        backup::write_keys(dir, file)?;
    }
    let keys = options.with_keys.is_some();
    print(
        json,
        &json!({ "to": options.to, "files": files, "keys": keys }),
        |_| {
            let note = if keys { "" } else { "; the keys are not in it" };
            format!("{files} files in {}{note}", options.to.display())
        },
    )
}

pub async fn restore(dir: &Path, options: &args::Restore, json: bool) -> anyhow::Result<()> {
    let files = backup::restore(&options.from, dir, options.keys.as_deref()).await?;
    print(
        json,
        &json!({ "dir": dir, "files": files, "resting": true }),
        |_| {
            format!(
                "{files} files in {}. The hub rests until `bantin-hub epoch` was run with the root key in keys/.",
                dir.display()
            )
        },
    )
}

pub async fn epoch(dir: &Path, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let epoch = hub.begin_epoch().await?;
    let feeds = epoch.feeds.iter().map(
        |(place, epoch, version)| json!({ "place": place, "epoch": epoch, "version": version }),
    );
    let feeds = feeds.collect::<Vec<_>>();
    print(
        json,
        &json!({ "root_version": epoch.root_version, "feeds": feeds }),
        |_| {
            format!(
                "root document {}, {} feeds begin anew",
                epoch.root_version,
                epoch.feeds.len()
            )
        },
    )
}
