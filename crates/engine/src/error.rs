//! Failures of use-cases. A person reads a code; the cause goes to the log and no further.

use bantin_store::StoreError;
use bantin_wire::{Code, Failure};

/// Why a use-case was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// With a code that somebody reads.
    #[error(transparent)]
    Refused(#[from] Failure),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file beside the store.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Something stored or received cannot be what it should be.
    #[error("{0}")]
    Broken(&'static str),
}

/// What every use-case gives.
pub type Result<T> = core::result::Result<T, Error>;

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::Refused(Failure::new(code))
    }
}

impl Error {
    /// The disk has no room.
    pub(crate) fn is_full(&self) -> bool {
        match self {
            Self::Store(StoreError::Full) => true,
            Self::Io(error) => matches!(
                error.kind(),
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
            ),
            Self::Refused(failure) => failure.code == Code::DiskFull,
            Self::Store(_) | Self::Broken(_) => false,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if error.is_full() {
            return Self::new(Code::DiskFull);
        }
        match error {
            Error::Refused(failure) => failure,
            other => {
                tracing::error!(error = %other, "a use-case failed");
                Self::new(Code::Internal)
            }
        }
    }
}
