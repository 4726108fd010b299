//! A hub at work: its settings, store, files, keys and clock. Controllers, jobs and the command line
//! all call the same methods on it; they are written beside their nouns.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use bantin_hub_store::{SqliteStore, Store};
use bantin_model::conversation::DeadlineRules;
use bantin_model::feed::Root;
use bantin_model::id::{Hash, PlaceId};
use bantin_model::sign::Envelope;
use bantin_model::{cbor, feed};
use tokio::sync::{Mutex, Notify};

use crate::clock::Clock;
use crate::config::Config;
use crate::disk::Disk;
use crate::failure::{HubError, Result};
use crate::feed::{HeadsCache, PastHeads};
use crate::keys::{KeyRing, PlaceKeys};
use crate::letter::{Batch, OpenedCache, Uploads};
use crate::mailbox::Asked;

/// The database's name in the data directory.
pub const DATABASE: &str = "hub.db";

/// Everything a request or a command needs. Cheap to share in an [`Arc`].
pub struct Hub {
    /// The operator's settings.
    pub config: Config,
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// Files.
    pub disk: Disk,
    /// Secrets.
    pub keys: KeyRing,
    /// The time.
    pub clock: Clock,
    /// Deadlines.
    pub rules: DeadlineRules,
    /// One change of a feed at a time in this process; other processes are met by the store.
    pub(crate) publishing: Mutex<()>,
    /// Heads documents by tag.
    pub(crate) heads: HeadsCache,
    /// Heads documents given out lately.
    pub(crate) past_heads: PastHeads,
    /// Letters that wait for the next transaction.
    pub(crate) batch: Batch,
    /// Letters opened lately.
    pub(crate) opened: OpenedCache,
    /// Uploads that are running.
    pub(crate) uploads: Uploads,
    /// Rung when a letter was accepted.
    pub(crate) arrived: Notify,
    /// Rung when a letter was accepted that is to be carried up.
    pub(crate) to_carry: Notify,
    /// One look at the hub above at a time.
    pub(crate) looking: Mutex<()>,
    /// Questions of nodes below that were answered lately.
    pub(crate) asked: Asked,
}

impl Hub {
    /// Opens a data directory with the machine's clock.
    pub async fn open(dir: &Path) -> anyhow::Result<Arc<Self>> {
        Self::open_with(dir, Config::read(dir)?, Clock::system()).await
    }

    /// Opens a data directory.
    pub async fn open_with(dir: &Path, config: Config, clock: Clock) -> anyhow::Result<Arc<Self>> {
        let file = dir.join(DATABASE);
        let store = SqliteStore::open(&file, config.limits.database_bytes_max)
            .await
            .with_context(|| format!("{} cannot be opened", file.display()))?;
        let store: Arc<dyn Store> = Arc::new(store);
        let keys = KeyRing::open(&dir.join("keys"))?;
        let rules = match &config.deadlines {
            None => DeadlineRules::default_set()?,
            Some(file) => DeadlineRules::from_json(&std::fs::read_to_string(file)?)
                .with_context(|| format!("{}", file.display()))?,
        };
        Ok(Arc::new(Self {
            config,
            store,
            disk: Disk::open(dir)?,
            keys,
            clock,
            rules,
            publishing: Mutex::new(()),
            heads: HeadsCache::default(),
            past_heads: PastHeads::open(dir)?,
            batch: Batch::default(),
            opened: OpenedCache::default(),
            uploads: Uploads::default(),
            arrived: Notify::new(),
            to_carry: Notify::new(),
            looking: Mutex::new(()),
            asked: Asked::default(),
        }))
    }

    /// The keys of a place this hub speaks for.
    pub fn keys_of(&self, place: &PlaceId) -> Result<Arc<PlaceKeys>> {
        let missing = || HubError::Broken(format!("no keys for {place} in keys/"));
        self.keys.of(place).ok_or_else(missing)
    }

    /// Fingerprint of the root of trust, as pairing links carry it.
    pub async fn fingerprint(&self) -> Result<Hash> {
        if let Some(upstream) = &self.config.upstream {
            return Ok(upstream.root);
        }
        let roots = self.store.roots().await?;
        let first = roots
            .first()
            .ok_or_else(|| HubError::Broken("no root document".into()))?;
        let root = Envelope::from_bytes(first, feed::HEADS_BYTES_MAX).ok();
        let root =
            root.and_then(|e| cbor::from_slice::<Root>(&e.payload, feed::HEADS_BYTES_MAX).ok());
        root.map(|root| root.fingerprint())
            .ok_or_else(|| HubError::Broken("root document damaged".into()))
    }

    /// The pairing link.
    pub async fn link(&self) -> Result<String> {
        let base = self.config.base_url.trim_end_matches('/');
        Ok(format!("{base}#root={}", self.fingerprint().await?))
    }
}
