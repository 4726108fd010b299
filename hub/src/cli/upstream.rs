//! `upstream`: the hub above.

use std::path::Path;

use anyhow::Context;
use bantin_model::time::Seconds;
use serde::Serialize;

use super::args::Upstream;
use super::exit::UNWELL;
use super::output::{Ended, print};
use crate::Hub;

#[derive(Serialize)]
struct Set {
    url: String,
    root: String,
}

pub async fn run(dir: &Path, command: Upstream, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    match command {
        Upstream::Set { link } => {
            let config = hub.set_upstream(&link).await?;
            let upstream = config.upstream.context("the hub above")?;
            let set = Set {
                url: upstream.url,
                root: upstream.root.to_string(),
            };
            print(json, &set, |set| {
                format!(
                    "follows {} from the next start of `serve` on\nroot {}",
                    set.url, set.root
                )
            })
        }
        Upstream::Status => status(&hub, json).await,
        Upstream::Once => {
            let pass = hub.look_up().await?;
            print(json, &pass, |pass| {
                let mut text = format!(
                    "{} records, {} letters up, {} answers down, {} pictures and sounds\n",
                    pass.records, pass.letters, pass.mail, pass.blobs
                );
                for trouble in &pass.troubles {
                    text.push_str(&format!("trouble: {trouble}\n"));
                }
                text
            })?;
            match pass.troubles.is_empty() {
                true => Ok(()),
                false => Err(Ended(UNWELL).into()),
            }
        }
    }
}

async fn status(hub: &Hub, json: bool) -> anyhow::Result<()> {
    let status = hub.upstream_status().await?;
    let status = status.context("no hub above is set: `bantin-hub upstream set LINK`")?;
    let now = hub.clock.now();
    print(json, &status, |status| {
        let ago = |at: u64| match at {
            0 => "never".to_owned(),
            at => format!("{} minutes ago", now.since(Seconds(at)) / 60),
        };
        let mut text = format!(
            "{} below {} at {}\nanswered {}; newest head above signed {}\n",
            status.own,
            status.above,
            status.url,
            ago(status.answered_at),
            ago(status.newest_signed_at)
        );
        for (place, epoch, version) in &status.mirrored {
            text.push_str(&format!("{place}: epoch {epoch}, version {version}\n"));
        }
        text.push_str(&format!(
            "letters: {} waiting, {} carried, {} refused\n",
            status.letters_waiting, status.letters_carried, status.letters_refused
        ));
        for fault in status.faults(now) {
            text.push_str(&format!("{fault}\n"));
        }
        text
    })
}
