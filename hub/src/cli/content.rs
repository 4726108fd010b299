//! `import`, `publish` and `withdraw`.

use std::path::Path;

use anyhow::Context;
use bantin_hub_store::Role;
use bantin_model::id::{PlaceId, RecordId};
use bantin_wire::{Code, Failure};
use serde_json::json;

use super::args;
use super::exit::FAULTS;
use super::output::{Ended, print};
use crate::Hub;
use crate::feed::{Edit, Signer};
use crate::import::{Imported, ImportedPlace, Problem, read_folder, read_publication};

/// A password from the environment, else a line of standard input; never from the command line, which
/// other users of the machine can see.
pub fn password() -> anyhow::Result<String> {
    if let Ok(password) = std::env::var("BANTIN_PASSWORD") {
        return Ok(password);
    }
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .context("no password on standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// The officer's signing key; none if no officer is named and the operator publishes as the hub.
pub async fn signer(hub: &Hub, login: Option<&str>) -> anyhow::Result<Option<Signer>> {
    match login {
        None => Ok(None),
        Some(login) => Ok(Some(hub.signer(login, &password()?).await?)),
    }
}

async fn allowed(hub: &Hub, by: Option<&Signer>, place: &PlaceId) -> anyhow::Result<()> {
    match by {
        None => Ok(()),
        Some(by) => Ok(hub.check_grant(&by.login, place, Role::Publish).await?),
    }
}

/// Problems go to standard error, one on a line; then the command ends with [`FAULTS`].
fn refuse(problems: &[Problem], json: bool) -> anyhow::Error {
    problems.iter().for_each(|problem| eprintln!("{problem}"));
    if json {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let _ = print(true, &json!({ "places": [], "problems": lines }), |_| {
            String::new()
        });
    }
    Ended(FAULTS).into()
}

pub async fn import(dir: &Path, options: &args::Import, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let folder = read_folder(&options.folder, &hub.import_terms().await?);
    let folder = folder.map_err(|problems| refuse(&problems, json))?;
    let by = signer(&hub, options.officer.as_deref()).await?;
    for draft in &folder.drafts {
        allowed(&hub, by.as_ref(), &draft.place).await?;
    }
    let imported = match options.check {
        true => Imported::default(),
        false => hub.import(folder, by.as_ref()).await?,
    };
    imported
        .warnings
        .iter()
        .for_each(|warning| eprintln!("{warning}"));
    print(json, &imported, |imported| {
        let line = |p: &ImportedPlace| {
            format!(
                "{}: version {}, {} of {} changed",
                p.place, p.version, p.changed, p.publications
            )
        };
        imported
            .places
            .iter()
            .map(line)
            .collect::<Vec<_>>()
            .join("\n")
    })
}

pub async fn publish(dir: &Path, options: &args::Publish, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let by = signer(&hub, options.officer.as_deref()).await?;
    allowed(&hub, by.as_ref(), &options.place).await?;
    let folder = read_publication(&options.file, &options.place, &hub.import_terms().await?);
    let folder = folder.map_err(|problems| refuse(&problems, json))?;
    let imported = hub.import(folder, by.as_ref()).await?;
    let place = imported.places.first();
    let id = place.and_then(|place| place.ids.first());
    let id = id.context("there is no publication")?;
    let version = place.map(|place| place.version);
    let value = json!({ "id": id, "place": options.place, "version": version });
    print(json, &value, |_| id.to_string())
}

pub async fn withdraw(dir: &Path, options: &args::Withdraw, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let id = RecordId::from_hex(&options.id).ok_or_else(|| Failure::at(Code::NotFound, "id"))?;
    let row = hub
        .store
        .record(&id)
        .await?
        .ok_or_else(|| Failure::at(Code::NotFound, "id"))?;
    let by = signer(&hub, options.officer.as_deref()).await?;
    allowed(&hub, by.as_ref(), &row.place).await?;
    let edit = Edit::Withdraw {
        id,
        reason: options.reason.clone(),
    };
    let done = hub
        .publish(&row.place, vec![edit], by.as_ref(), None)
        .await?;
    print(
        json,
        &json!({ "id": id, "place": row.place, "version": done.version }),
        |_| format!("{id} is no longer in the feed of {}", row.place),
    )
}
