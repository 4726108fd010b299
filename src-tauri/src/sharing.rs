//! Sharing with neighbours while the app is open: one relay at most, which ends with the app.

use std::net::SocketAddr;
use std::path::PathBuf;

use bantin_engine::{Engine, EngineConfig};
use bantin_relay::{Limits, Qr, Relay, RelayConfig, RelayError};
use bantin_wire::Failure;
use bantin_wire::ipc::relay::{QrView, Sharing as View};
use tokio::sync::Mutex;

/// The port that neighbours are used to.
const PORT: u16 = 7410;

/// What is shared, if anything is.
pub(crate) struct Sharing {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    relay: Option<Relay>,
    battery_low: bool,
}

impl Sharing {
    /// Nothing is shared yet; `folder` is the relay's own.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            state: Mutex::default(),
        }
    }

    /// Begins, or goes on.
    pub(crate) async fn start(&self, engine: &Engine) -> Result<View, Failure> {
        let mut state = self.state.lock().await;
        settle(&mut state).await;
        if state.relay.is_none() {
            let started = match self.listen(engine, PORT).await {
                // Another program has the port: any other does as well, the link names it.
                Err(RelayError::Io(error)) if error.kind() == std::io::ErrorKind::AddrInUse => {
                    self.listen(engine, 0).await
                }
                other => other,
            };
            state.relay = Some(started?);
            state.battery_low = false;
        }
        Ok(view(&state))
    }

    async fn listen(&self, engine: &Engine, port: u16) -> Result<Relay, RelayError> {
        let config = RelayConfig {
            listen: SocketAddr::from(([0, 0, 0, 0], port)),
            folder: self.folder.clone(),
            announce: true,
            limits: Limits::default(),
            clock: EngineConfig::default().clock,
        };
        Relay::start(engine.clone(), config).await
    }

    /// Stops; says how it went.
    pub(crate) async fn stop(&self) -> View {
        let mut state = self.state.lock().await;
        if let Some(relay) = state.relay.take() {
            relay.stop().await;
        }
        state.battery_low = false;
        view(&state)
    }

    /// How it goes.
    pub(crate) async fn get(&self) -> View {
        let mut state = self.state.lock().await;
        settle(&mut state).await;
        view(&state)
    }

    /// Whether a neighbour found at `url` is this device itself.
    pub(crate) async fn is_own(&self, url: &str) -> bool {
        let state = self.state.lock().await;
        let links = state.relay.iter().flat_map(Relay::links);
        links
            .filter_map(|link| link.split('#').next())
            .any(|own| own == url)
    }

    /// Stops, and lets go of the relay's key and of letters it carried: their writers have them still.
    pub(crate) async fn forget(&self) -> std::io::Result<()> {
        self.stop().await;
        match tokio::fs::remove_dir_all(&self.folder).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Takes notice of a relay that stopped by itself.
async fn settle(state: &mut State) {
    let ended = state
        .relay
        .as_ref()
        .is_some_and(|r| r.end().borrow().is_some());
    if ended && let Some(relay) = state.relay.take() {
        relay.stop().await;
        state.battery_low = true;
    }
}

fn view(state: &State) -> View {
    let Some(relay) = &state.relay else {
        return View {
            battery_low: state.battery_low,
            ..View::default()
        };
    };
    let link = relay.links().first().cloned();
    let qr = link.as_deref().and_then(|link| Qr::of(link).ok());
    let tally = relay.tally();
    View {
        link,
        qr: qr.map(|qr| QrView {
            side: qr.side(),
            path: qr.path(),
        }),
        announced: relay.is_announced(),
        guests: tally.guests,
        given_bytes: tally.given_bytes,
        letters_waiting: u32::try_from(tally.letters_waiting).unwrap_or(u32::MAX),
        battery_low: false,
    }
}
