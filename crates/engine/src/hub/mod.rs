//! Talking to a hub: one HTTP/1.1 connection that stays open, bounded answers, honest failures.

mod answer;
mod fetch;
mod send;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use bantin_model::budget::{DataKind, Holds, Wish};
use bantin_model::sync::{Request, Trouble};
use bantin_model::time::Seconds;
use bantin_view::{trouble_code, trouble_of_answer};
use bantin_wire::{Code, Failure};

pub(crate) use fetch::Heads;

use crate::data::{Errand, Meter};
use crate::{EngineConfig, Error, Result};

/// Connecting on a slow radio link takes several of its round trips.
const CONNECT_PATIENCE: Duration = Duration::from_secs(15);

/// The device's side of the network.
#[derive(Clone)]
pub(crate) struct Wire {
    client: reqwest::Client,
    patience: Duration,
    judged: Arc<tls::Judged>,
    /// Counts what goes over the line, and says what may.
    pub(crate) meter: Arc<Meter>,
}

/// One hub.
#[derive(Clone)]
pub(crate) struct Hub {
    wire: Wire,
    base: String,
    /// What the next requests are for.
    errand: Errand,
    /// It is a neighbour's device: what comes from there is paid by nobody.
    near: bool,
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
    /// The person's limits hold it back.
    Held(Holds),
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
            Self::Held(_) => Trouble::Saving,
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
            HubError::Held(Holds::Day) => Failure::at(Code::DataSpent, "day").into(),
            HubError::Held(Holds::Month) => Failure::at(Code::DataSpent, "month").into(),
            HubError::Held(Holds::Metered | Holds::Battery) => Code::DataWaits.into(),
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
            meter: Arc::default(),
        })
    }

    /// The hub at an address without a slash at its end.
    pub(crate) fn hub(&self, base: &str) -> Hub {
        Hub {
            wire: self.clone(),
            base: base.to_owned(),
            errand: Errand {
                kind: DataKind::Ask,
                bytes: 0,
                wish: Wish::Unasked,
            },
            near: false,
        }
    }

    /// What certificates are judged by from now on.
    pub(crate) fn judge(&self, newest_signed: Seconds, clock_wrong: bool) {
        self.judged.set(newest_signed, clock_wrong);
    }
}

impl Hub {
    /// The same hub for an errand of about so many bytes (0: nobody knows) that `wish` is behind.
    pub(crate) fn on(&self, kind: DataKind, bytes: u64, wish: Wish) -> Self {
        let mut hub = self.clone();
        hub.errand = Errand { kind, bytes, wish };
        hub
    }

    /// The same, nearby: nothing is counted and nothing held back.
    pub(crate) fn nearby(&self) -> Self {
        let mut hub = self.clone();
        hub.near = true;
        hub
    }

    /// Bytes went over the line.
    fn count(&self, bytes: usize) {
        if !self.near {
            self.wire.meter.count(self.errand.kind, bytes as u64);
        }
    }

    /// The errand once `held` bytes of it are here.
    fn rest(&self, held: u64) -> Errand {
        let bytes = self.errand.bytes.saturating_sub(held);
        Errand {
            bytes,
            ..self.errand
        }
    }

    /// Whether the errand may begin.
    fn may_begin(&self, held: u64) -> core::result::Result<(), HubError> {
        match self.near {
            true => Ok(()),
            false => self
                .wire
                .meter
                .judge(self.rest(held))
                .map_err(HubError::Held),
        }
    }

    /// How many bytes may still come, if not all of them may, and what ends there.
    fn room(&self, held: u64) -> Option<(u64, Holds)> {
        /// What a question and the head of its answer take.
        const HEAD_BYTES: u64 = 700;
        let rest = self.rest(held);
        let (room, why) = self.wire.meter.room(rest).filter(|_| !self.near)?;
        let room = room.saturating_sub(HEAD_BYTES);
        (rest.bytes == 0 || rest.bytes > room).then_some((room, why))
    }

    /// Whether it may go on.
    fn may_go_on(&self) -> core::result::Result<(), HubError> {
        match self.near {
            true => Ok(()),
            false => self.wire.meter.goes_on(self.errand).map_err(HubError::Held),
        }
    }

    /// The same for something that is never held back.
    pub(crate) fn for_kind(&self, kind: DataKind) -> Self {
        self.on(kind, 0, Wish::Asked)
    }

    fn url(&self, route: &str, name: &str) -> String {
        if name.is_empty() {
            return format!("{}{route}", self.base);
        }
        format!("{}{route}/{name}", self.base)
    }
}
