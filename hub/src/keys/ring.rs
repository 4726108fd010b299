//! The keys of the places a hub speaks for, as they lie in `keys/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use bantin_model::id::{KeyId, PlaceId};
use bantin_model::letter::{SealPublic, SealSecret};
use bantin_model::record::NodeKeys;
use bantin_model::sign::{PublicKey, SecretKey};

use super::file::{read_secrets, write_secrets};
use crate::chance;

/// Secrets of the node that serves a place.
#[derive(Clone, Debug)]
pub struct PlaceKeys {
    /// Signs heads.
    pub feed: SecretKey,
    /// Signs *accepted*.
    pub receipt: SecretKey,
    /// Made for the next rotation and not yet let speak by the place above.
    pub next: Option<NextKeys>,
    /// The agency's own.
    pub agency: AgencyKeys,
    /// The agency's earlier ones, in order of key id: they open what was sealed to them and sign nothing.
    pub retired: Vec<AgencyKeys>,
}

/// Keys that wait for the delegation that names them.
#[derive(Clone, Debug)]
pub struct NextKeys {
    /// Is to sign heads.
    pub feed: SecretKey,
    /// Is to sign *accepted*.
    pub receipt: SecretKey,
}

/// Secrets of an agency.
#[derive(Clone, Debug)]
pub struct AgencyKeys {
    /// Opens letters.
    pub seal: SealSecret,
    /// Signs replies.
    pub sign: SecretKey,
}

impl NextKeys {
    /// The public halves.
    pub fn node(&self) -> NodeKeys {
        NodeKeys {
            feed: self.feed.public(),
            receipt: self.receipt.public(),
        }
    }
}

impl AgencyKeys {
    /// The short name of the key letters are sealed to.
    pub fn id(&self) -> KeyId {
        KeyId::of(self.seal.public().as_bytes())
    }
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

    /// All generations of the agency's keys, the present one first.
    pub fn generations(&self) -> impl Iterator<Item = &AgencyKeys> {
        std::iter::once(&self.agency).chain(&self.retired)
    }

    /// The secret that opens what was sealed to `key`.
    pub fn opening(&self, key: &KeyId) -> Option<&SealSecret> {
        let mut all = self.generations();
        all.find(|keys| keys.id() == *key).map(|keys| &keys.seal)
    }

    /// The public keys with which replies of this agency were ever signed.
    pub fn signers(&self) -> Vec<PublicKey> {
        self.generations().map(|keys| keys.sign.public()).collect()
    }
}

/// The secrets in `keys/`.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    places: BTreeMap<PlaceId, Arc<PlaceKeys>>,
    by_seal: BTreeMap<KeyId, PlaceId>,
}

pub(super) fn secret(file: &Path, name: &str) -> anyhow::Result<[u8; 32]> {
    let secrets = read_secrets(file)?;
    let found = secrets.get(name).copied();
    found.with_context(|| format!("key file {} has no key {name:?}", file.display()))
}

/// The file of one of a place's keys.
pub(super) fn file_of(dir: &Path, place: &PlaceId, name: &str) -> PathBuf {
    dir.join(format!("{place}.{name}.key"))
}

impl Keys {
    /// Reads the key files of a folder. A place without a feed key is carried, not spoken for.
    pub fn read(dir: &Path) -> anyhow::Result<Self> {
        let mut keys = Self::default();
        let mut names: Vec<String> = std::fs::read_dir(dir)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<std::io::Result<_>>()?;
        names.sort();
        let spoken_for = names
            .iter()
            .filter_map(|name| name.strip_suffix(".feed.key"));
        for place in spoken_for.filter_map(|id| PlaceId::new(id).ok()) {
            let found = place_keys(dir, &place, &names)?;
            for agency in found.generations() {
                keys.by_seal.insert(agency.id(), place.clone());
            }
            keys.places.insert(place, Arc::new(found));
        }
        Ok(keys)
    }

    /// Makes and keeps new keys of a place.
    pub fn make(dir: &Path, place: &PlaceId) -> anyhow::Result<PlaceKeys> {
        let keys = PlaceKeys {
            feed: SecretKey::generate(&mut chance::rng()),
            receipt: SecretKey::generate(&mut chance::rng()),
            next: None,
            agency: new_agency(),
            retired: Vec::new(),
        };
        write_feed(&file_of(dir, place, "feed"), &keys.feed)?;
        write_receipt(&file_of(dir, place, "receipt"), &keys.receipt)?;
        write_agency(&file_of(dir, place, "agency"), &keys.agency)?;
        Ok(keys)
    }

    /// The place whose agency has, or had, this seal key.
    pub fn place_of(&self, key: &KeyId) -> Option<&PlaceId> {
        self.by_seal.get(key)
    }

    /// The keys of a place.
    pub fn of(&self, place: &PlaceId) -> Option<Arc<PlaceKeys>> {
        self.places.get(place).cloned()
    }

    /// The places spoken for.
    pub fn places(&self) -> impl Iterator<Item = &PlaceId> {
        self.places.keys()
    }
}

fn place_keys(dir: &Path, place: &PlaceId, names: &[String]) -> anyhow::Result<PlaceKeys> {
    let seed =
        |name: &str, key: &str| secret(&file_of(dir, place, name), key).map(SecretKey::from_seed);
    let feed_next = file_of(dir, place, "feed.next");
    let receipt_next = file_of(dir, place, "receipt.next");
    let next = match (feed_next.exists(), receipt_next.exists()) {
        (true, true) => Some(NextKeys {
            feed: seed("feed.next", "feed")?,
            receipt: seed("receipt.next", "receipt")?,
        }),
        // A promotion was cut short between its two files: the feed key is in its place already.
        (false, true) => Some(NextKeys {
            feed: seed("feed", "feed")?,
            receipt: seed("receipt.next", "receipt")?,
        }),
        _ => None,
    };
    let begins = format!("{place}.agency.retired-");
    let old = names
        .iter()
        .filter(|name| name.starts_with(&begins) && name.ends_with(".key"));
    Ok(PlaceKeys {
        feed: seed("feed", "feed")?,
        receipt: seed("receipt", "receipt")?,
        next,
        agency: agency_keys(&file_of(dir, place, "agency"))?,
        retired: old
            .map(|name| agency_keys(&dir.join(name)))
            .collect::<anyhow::Result<_>>()?,
    })
}

fn agency_keys(file: &Path) -> anyhow::Result<AgencyKeys> {
    Ok(AgencyKeys {
        seal: SealSecret::from_bytes(secret(file, "seal")?),
        sign: SecretKey::from_seed(secret(file, "sign")?),
    })
}

pub(super) fn new_agency() -> AgencyKeys {
    AgencyKeys {
        seal: SealSecret::generate(&mut chance::rng()),
        sign: SecretKey::generate(&mut chance::rng()),
    }
}

pub(super) fn write_feed(file: &Path, key: &SecretKey) -> anyhow::Result<()> {
    let note = "Signs the heads of this place's feed.";
    write_secrets(file, note, &[("feed", key.seed())])
}

pub(super) fn write_receipt(file: &Path, key: &SecretKey) -> anyhow::Result<()> {
    write_secrets(file, "Signs receipts.", &[("receipt", key.seed())])
}

pub(super) fn write_agency(file: &Path, keys: &AgencyKeys) -> anyhow::Result<()> {
    let note = "Opens this agency's letters and signs its replies. Without it no letter can be read: \
                keep a copy of this file apart from the ordinary backup.";
    let secrets = [("seal", keys.seal.to_bytes()), ("sign", keys.sign.seed())];
    write_secrets(file, note, &secrets)
}
