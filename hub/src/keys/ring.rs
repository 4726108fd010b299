//! All keys of a hub, read at start.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use bantin_model::id::{KeyId, PlaceId};
use bantin_model::letter::{SealPublic, SealSecret};
use bantin_model::record::NodeKeys;
use bantin_model::sign::SecretKey;

use super::file::{read_secrets, write_secrets};
use crate::chance;

/// Secrets of the node that serves a place.
#[derive(Clone, Debug)]
pub struct PlaceKeys {
    /// Signs heads.
    pub feed: SecretKey,
    /// Signs *accepted*.
    pub receipt: SecretKey,
    /// The agency's own.
    pub agency: AgencyKeys,
}

/// Secrets of an agency.
#[derive(Clone, Debug)]
pub struct AgencyKeys {
    /// Opens letters.
    pub seal: SealSecret,
    /// Signs replies.
    pub sign: SecretKey,
}

impl PlaceKeys {
    /// The public halves that a delegation names.
    pub fn node(&self) -> NodeKeys {
        NodeKeys {
            feed: self.feed.public(),
            receipt: self.receipt.public(),
        }
    }

    /// The key letters are sealed to.
    pub fn seal_public(&self) -> SealPublic {
        self.agency.seal.public()
    }
}

/// The secrets in `keys/`.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// By place.
    pub places: BTreeMap<PlaceId, PlaceKeys>,
    by_seal: BTreeMap<KeyId, PlaceId>,
}

fn secret(file: &Path, name: &str) -> anyhow::Result<[u8; 32]> {
    let secrets = read_secrets(file)?;
    let found = secrets.get(name).copied();
    found.with_context(|| format!("key file {} has no key {name:?}", file.display()))
}

fn files(dir: &Path, place: &PlaceId) -> [PathBuf; 3] {
    ["feed", "receipt", "agency"].map(|name| dir.join(format!("{place}.{name}.key")))
}

impl Keys {
    /// Reads the keys of these places. A place without key files is carried, not spoken for.
    pub fn read(dir: &Path, places: &[PlaceId]) -> anyhow::Result<Self> {
        let mut keys = Self::default();
        for place in places {
            let [feed, receipt, agency] = files(dir, place);
            if !feed.exists() {
                continue;
            }
            let found = PlaceKeys {
                feed: SecretKey::from_seed(secret(&feed, "feed")?),
                receipt: SecretKey::from_seed(secret(&receipt, "receipt")?),
                agency: AgencyKeys {
                    seal: SealSecret::from_bytes(secret(&agency, "seal")?),
                    sign: SecretKey::from_seed(secret(&agency, "sign")?),
                },
            };
            keys.by_seal.insert(found.seal_public().id(), place.clone());
            keys.places.insert(place.clone(), found);
        }
        Ok(keys)
    }

    /// Makes and keeps new keys of a place.
    pub fn make(dir: &Path, place: &PlaceId) -> anyhow::Result<PlaceKeys> {
        let rng = &mut chance::rng();
        let keys = PlaceKeys {
            feed: SecretKey::generate(rng),
            receipt: SecretKey::generate(rng),
            agency: AgencyKeys {
                seal: SealSecret::generate(rng),
                sign: SecretKey::generate(rng),
            },
        };
        let [feed, receipt, agency] = files(dir, place);
        write_secrets(
            &feed,
            "Signs the heads of this place's feed.",
            &[("feed", keys.feed.seed())],
        )?;
        write_secrets(
            &receipt,
            "Signs receipts.",
            &[("receipt", keys.receipt.seed())],
        )?;
        let note = "Opens this agency's letters and signs its replies. Without it no letter can be read: \
                    keep a copy of this file apart from the ordinary backup.";
        let secrets = [
            ("seal", keys.agency.seal.to_bytes()),
            ("sign", keys.agency.sign.seed()),
        ];
        write_secrets(&agency, note, &secrets)?;
        Ok(keys)
    }

    /// The place whose agency has this seal key.
    pub fn place_of(&self, key: &KeyId) -> Option<&PlaceId> {
        self.by_seal.get(key)
    }

    /// The keys of a place.
    pub fn of(&self, place: &PlaceId) -> Option<&PlaceKeys> {
        self.places.get(place)
    }
}

/// Reads the root keys, by file name `root*.key`.
pub fn read_roots(dir: &Path) -> anyhow::Result<Vec<SecretKey>> {
    let mut names: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.starts_with("root") && name.ends_with(".key") {
            names.push(path);
        }
    }
    names.sort();
    names
        .iter()
        .map(|file| secret(file, "root").map(SecretKey::from_seed))
        .collect()
}
