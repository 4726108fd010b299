//! Talking to a hub: one HTTP/1.1 connection that stays open, bounded answers, honest failures.

mod answer;
mod fetch;
mod send;
mod tls;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bantin_model::sync::{Request, Trouble};
use bantin_model::time::Seconds;
use bantin_view::{trouble_code, trouble_of_answer};
use bantin_wire::{Code, Failure};

pub(crate) use fetch::Heads;

use crate::{EngineConfig, Error, Result};

/// Connecting on a slow radio link takes several of its round trips.
const CONNECT_PATIENCE: Duration = Duration::from_secs(15);

/// The device's side of the network.
#[derive(Clone)]
pub(crate) struct Wire {
    client: reqwest::Client,
    patience: Duration,
    judged: Arc<tls::Judged>,
    /// Bytes received and sent since they were last taken.
    moved: Arc<AtomicU64>,
}

/// One hub.
#[derive(Clone)]
pub(crate) struct Hub {
    wire: Wire,
    base: String,
}

/// Why a hub did not do what was asked.
#[derive(Debug)]
pub(crate) enum HubError {
    /// No way there, or cut.
    Offline,
    /// What answered is no hub.
    NotAHub,
    /// More bytes than the format allows, or than were announced.
    TooLarge,
    /// A hub's own refusal; without a failure it comes from something in between.
    Refused {
        status: u16,
        failure: Option<Failure>,
        offset: Option<u64>,
    },
    /// This device could not keep or read what was moved.
    Here(Error),
}

impl From<std::io::Error> for HubError {
    fn from(error: std::io::Error) -> Self {
        Self::Here(error.into())
    }
}

impl HubError {
    /// What it means for a request of a sync.
    pub(crate) fn trouble(&self, request: &Request) -> Trouble {
        match self {
            Self::Offline => Trouble::Offline,
            Self::NotAHub => Trouble::NotAHub,
            Self::TooLarge => Trouble::NotGenuine,
            Self::Refused {
                status, failure, ..
            } => trouble_of_answer(request, *status, failure.as_ref()),
            Self::Here(error) if error.is_full() => Trouble::DiskFull,
            Self::Here(error) => {
                tracing::error!(%error, "a request could not be carried out");
                Trouble::Other
            }
        }
    }
}

impl From<HubError> for Error {
    fn from(error: HubError) -> Self {
        match error {
            HubError::Offline => trouble_code(Trouble::Offline).into(),
            HubError::NotAHub | HubError::Refused { failure: None, .. } => Code::NotAHub.into(),
            HubError::TooLarge => Code::NotGenuine.into(),
            HubError::Refused {
                failure: Some(failure),
                ..
            } => failure.into(),
            HubError::Here(error) => error,
        }
    }
}

impl Wire {
    pub(crate) fn new(config: &EngineConfig) -> Result<Self> {
        let judged = Arc::new(tls::Judged::new(config.clock.clone()));
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::config(judged.clone())?)
            .http1_only()
            .connect_timeout(CONNECT_PATIENCE)
            .pool_max_idle_per_host(2)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .build()
            .map_err(|error| {
                tracing::error!(%error, "no HTTP client");
                Error::Broken("no HTTP client")
            })?;
        Ok(Self {
            client,
            patience: config.patience,
            judged,
            moved: Arc::default(),
        })
    }

    /// The hub at an address without a slash at its end.
    pub(crate) fn hub(&self, base: &str) -> Hub {
        Hub {
            wire: self.clone(),
            base: base.to_owned(),
        }
    }

    /// What certificates are judged by from now on.
    pub(crate) fn judge(&self, newest_signed: Seconds, clock_wrong: bool) {
        self.judged.set(newest_signed, clock_wrong);
    }

    /// Bytes moved since this was last asked.
    pub(crate) fn take_moved(&self) -> u64 {
        self.moved.swap(0, Ordering::Relaxed)
    }

    fn count(&self, bytes: usize) {
        self.moved.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

impl Hub {
    fn url(&self, route: &str, name: &str) -> String {
        if name.is_empty() {
            return format!("{}{route}", self.base);
        }
        format!("{}{route}/{name}", self.base)
    }
}
