//! The people who may sign in at the desk.

use async_trait::async_trait;
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;

use crate::Result;

/// An officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerRow {
    /// Sign-in name.
    pub login: String,
    /// Name as colleagues see it.
    pub name: String,
    /// Argon2id, as a PHC string.
    pub password_hash: String,
    /// The officer's own signing key.
    pub sign_key: PublicKey,
    /// Its secret half, wrapped by a key derived from the password.
    pub wrapped_key: Vec<u8>,
    /// Since when.
    pub created_at: Seconds,
    /// From when on signing in is not possible; none while it is.
    pub disabled_at: Option<Seconds>,
}

/// Officers.
#[async_trait]
pub trait Officers {
    /// One officer.
    async fn officer(&self, login: &str) -> Result<Option<OfficerRow>>;
    /// All, by sign-in name.
    async fn officers(&self) -> Result<Vec<OfficerRow>>;
    /// Adds one; [`crate::StoreError::Taken`] if the sign-in name is in use.
    async fn add_officer(&self, officer: &OfficerRow) -> Result<()>;
    /// Replaces name, password, keys and `disabled_at` of one that is there; false if there is none.
    async fn change_officer(&self, officer: &OfficerRow) -> Result<bool>;
}
