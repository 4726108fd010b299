//! Founding a tree of places: keys, root document, and the first version of every feed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use bantin_model::cbor;
use bantin_model::feed::Root;
use bantin_model::id::PlaceId;
use bantin_model::record::{Agency, Delegation, Kind, Names, NodeKeys, PlaceInfo};
use bantin_model::sign::{Envelope, PayloadType, SecretKey};
use bantin_model::time::{Seconds, Validity};

use super::{Edit, Item, agency_id, delegation_id, place_id};
use crate::Hub;
use crate::clock::Clock;
use crate::config::Config;
use crate::keys::{Keys, make_roots};

/// A place to be founded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlace {
    /// What it says of itself.
    pub info: PlaceInfo,
    /// The agency that speaks for it, by language.
    pub agency: Names,
}

/// Who lets the first of the places speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Above {
    /// Root keys made here: so many, of which so many must sign.
    Root {
        /// Files of one key each.
        keys: usize,
        /// How many must sign together.
        threshold: u8,
    },
    /// The place above, served by another hub: its delegation and the root documents come from there.
    Parent,
}

/// What was founded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founded {
    /// The pairing link; none until the root documents come from above.
    pub link: Option<String>,
    /// The places, parents before children.
    pub places: Vec<PlaceId>,
    /// Files of the new root keys.
    pub root_keys: Vec<PathBuf>,
}

impl Hub {
    /// Makes a data directory for a whole tree with one root key. The directory must not hold a hub yet.
    pub async fn found(
        dir: &Path,
        places: &[NewPlace],
        config: Config,
        clock: Clock,
    ) -> anyhow::Result<Founded> {
        let above = Above::Root {
            keys: 1,
            threshold: 1,
        };
        Self::found_under(dir, places, above, config, clock).await
    }

    /// Makes a data directory for these places, parents before children, under root keys of its own
    /// or under a place that another hub serves.
    pub async fn found_under(
        dir: &Path,
        places: &[NewPlace],
        above: Above,
        config: Config,
        clock: Clock,
    ) -> anyhow::Result<Founded> {
        let top = check(places, above)?;
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
        let mut nodes = BTreeMap::new();
        for place in places {
            nodes.insert(
                place.info.id.clone(),
                Keys::make(&secrets, &place.info.id)?.node(),
            );
        }
        let hub = Self::open_with(dir, config, clock).await?;
        let now = hub.clock.now();
        let mut root_keys = Vec::new();
        if let Above::Root { keys, threshold } = above {
            let node = nodes.get(&top).copied().context("keys of the top")?;
            let (root, files) = found_root(&secrets, &top, node, keys, threshold, now)?;
            hub.store.add_root(1, &root).await?;
            root_keys = files;
        }
        for place in places {
            let parent = place.info.parent.as_ref();
            hub.store.found_feed(&place.info.id, parent).await?;
        }
        for place in places {
            let edits = first_records(&hub, place, places, &nodes, now)?;
            hub.publish(&place.info.id, edits, None, None).await?;
        }
        let link = match above {
            Above::Root { .. } => Some(hub.link().await?),
            Above::Parent => None,
        };
        Ok(Founded {
            link,
            places: places.iter().map(|place| place.info.id.clone()).collect(),
            root_keys,
        })
    }
}

/// What a place says of itself, its agency's keys, and a delegation for each place below it.
fn first_records(
    hub: &Hub,
    place: &NewPlace,
    places: &[NewPlace],
    nodes: &BTreeMap<PlaceId, NodeKeys>,
    now: Seconds,
) -> anyhow::Result<Vec<Edit>> {
    let id = &place.info.id;
    let keys = hub.keys_of(id)?;
    let agency = Agency {
        names: place.agency.clone(),
        seal_key: keys.seal_public(),
        sign_key: keys.agency.sign.public(),
        valid: from(now),
        contact: Names::new(),
        former: Vec::new(),
    };
    let info = cbor::to_vec(&place.info);
    let mut edits = vec![
        put(place_id(id), Kind::PLACE, now, info),
        put(agency_id(id), Kind::AGENCY, now, cbor::to_vec(&agency)),
    ];
    for below in places.iter().filter(|p| p.info.parent.as_ref() == Some(id)) {
        let child = &below.info.id;
        let keys = nodes.get(child).copied().context("keys")?;
        let grant = cbor::to_vec(&delegation(child, keys, 1, 0, now));
        edits.push(put(delegation_id(child), Kind::DELEGATION, now, grant));
    }
    Ok(edits)
}

/// One top, and every parent before its children; the top.
fn check(places: &[NewPlace], above: Above) -> anyhow::Result<PlaceId> {
    let mut known: Vec<&PlaceId> = Vec::new();
    for place in places {
        let info = &place.info;
        if above == Above::Parent && known.is_empty() {
            if info.parent.is_none() {
                bail!("place {} has no parent that could let it speak", info.id);
            }
            known.push(&info.id);
            continue;
        }
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
    node: NodeKeys,
    keys: usize,
    threshold: u8,
    now: Seconds,
) -> anyhow::Result<(Vec<u8>, Vec<PathBuf>)> {
    let mut made = make_roots(secrets, keys)?;
    made.sort_by_key(|(_, key)| key.public());
    let root = Root {
        format: Root::FORMAT,
        version: 1,
        place: top.clone(),
        threshold,
        keys: made.iter().map(|(_, key)| key.public()).collect(),
        node,
        epoch: 1,
        after_version: 0,
        valid: from(now),
    };
    if !root.well_formed() {
        bail!("of {keys} root keys {threshold} cannot sign");
    }
    let signers: Vec<&SecretKey> = made.iter().map(|(_, key)| key).collect();
    let envelope = Envelope::seal(PayloadType::Root, cbor::to_vec(&root), &signers);
    let mut files: Vec<PathBuf> = made.iter().map(|(file, _)| file.clone()).collect();
    files.sort();
    Ok((envelope.to_bytes(), files))
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
