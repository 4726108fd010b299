//! The connection to the hub above: bounded answers, honest failures, everything resumable.

mod answer;
mod fetch;
mod send;

use std::sync::Arc;
use std::time::Duration;

use bantin_model::sync::{Request, Trouble};
use bantin_wire::{Code, Failure};
use reqwest::Client;

use crate::failure::{HubError, is_full};

pub use fetch::Heads;

/// Time to connect.
const CONNECT: Duration = Duration::from_secs(15);
/// Time without a byte after which the line counts as cut.
const PATIENCE: Duration = Duration::from_secs(30);

/// The hub above.
#[derive(Clone, Debug)]
pub struct Link {
    client: Client,
    base: String,
}

/// Why the hub above did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No way there, or cut.
    #[error("the hub above cannot be reached")]
    Offline,
    /// What answered is no hub.
    #[error("what answers is no hub")]
    NotAHub,
    /// More bytes than the format allows or than were signed for, or other bytes.
    #[error("what came is not what was asked for")]
    NotGenuine,
    /// Its refusal.
    #[error("refused with status {status}: {failure:?}")]
    Refused {
        /// Status code.
        status: u16,
        /// What it says; none if something in between answered.
        failure: Option<Failure>,
        /// Where an upload goes on.
        offset: Option<u64>,
    },
    /// This hub could not keep or read what was moved.
    #[error(transparent)]
    Here(#[from] HubError),
}

impl From<std::io::Error> for LinkError {
    fn from(error: std::io::Error) -> Self {
        Self::Here(error.into())
    }
}

impl LinkError {
    /// What it means for a request of a session.
    pub fn trouble(&self, request: &Request) -> Trouble {
        match self {
            Self::Offline => Trouble::Offline,
            Self::NotAHub | Self::Refused { failure: None, .. } => Trouble::NotAHub,
            Self::NotGenuine => Trouble::NotGenuine,
            Self::Here(error) => trouble_here(error),
            Self::Refused {
                status,
                failure: Some(failure),
                ..
            } => refusal(request, *status, failure.code),
        }
    }
}

/// What it means that this hub could not do something.
pub fn trouble_here(error: &HubError) -> Trouble {
    match error {
        HubError::Store(bantin_hub_store::StoreError::Full) => Trouble::DiskFull,
        HubError::Io(error) if is_full(error) => Trouble::DiskFull,
        _ => Trouble::Other,
    }
}

fn refusal(request: &Request, status: u16, code: Code) -> Trouble {
    match (request, code) {
        (_, Code::HubResting) => Trouble::Resting,
        (_, Code::DiskFull) => Trouble::HubFull,
        (_, Code::Busy) => Trouble::Offline,
        (_, Code::PlaceUnknown) | (Request::Heads { .. }, Code::NotFound) => Trouble::PlaceUnknown,
        (Request::Letter(_), Code::NotFound) if status == 409 => Trouble::AttachmentMissing,
        // A key that the hub above does not know may be one that it will know tomorrow: what was
        // accepted here is given up only if it can never be taken.
        (Request::Letter(_), Code::Malformed | Code::TooLong) => Trouble::Refused,
        _ => Trouble::Other,
    }
}

impl Link {
    /// To the hub at this address, without a slash at its end.
    pub fn new(base: &str) -> anyhow::Result<Self> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let roots = rustls::RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .http1_only()
            .connect_timeout(CONNECT)
            .pool_max_idle_per_host(2)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .build()?;
        Ok(Self {
            client,
            base: base.trim_end_matches('/').to_owned(),
        })
    }

    fn url(&self, route: &str, name: &str) -> String {
        match name {
            "" => format!("{}{route}", self.base),
            name => format!("{}{route}/{name}", self.base),
        }
    }
}
