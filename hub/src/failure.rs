//! What a use-case can fail with, and the [`Failure`] a caller sees of it.

use bantin_hub_store::StoreError;
use bantin_model::conversation::Refused;
use bantin_model::feed::PublishError;
use bantin_model::letter::SealError;
use bantin_model::record::FieldError;
use bantin_wire::{Code, Failure};

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// The caller can do something about it.
    #[error("{0}")]
    Refused(Failure),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk.
    #[error("disk: {0}")]
    Io(#[from] std::io::Error),
    /// Sealing or opening.
    #[error("seal: {0}")]
    Seal(#[from] SealError),
    /// The feed.
    #[error("feed: {0}")]
    Publish(#[from] PublishError),
    /// Something that cannot be, as far as this program knows.
    #[error("{0}")]
    Broken(String),
}

/// What use-cases return.
pub type Result<T> = std::result::Result<T, HubError>;

impl HubError {
    /// A refusal without a field.
    pub fn code(code: Code) -> Self {
        Self::Refused(Failure::new(code))
    }

    /// What the caller is told. Inner texts are for the log alone.
    pub fn failure(&self) -> Failure {
        match self {
            Self::Refused(failure) => failure.clone(),
            Self::Store(StoreError::Full) => Failure::new(Code::DiskFull),
            Self::Store(StoreError::Busy) => Failure::new(Code::Busy),
            Self::Io(error) if is_full(error) => Failure::new(Code::DiskFull),
            _ => Failure::new(Code::Internal),
        }
    }
}

impl From<Failure> for HubError {
    fn from(failure: Failure) -> Self {
        Self::Refused(failure)
    }
}

impl From<Refused> for HubError {
    fn from(_: Refused) -> Self {
        Self::code(Code::WrongState)
    }
}

impl From<FieldError> for HubError {
    fn from(error: FieldError) -> Self {
        Self::Refused(match error {
            FieldError::Empty(field) => Failure::at(Code::Empty, field),
            FieldError::TooLong { field, limit } => {
                Failure::at(Code::TooLong, field).with(limit as u64)
            }
            FieldError::TooMany { field, limit } => {
                Failure::at(Code::TooMany, field).with(limit as u64)
            }
            FieldError::NotAllowed(field) => Failure::at(Code::NotAllowed, field),
        })
    }
}

/// No room or no more quota.
pub fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind;
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
    )
}
