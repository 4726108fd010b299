//! The keys of a hub at work. A ceremony is another process, so the folder is looked at each time: keys
//! that a ceremony changed are used from the next signature on, and no head is signed with an old one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use bantin_model::id::{KeyId, PlaceId};

use super::{Keys, PlaceKeys};

/// Folder times are this coarse on some disks: what was read so soon after a change is read again.
const COARSE: Duration = Duration::from_secs(2);

#[derive(Debug)]
struct Held {
    /// The folder's time when it was read; none = not to be relied on.
    changed: Option<SystemTime>,
    keys: Arc<Keys>,
}

/// The secrets of a data directory, as they are now.
#[derive(Debug)]
pub struct KeyRing {
    dir: PathBuf,
    held: RwLock<Held>,
}

impl KeyRing {
    /// Reads the folder.
    pub fn open(dir: &Path) -> anyhow::Result<Self> {
        let (changed, keys) = read(dir)?;
        let held = RwLock::new(Held {
            changed,
            keys: Arc::new(keys),
        });
        Ok(Self {
            dir: dir.into(),
            held,
        })
    }

    /// All keys. What cannot be read now (a ceremony is writing) stays as it was.
    pub fn now(&self) -> Arc<Keys> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        if held.changed.is_some() && held.changed == changed(&self.dir) {
            return Arc::clone(&held.keys);
        }
        let before = Arc::clone(&held.keys);
        drop(held);
        match read(&self.dir) {
            Ok((changed, keys)) => {
                let keys = Arc::new(keys);
                let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
                *held = Held {
                    changed,
                    keys: Arc::clone(&keys),
                };
                keys
            }
            Err(error) => {
                tracing::warn!(%error, "keys not read again");
                before
            }
        }
    }

    /// The keys of a place.
    pub fn of(&self, place: &PlaceId) -> Option<Arc<PlaceKeys>> {
        self.now().of(place)
    }

    /// The place whose agency has, or had, this seal key.
    pub fn place_of(&self, key: &KeyId) -> Option<PlaceId> {
        self.now().place_of(key).cloned()
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }
}

fn changed(dir: &Path) -> Option<SystemTime> {
    std::fs::metadata(dir).ok()?.modified().ok()
}

fn read(dir: &Path) -> anyhow::Result<(Option<SystemTime>, Keys)> {
    let before = changed(dir);
    let keys = Keys::read(dir)?;
    let settled = before.filter(|at| at.elapsed().is_ok_and(|since| since > COARSE));
    Ok((settled, keys))
}
