//! The engine: stores, folders, clock, randomness, the connection to the hub, and who is told of changes.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use bantin_model::sync::next_pulse_after_s;
use bantin_model::time::Seconds;
use bantin_store::{News, Private};
use bantin_wire::{Code, Failure};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use tokio::sync::{Notify, RwLock, watch};

use crate::file::Folders;
use crate::hub::Wire;
use crate::reading::KnownDirectory;
use crate::sync::{Flight, searched_text};
use crate::{EngineConfig, Error, Result};

/// The engine of one person on one device. Clones share everything.
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) config: EngineConfig,
    pub(crate) folders: Folders,
    stores: RwLock<Stores>,
    rng: Mutex<ChaCha20Rng>,
    pub(crate) wire: Wire,
    pub(crate) flight: Flight,
    pub(crate) directory: KnownDirectory,
    /// One letter is written at a time, so that sequence numbers follow one another.
    pub(crate) writing: tokio::sync::Mutex<()>,
    changed: watch::Sender<u64>,
    letter_saved: Notify,
}

/// Both databases.
#[derive(Clone)]
pub(crate) struct Stores {
    pub(crate) news: News,
    pub(crate) private: Private,
}

impl Stores {
    async fn open(folders: &Folders, config: &EngineConfig) -> Result<Self> {
        let news = async {
            let news = News::open(&folders.news(), config.bounds).await?;
            news.index_again(searched_text).await?;
            Ok(news)
        };
        let private = folders.private();
        let private = Private::open(&private, config.bounds);
        // Each has a thread of its own, and neither needs the other.
        let (news, private) = tokio::try_join!(news, private)?;
        Ok(Self { news, private })
    }
}

impl Engine {
    /// Opens the device's data in `dir`, or makes it.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] at `profile`; no room; files of a newer version; no access.
    pub async fn open(dir: &Path, config: EngineConfig) -> Result<Self> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !(1..=32).contains(&config.profile.len()) || !config.profile.chars().all(fits) {
            return Err(Failure::at(Code::NotAllowed, "profile").into());
        }
        let folders = Folders::make(dir, &config.profile).await?;
        let stores = Stores::open(&folders, &config).await?;
        let mut seed = config.seed.unwrap_or_default();
        if config.seed.is_none() {
            getrandom::fill(&mut seed).map_err(|_| Error::Broken("no randomness"))?;
        }
        let wire = Wire::new(&config)?;
        let inner = Inner {
            wire,
            folders,
            stores: RwLock::new(stores),
            rng: Mutex::new(ChaCha20Rng::from_seed(seed)),
            flight: Flight::default(),
            directory: KnownDirectory::default(),
            writing: tokio::sync::Mutex::default(),
            changed: watch::Sender::new(0),
            letter_saved: Notify::new(),
            config,
        };
        let engine = Self {
            inner: Arc::new(inner),
        };
        engine.judge_again().await?;
        engine.renew_meter().await?;
        Ok(engine)
    }

    /// Counts changes of what the device holds; a window reads anew when it moves.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.inner.changed.subscribe()
    }

    /// Completes when a letter was saved since this was last asked: time for a sync.
    pub async fn letter_saved(&self) {
        self.inner.letter_saved.notified().await;
    }

    /// Seconds until the next sync should begin by itself, after how the last ones went and with how the
    /// device stands.
    ///
    /// # Errors
    /// The store.
    pub async fn next_sync_after_s(&self) -> Result<u64> {
        /// A device whose last sync went well asks again after 15 minutes.
        const QUIET_S: u64 = 15 * 60;
        let failures = self.stores().await.news.freshness().await?.failures;
        self.renew_meter().await?;
        let sparing = self.inner.wire.meter.sparing();
        Ok(self.with_rng(|rng| next_pulse_after_s(failures, QUIET_S, sparing, rng)))
    }

    pub(crate) fn tell_changed(&self) {
        self.inner
            .changed
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    pub(crate) fn tell_letter_saved(&self) {
        self.inner.letter_saved.notify_one();
    }

    /// This device's clock.
    pub(crate) fn now(&self) -> Seconds {
        (self.inner.config.clock)()
    }

    pub(crate) async fn stores(&self) -> Stores {
        self.inner.stores.read().await.clone()
    }

    pub(crate) fn with_rng<T>(&self, use_it: impl FnOnce(&mut ChaCha20Rng) -> T) -> T {
        let mut rng = self
            .inner
            .rng
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        use_it(&mut rng)
    }

    /// TLS judges certificates by the same clock rule as everything else.
    pub(crate) async fn judge_again(&self) -> Result<()> {
        let freshness = self.stores().await.news.freshness().await?;
        self.inner
            .wire
            .judge(freshness.newest_signed, freshness.clock_wrong);
        Ok(())
    }

    /// Closes the databases, lets `between` do its work on the files, and opens them again.
    pub(crate) async fn with_stores_closed(
        &self,
        between: impl AsyncFnOnce() -> std::io::Result<()>,
    ) -> Result<()> {
        let inner = &self.inner;
        let mut stores = inner.stores.write().await;
        stores.news.close().await;
        stores.private.close().await;
        let done = between().await;
        Folders::make(&inner.folders.root, &inner.config.profile).await?;
        *stores = Stores::open(&inner.folders, &inner.config).await?;
        Ok(done?)
    }
}
