//! TLS with ring and the roots that come with the program: Android's own verifier would need Java, and
//! a phone whose clock is wrong must judge certificates as it judges everything else.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use bantin_model::time::Seconds;
use bantin_view::judged;
use rustls::ClientConfig;
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;

use crate::{Clock, Error, Result};

/// The moment by which certificates are judged.
pub(super) struct Judged {
    clock: Clock,
    newest_signed: AtomicU64,
    clock_wrong: AtomicBool,
}

impl Judged {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            newest_signed: AtomicU64::new(0),
            clock_wrong: AtomicBool::new(false),
        }
    }

    pub(super) fn set(&self, newest_signed: Seconds, clock_wrong: bool) {
        self.newest_signed.store(newest_signed.0, Ordering::Relaxed);
        self.clock_wrong.store(clock_wrong, Ordering::Relaxed);
    }
}

impl core::fmt::Debug for Judged {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Judged(..)")
    }
}

impl TimeProvider for Judged {
    fn current_time(&self) -> Option<UnixTime> {
        let newest_signed = Seconds(self.newest_signed.load(Ordering::Relaxed));
        let wrong = self.clock_wrong.load(Ordering::Relaxed);
        let Seconds(now) = judged((self.clock)(), newest_signed, wrong);
        Some(UnixTime::since_unix_epoch(Duration::from_secs(now)))
    }
}

pub(super) fn config(judged: Arc<Judged>) -> Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = rustls::RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let config = ClientConfig::builder_with_details(provider, judged)
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::Broken("no TLS version in common with this build"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
