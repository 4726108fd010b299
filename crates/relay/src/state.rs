//! What all requests of a relay share.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bantin_engine::{Clock, Engine};
use bantin_model::id::Hash;
use bantin_model::letter::SealSecret;
use bantin_model::record::Mime;
use bantin_model::sign::SecretKey;
use bantin_model::time::Seconds;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::carried::Carried;
use crate::error::{RelayError, Result};
use crate::guests::Guests;
use crate::limits::HUB_QUIET;
use crate::mail::Mail;

/// The list of public blobs is made anew at most so often.
const BLOBS_FRESH: Duration = Duration::from_secs(30);

/// What was done for guests since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Guests that came, by address.
    pub guests: u64,
    /// Bytes of news given to them.
    pub given_bytes: u64,
    /// Letters of guests that wait here for a hub.
    pub letters_waiting: usize,
}

pub(crate) struct State {
    pub(crate) engine: Engine,
    pub(crate) clock: Clock,
    pub(crate) key: SecretKey,
    /// Of this start only.
    pub(crate) seal: SealSecret,
    pub(crate) carried: Arc<Carried>,
    pub(crate) mail: Mail,
    pub(crate) guests: Arc<Guests>,
    /// A letter came: time to look whether the hub is there.
    pub(crate) brought: Notify,
    hub_quiet_until: Mutex<Option<Instant>>,
    blobs: tokio::sync::Mutex<Option<Public>>,
    /// Files whose bytes were found to be those of their name since the start.
    whole: Mutex<BTreeSet<Hash>>,
}

/// The blobs that records name, as of a state of the engine.
struct Public {
    change: u64,
    made: Instant,
    blobs: BTreeMap<Hash, Option<Mime>>,
}

impl State {
    pub(crate) fn new(
        engine: Engine,
        clock: Clock,
        keys: (SecretKey, SealSecret),
        carried: Carried,
        guests: Guests,
        mail: Mail,
    ) -> Self {
        Self {
            engine,
            clock,
            key: keys.0,
            seal: keys.1,
            carried: Arc::new(carried),
            mail,
            guests: Arc::new(guests),
            brought: Notify::new(),
            hub_quiet_until: Mutex::default(),
            blobs: tokio::sync::Mutex::default(),
            whole: Mutex::default(),
        }
    }

    pub(crate) fn now(&self) -> Seconds {
        (self.clock)()
    }

    pub(crate) fn tally(&self) -> Tally {
        let (guests, given_bytes) = self.guests.tally();
        Tally {
            guests,
            given_bytes,
            letters_waiting: self.carried.count(),
        }
    }

    /// Counts bytes that are about to be given.
    pub(crate) fn give(&self, guest: IpAddr, bytes: u64) -> Result<()> {
        match self.guests.give(guest, bytes, self.now()) {
            true => Ok(()),
            false => Err(RelayError::code(bantin_wire::Code::Busy)),
        }
    }

    /// Whether it is worth asking the hub while a guest waits.
    pub(crate) fn hub_may_answer(&self) -> bool {
        let quiet = self.hub_quiet_until.lock();
        let quiet = quiet.unwrap_or_else(PoisonError::into_inner);
        quiet.is_none_or(|until| Instant::now() >= until)
    }

    /// Remembers whether the hub was there just now.
    pub(crate) fn hub_was(&self, there: bool) {
        let until = (!there).then(|| Instant::now() + HUB_QUIET);
        *self
            .hub_quiet_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = until;
    }

    /// What the blob of that name is; none if the news name no such blob.
    pub(crate) async fn public_blob(&self, hash: &Hash) -> Result<Option<Option<Mime>>> {
        let mut public = self.blobs.lock().await;
        let change = *self.engine.changes().borrow();
        let fresh = public
            .as_ref()
            .is_some_and(|known| known.change == change || known.made.elapsed() < BLOBS_FRESH);
        if !fresh {
            *public = Some(Public {
                change,
                made: Instant::now(),
                blobs: self.engine.public_blobs().await?,
            });
        }
        Ok(public
            .as_ref()
            .and_then(|known| known.blobs.get(hash).copied()))
    }

    /// Whether the file of that name was read and found whole.
    pub(crate) fn is_whole(&self, hash: &Hash) -> bool {
        self.whole
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(hash)
    }

    pub(crate) fn found_whole(&self, hash: Hash) {
        /// More names than a device ever holds at once.
        const NAMES_MAX: usize = 4096;
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        if whole.len() >= NAMES_MAX {
            whole.clear();
        }
        whole.insert(hash);
    }

    /// Work on files, which may wait for the disk.
    pub(crate) async fn blocking<T: Send + 'static>(
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|_| RelayError::Broken("work on a file broke off"))?
    }
}
