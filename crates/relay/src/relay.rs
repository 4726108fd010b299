//! Starting and stopping a relay.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bantin_engine::{Clock, Engine};
use bantin_model::letter::SealSecret;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::carried::Carried;
use crate::error::RelayError;
use crate::guests::Guests;
use crate::limits::Limits;
use crate::mail::Mail;
use crate::nearby::Announcement;
use crate::state::{State, Tally};
use crate::{battery, carry, key, link, serve};

/// How often the battery is looked at.
const BATTERY: Duration = Duration::from_secs(60);

/// What a relay is started with.
pub struct RelayConfig {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Folder of the relay's own: its key and the letters it carries.
    pub folder: PathBuf,
    /// Tell the neighbourhood by multicast DNS.
    pub announce: bool,
    /// Bounds.
    pub limits: Limits,
    /// The device's clock.
    pub clock: Clock,
}

/// Why a relay stopped by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The battery is low and not charging.
    Battery,
}

/// A relay at work. It stops when this is dropped.
pub struct Relay {
    state: Arc<State>,
    links: Vec<String>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    end: watch::Receiver<Option<End>>,
    tasks: Vec<JoinHandle<()>>,
    announcement: Option<Announcement>,
}

impl Relay {
    /// Starts serving what the device of `engine` holds.
    ///
    /// # Errors
    /// [`bantin_wire::Code::NotFound`] at `place` before a place is followed; the disk; a port that is taken.
    pub async fn start(engine: Engine, config: RelayConfig) -> Result<Self, RelayError> {
        let held = engine.held().await?;
        let offer = engine.offer().await?;
        let (folder, limits) = (config.folder.clone(), config.limits);
        let (key, carried) = State::blocking(move || {
            std::fs::create_dir_all(&folder)?;
            let carried = Carried::open(&folder, limits)?;
            Ok((key::open(&folder.join("key"))?, carried))
        })
        .await?;
        let listener = TcpListener::bind(config.listen).await?;
        let address = listener.local_addr()?;
        let places: Vec<_> = offer.places.into_iter().map(|place| place.id).collect();
        let announcement = config.announce.then(|| {
            let told = Announcement::begin(address, &held.root, &places, &key.public());
            told.inspect_err(|error| tracing::warn!(%error, "the neighbourhood is not told"))
        });
        let seal = SealSecret::from_bytes(key::random()?);
        let state = Arc::new(State::new(
            engine,
            config.clock,
            (key, seal),
            carried,
            Guests::new(limits),
            Mail::new(limits),
        ));
        let (stop, stopped) = watch::channel(false);
        let (tell_end, end) = watch::channel(None);
        let tasks = vec![
            tokio::spawn(serve::accept(listener, Arc::clone(&state), stopped.clone())),
            tokio::spawn(carry::run(Arc::clone(&state), stopped.clone())),
            tokio::spawn(watch_battery(stop.clone(), tell_end, stopped)),
        ];
        let addresses = link::addresses(address).into_iter();
        Ok(Self {
            state,
            links: addresses.map(|at| link::link(at, &held.root)).collect(),
            address,
            stop,
            end,
            tasks,
            announcement: announcement.and_then(Result::ok),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Pairing links under which neighbours reach it, the likeliest first; never empty.
    pub fn links(&self) -> &[String] {
        &self.links
    }

    /// Whether the neighbourhood is told by multicast DNS.
    pub fn is_announced(&self) -> bool {
        self.announcement.is_some()
    }

    /// What was done for guests since the start.
    pub fn tally(&self) -> Tally {
        self.state.tally()
    }

    /// Why it stopped by itself, once it has.
    pub fn end(&self) -> watch::Receiver<Option<End>> {
        self.end.clone()
    }

    /// Stops: running requests may finish for a moment.
    pub async fn stop(mut self) {
        self.announcement = None;
        let _ = self.stop.send(true);
        for task in std::mem::take(&mut self.tasks) {
            // A task that broke is one that ended.
            let _ = task.await;
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
    }
}

async fn watch_battery(
    stop: watch::Sender<bool>,
    tell_end: watch::Sender<Option<End>>,
    mut stopped: watch::Receiver<bool>,
) {
    loop {
        if battery::is_low() {
            tracing::info!("the battery is low: sharing stops");
            let _ = tell_end.send(Some(End::Battery));
            let _ = stop.send(true);
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(BATTERY) => {}
            _ = stopped.wait_for(|stopped| *stopped) => return,
        }
    }
}
