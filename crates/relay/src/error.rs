//! Why a relay does not start, or does not do what a guest asked.

use bantin_engine::Error as EngineError;
use bantin_wire::{Code, Failure};

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// With a code that somebody reads.
    #[error(transparent)]
    Refused(#[from] Failure),
    /// The device's own engine.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The disk or the network of this device.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Neighbours cannot be told or found on this network.
    #[error("multicast DNS: {0}")]
    Mdns(#[from] mdns_sd::Error),
    /// Something that should not happen.
    #[error("{0}")]
    Broken(&'static str),
}

/// What everything here gives.
pub(crate) type Result<T> = core::result::Result<T, RelayError>;

impl RelayError {
    pub(crate) fn code(code: Code) -> Self {
        Self::Refused(Failure::new(code))
    }
}

impl From<RelayError> for Failure {
    fn from(error: RelayError) -> Self {
        match error {
            RelayError::Refused(failure) => failure,
            RelayError::Engine(error) => error.into(),
            RelayError::Io(error) if is_full(&error) => Self::new(Code::DiskFull),
            other => {
                tracing::error!(error = %other, "a relay could not do it");
                Self::new(Code::Internal)
            }
        }
    }
}

/// The disk has no room.
pub(crate) fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded)
}
