//! `doctor`: what needs the operator.

use std::path::Path;

use bantin_model::time::Seconds;
use serde::Serialize;

use super::exit::UNWELL;
use super::output::{Ended, print};
use crate::Hub;

/// A letter that waited this long for a hub below needs the operator, in seconds.
const WAITING_S: u64 = 3 * Seconds::DAY;

#[derive(Serialize)]
struct Report {
    well: bool,
    resting: bool,
    /// What is wrong, in words for the operator.
    wrong: Vec<String>,
    /// Letters that cannot be opened: id and reason.
    quarantined: Vec<(String, String)>,
}

pub async fn doctor(dir: &Path, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let resting = hub.store.resting().await?;
    let mut wrong = hub.store.check().await?;
    if resting {
        wrong.push(
            "restored from a backup: run `bantin-hub epoch` with the root key in keys/".into(),
        );
    }
    feeds(&hub, &mut wrong).await?;
    wrong.extend(hub.key_warnings().await?);
    if let Some(status) = hub.upstream_status().await? {
        wrong.extend(status.faults(hub.clock.now()));
    }
    let (letters, oldest) = hub.store.waiting_below().await?;
    let waits = hub.clock.now().since(oldest.unwrap_or_default());
    if letters > 0 && waits > WAITING_S {
        wrong.push(format!(
            "{letters} letters wait for hubs below to fetch them, the oldest for {} days",
            waits / Seconds::DAY
        ));
    }
    #[cfg(unix)]
    modes(dir, &mut wrong)?;
    let quarantined: Vec<(String, String)> = hub
        .store
        .quarantined()
        .await?
        .into_iter()
        .map(|letter| (letter.id.to_string(), letter.reason))
        .collect();
    let well = wrong.is_empty() && quarantined.is_empty();
    let report = Report {
        well,
        resting,
        wrong,
        quarantined,
    };
    print(json, &report, |report| {
        let letters = report
            .quarantined
            .iter()
            .map(|(id, why)| format!("letter {id}: {why}"));
        let lines: Vec<String> = report.wrong.iter().cloned().chain(letters).collect();
        if lines.is_empty() {
            "all is well".into()
        } else {
            lines.join("\n")
        }
    })?;
    if well {
        Ok(())
    } else {
        Err(Ended(UNWELL).into())
    }
}

/// Keys, files and age of every feed.
async fn feeds(hub: &Hub, wrong: &mut Vec<String>) -> anyhow::Result<()> {
    let now = hub.clock.now();
    for feed in hub.store.feeds().await? {
        let place = &feed.place;
        if hub.keys.of(place).is_none() {
            wrong.push(format!("{place}: no keys in keys/"));
        }
        if now.since(feed.issued_at) > 2 * Seconds::DAY {
            wrong.push(format!(
                "{place}: the head was not signed for two days; is `serve` running?"
            ));
        }
        for segment in hub.store.segments(place).await? {
            let bytes = std::fs::read(hub.disk.segment(&segment.listed.hash)).unwrap_or_default();
            if bantin_model::id::Hash::of(&bytes) != segment.listed.hash {
                wrong.push(format!(
                    "{place}: segment {} is missing or damaged",
                    segment.listed.hash
                ));
            }
        }
    }
    Ok(())
}

/// Key files that others may read.
#[cfg(unix)]
fn modes(dir: &Path, wrong: &mut Vec<String>) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    for entry in std::fs::read_dir(dir.join("keys"))? {
        let entry = entry?;
        if entry.metadata()?.permissions().mode() & 0o077 != 0 {
            wrong.push(format!(
                "{} can be read by others: chmod 600",
                entry.path().display()
            ));
        }
    }
    Ok(())
}
