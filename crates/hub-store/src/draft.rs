//! Notices that are being written.

use async_trait::async_trait;
use bantin_model::id::PlaceId;
use bantin_model::time::Seconds;

use crate::Result;

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Its name.
    pub id: String,
    /// Place it is for.
    pub place: PlaceId,
    /// Sign-in name of who changed it last.
    pub officer: String,
    /// Vietnamese headline so far.
    pub title: String,
    /// The form as JSON; nothing in it is checked.
    pub form: String,
    /// Last change.
    pub changed_at: Seconds,
}

/// Drafts.
#[async_trait]
pub trait Drafts {
    /// Keeps a draft, in place of one of the same name.
    async fn save_draft(&self, draft: &DraftRow) -> Result<()>;
    /// One draft.
    async fn draft(&self, id: &str) -> Result<Option<DraftRow>>;
    /// Drafts for these places, last changed first, without their forms (empty text).
    async fn drafts(&self, places: &[PlaceId]) -> Result<Vec<DraftRow>>;
    /// Deletes a draft.
    async fn drop_draft(&self, id: &str) -> Result<()>;
}
