//! Founding a tree of places: keys, root document, and the first version of every feed.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use bantin_model::cbor;
use bantin_model::feed::Root;
use bantin_model::id::PlaceId;
use bantin_model::record::{Agency, Delegation, Kind, Names, NodeKeys, PlaceInfo};
use bantin_model::sign::{Envelope, PayloadType, SecretKey};
use bantin_model::time::{Seconds, Validity};

use super::{Edit, Item, agency_id, delegation_id, place_id};
use crate::clock::Clock;
use crate::config::Config;
use crate::keys::{Keys, write_secrets};
use crate::{Hub, chance};

/// A place to be founded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlace {
    /// What it says of itself.
    pub info: PlaceInfo,
    /// The agency that speaks for it, by language.
    pub agency: Names,
}

/// What was founded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founded {
    /// The pairing link.
    pub link: String,
    /// The places, parents before children.
    pub places: Vec<PlaceId>,
}

impl Hub {
    /// Makes a data directory for these places, parents before children. The directory must not hold
    /// a hub yet.
    pub async fn found(
        dir: &Path,
        places: &[NewPlace],
        config: Config,
        clock: Clock,
    ) -> anyhow::Result<Founded> {
        let top = check(places)?;
        if dir.join(crate::hub::DATABASE).exists() {
            bail!("{} already holds a hub", dir.display());
        }
        let secrets = dir.join("keys");
        std::fs::create_dir_all(&secrets)
            .with_context(|| format!("{} cannot be made", secrets.display()))?;
        #[cfg(unix)]
        {
            restrict(dir)?;
            restrict(&secrets)?;
        }
        config.write(dir)?;
        let now = clock.now();
        let mut nodes = BTreeMap::new();
        for place in places {
            nodes.insert(
                place.info.id.clone(),
                Keys::make(&secrets, &place.info.id)?.node(),
            );
        }
        let root = found_root(&secrets, &top, &nodes, now)?;
        let first = Self::open_with(dir, config.clone(), clock.clone()).await?;
        first.store.add_root(1, &root).await?;
        for place in places {
            first
                .store
                .found_feed(&place.info.id, place.info.parent.as_ref())
                .await?;
        }
        // Keys are read for the feeds in the store, so the hub is opened again now that there are some.
        let hub = Self::open_with(dir, config, clock).await?;
        for place in places {
            let keys = hub.keys_of(&place.info.id)?;
            let agency = Agency {
                names: place.agency.clone(),
                seal_key: keys.seal_public(),
                sign_key: keys.agency.sign.public(),
                valid: from(now),
                contact: Names::new(),
            };
            let mut edits = vec![
                put(
                    place_id(&place.info.id),
                    Kind::PLACE,
                    now,
                    cbor::to_vec(&place.info),
                ),
                put(
                    agency_id(&place.info.id),
                    Kind::AGENCY,
                    now,
                    cbor::to_vec(&agency),
                ),
            ];
            for below in places
                .iter()
                .filter(|p| p.info.parent.as_ref() == Some(&place.info.id))
            {
                let child = &below.info.id;
                let keys = nodes.get(child).copied().context("keys")?;
                let grant = delegation(child, keys, 1, 0, now);
                edits.push(put(
                    delegation_id(child),
                    Kind::DELEGATION,
                    now,
                    cbor::to_vec(&grant),
                ));
            }
            hub.publish(&place.info.id, edits, None, None).await?;
        }
        let places = places.iter().map(|place| place.info.id.clone()).collect();
        Ok(Founded {
            link: hub.link().await?,
            places,
        })
    }
}

/// One top, and every parent before its children; the top.
fn check(places: &[NewPlace]) -> anyhow::Result<PlaceId> {
    let mut known: Vec<&PlaceId> = Vec::new();
    for place in places {
        let info = &place.info;
        if known.contains(&&info.id) {
            bail!("place {} is there twice", info.id);
        }
        match &info.parent {
            None if !known.is_empty() => {
                bail!("place {} has no parent, nor has the first", info.id)
            }
            Some(parent) if !known.contains(&parent) => {
                bail!(
                    "place {}: its parent {parent} must stand before it",
                    info.id
                )
            }
            _ => known.push(&info.id),
        }
    }
    known
        .first()
        .map(|top| (*top).clone())
        .context("there is no place in the file")
}

fn found_root(
    secrets: &Path,
    top: &PlaceId,
    nodes: &BTreeMap<PlaceId, NodeKeys>,
    now: Seconds,
) -> anyhow::Result<Vec<u8>> {
    let key = SecretKey::generate(&mut chance::rng());
    let note = "Signs the root of trust. Needed only to change keys of the top place or after a \
                restore: move this file to a safe that is not connected to anything.";
    write_secrets(&secrets.join("root.key"), note, &[("root", key.seed())])?;
    let root = Root {
        format: Root::FORMAT,
        version: 1,
        place: top.clone(),
        threshold: 1,
        keys: vec![key.public()],
        node: nodes.get(top).copied().context("keys of the top")?,
        epoch: 1,
        after_version: 0,
        valid: from(now),
    };
    Ok(Envelope::seal(PayloadType::Root, cbor::to_vec(&root), &[&key]).to_bytes())
}

pub(super) fn put(id: bantin_model::id::RecordId, kind: Kind, at: Seconds, body: Vec<u8>) -> Edit {
    Edit::Put(Item {
        id: Some(id),
        kind,
        issued_at: Some(at),
        in_force: None,
        body,
    })
}

pub(super) fn delegation(
    place: &PlaceId,
    keys: NodeKeys,
    epoch: u32,
    after_version: u64,
    now: Seconds,
) -> Delegation {
    let place = place.clone();
    Delegation {
        place,
        keys,
        epoch,
        after_version,
        legal_basis: String::new(),
        valid: from(now),
    }
}

fn from(now: Seconds) -> Validity {
    Validity {
        from: now,
        until: None,
    }
}

/// Letters are sealed, but who writes when is nobody else's business either.
#[cfg(unix)]
pub(crate) fn restrict(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700))
}
