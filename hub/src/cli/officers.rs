//! `officer add | grant | list`.

use std::path::Path;

use bantin_hub_store::{GrantRow, Role};
use bantin_model::id::PlaceId;
use bantin_model::time::{Seconds, Validity};
use bantin_wire::{Code, Failure};
use serde::Serialize;

use super::args::Officer;
use super::content::password;
use super::output::print;
use crate::Hub;

#[derive(Serialize)]
struct Row {
    login: String,
    name: String,
    disabled: bool,
    grants: Vec<Grant>,
}

#[derive(Serialize)]
struct Grant {
    place: PlaceId,
    role: &'static str,
    legal_basis: String,
    granted_by: String,
    from: Seconds,
    until: Option<Seconds>,
    counts: bool,
}

pub async fn run(dir: &Path, command: Officer, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    match command {
        Officer::Add { login, name } => {
            hub.add_officer(&login, &name, &password()?).await?;
            print(json, &serde_json::json!({ "login": login }), |_| {
                format!("{login} added")
            })
        }
        Officer::Grant {
            login,
            place,
            role,
            legal_basis,
            granted_by,
            days,
        } => {
            let now = hub.clock.now();
            let until = days.map(|days| now.plus(days.saturating_mul(Seconds::DAY)));
            let valid = Validity { from: now, until };
            let named = |name: &String| {
                Role::from_name(name).ok_or_else(|| Failure::at(Code::NotAllowed, "role"))
            };
            let roles: Vec<Role> = role.iter().map(named).collect::<Result<_, _>>()?;
            for role in roles {
                hub.grant(&login, &place, role, &granted_by, &legal_basis, valid)
                    .await?;
            }
            print(
                json,
                &serde_json::json!({ "login": login, "place": place }),
                |_| "granted".into(),
            )
        }
        Officer::List => list(&hub, json).await,
    }
}

async fn list(hub: &Hub, json: bool) -> anyhow::Result<()> {
    let now = hub.clock.now();
    let mut rows = Vec::new();
    for officer in hub.store.officers().await? {
        let grants = hub.store.grants_of(&officer.login).await?;
        let shown = |grant: GrantRow| Grant {
            counts: grant.valid.covers(now),
            place: grant.place,
            role: grant.role.as_str(),
            legal_basis: grant.legal_basis,
            granted_by: grant.granted_by,
            from: grant.valid.from,
            until: grant.valid.until,
        };
        rows.push(Row {
            login: officer.login,
            name: officer.name,
            disabled: officer.disabled_at.is_some(),
            grants: grants.into_iter().map(shown).collect(),
        });
    }
    print(json, &rows, |rows| {
        let line = |row: &Row| {
            let grants = row.grants.iter().filter(|grant| grant.counts);
            let grants: Vec<String> = grants
                .map(|grant| format!("{}@{}", grant.role, grant.place))
                .collect();
            format!("{}  {}  {}", row.login, row.name, grants.join(" "))
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    })
}
