//! `keys list`.

use std::path::Path;

use bantin_model::feed::Root;
use bantin_model::id::{KeyId, PlaceId};
use bantin_model::record::Delegation;
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use serde::Serialize;

use super::show::{day, grouped};
use crate::Hub;
use crate::cli::output::print;

#[derive(Serialize)]
struct Shown {
    root: Option<RootShown>,
    places: Vec<PlaceShown>,
    given: Vec<GivenShown>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct RootShown {
    fingerprint: String,
    version: u32,
    place: PlaceId,
    threshold: u8,
    keys: Vec<PublicKey>,
    valid_until: Option<Seconds>,
}

#[derive(Serialize)]
struct PlaceShown {
    place: PlaceId,
    fingerprint: String,
    epoch: u32,
    version: u64,
    valid_until: Option<Seconds>,
    new_keys_wait: bool,
    agency_key: KeyId,
    retired_agency_keys: Vec<KeyId>,
}

#[derive(Serialize)]
struct GivenShown {
    place: PlaceId,
    by: PlaceId,
    fingerprint: String,
    epoch: u32,
    valid_until: Option<Seconds>,
    revoked: bool,
    legal_basis: String,
}

pub async fn list(dir: &Path, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let root = match hub.root().await {
        Ok(root) => Some(root_shown(&root, grouped(&hub.fingerprint().await?))),
        Err(_) => None,
    };
    let mut places = Vec::new();
    for feed in hub.own_feeds().await? {
        let keys = hub.keys_of(&feed.place)?;
        let above = hub.delegation_of(&feed.place).await?;
        places.push(PlaceShown {
            fingerprint: grouped(&keys.node().fingerprint(&feed.place)),
            epoch: feed.epoch,
            version: feed.version,
            valid_until: above.and_then(|(_, grant)| grant.valid.until),
            new_keys_wait: keys.next.is_some(),
            agency_key: keys.agency.id(),
            retired_agency_keys: keys.retired.iter().map(|old| old.id()).collect(),
            place: feed.place,
        });
    }
    let given = hub.given().await?.into_iter().map(given_shown).collect();
    let warnings = hub.key_warnings().await?;
    let shown = Shown {
        root,
        places,
        given,
        warnings,
    };
    print(json, &shown, said)
}

fn root_shown(root: &Root, fingerprint: String) -> RootShown {
    RootShown {
        fingerprint,
        version: root.version,
        place: root.place.clone(),
        threshold: root.threshold,
        keys: root.keys.clone(),
        valid_until: root.valid.until,
    }
}

fn given_shown((by, grant): (PlaceId, Delegation)) -> GivenShown {
    GivenShown {
        by,
        fingerprint: grouped(&grant.keys.fingerprint(&grant.place)),
        epoch: grant.epoch,
        valid_until: grant.valid.until,
        revoked: grant.is_revoked(),
        place: grant.place,
        legal_basis: grant.legal_basis,
    }
}

fn until(end: Option<Seconds>) -> String {
    end.map_or_else(|| "no end set".into(), |end| format!("until {}", day(end)))
}

fn said(shown: &Shown) -> String {
    let mut lines = Vec::new();
    if let Some(root) = &shown.root {
        lines.push(format!("root         {}", root.fingerprint));
        lines.push(format!(
            "             document {} for {}, {} of {} keys sign, {}",
            root.version,
            root.place,
            root.threshold,
            root.keys.len(),
            until(root.valid_until)
        ));
        let keys = root.keys.iter().map(|key| format!("  root key   {key}"));
        lines.extend(keys);
    }
    for place in &shown.places {
        lines.push(format!("{}", place.place));
        lines.push(format!("  node       {}", place.fingerprint));
        lines.push(format!(
            "             epoch {}, version {}, {}",
            place.epoch,
            place.version,
            until(place.valid_until)
        ));
        lines.push(format!(
            "  agency     {}, {} retired",
            place.agency_key,
            place.retired_agency_keys.len()
        ));
    }
    for given in &shown.given {
        let end = if given.revoked {
            "revoked".into()
        } else {
            until(given.valid_until)
        };
        lines.push(format!("{} lets {} speak, {end}", given.by, given.place));
        lines.push(format!("  node       {}", given.fingerprint));
    }
    lines.extend(shown.warnings.iter().map(|line| format!("! {line}")));
    lines.join("\n")
}
