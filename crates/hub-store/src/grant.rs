//! What officers may do, where, on what ground and until when. Without a grant nobody may do anything.

use async_trait::async_trait;
use bantin_model::id::PlaceId;
use bantin_model::time::Validity;

use crate::Result;

/// What a grant lets somebody do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Write, publish, correct and withdraw.
    Publish,
    /// Read letters and answer them.
    Answer,
    /// Check and publish submitted products.
    CheckProduct,
    /// Add officers and grants.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Publish, Self::Answer, Self::CheckProduct, Self::Admin];

    /// As it is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Answer => "answer",
            Self::CheckProduct => "check-product",
            Self::Admin => "admin",
        }
    }

    /// From [`Self::as_str`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// A grant. It is ended, never deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRow {
    /// Sign-in name.
    pub officer: String,
    /// Where.
    pub place: PlaceId,
    /// What.
    pub role: Role,
    /// Who gave it.
    pub granted_by: String,
    /// Decision or law it rests on.
    pub legal_basis: String,
    /// When it counts.
    pub valid: Validity,
}

/// Grants.
#[async_trait]
pub trait Grants {
    /// All grants of an officer, past ones too.
    async fn grants_of(&self, login: &str) -> Result<Vec<GrantRow>>;
    /// Adds a grant; the same officer, place and role from the same moment is replaced.
    async fn grant(&self, grant: &GrantRow) -> Result<()>;
}
