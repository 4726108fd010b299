//! Letters for agencies below, which the nodes there fetch, and answers that go up to where such
//! letters came from. The letters are kept by [`crate::Letters::accept`] like all others.

use async_trait::async_trait;
use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{LetterId, MailboxId};
use bantin_model::time::Seconds;

use crate::{Mail, Result};

/// An answer that is to go up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailUp {
    /// In which mailbox.
    pub mailbox: MailboxId,
    /// Its cursor here.
    pub cursor: u64,
    /// The sealed, signed bytes.
    pub bytes: Vec<u8>,
}

/// What moves between this hub and those below it, and from this hub up besides letters.
#[async_trait]
pub trait Belows {
    /// Letters that wait for the node of `place` and may be handed to it at `now`, oldest first.
    async fn to_hand_down(
        &self,
        place: &PlaceId,
        now: Seconds,
        limit: u32,
    ) -> Result<Vec<(LetterId, Vec<u8>)>>;
    /// The node of `place` has them.
    async fn handed_down(&self, place: &PlaceId, ids: &[LetterId], at: Seconds) -> Result<()>;
    /// The node of `place` could not take them: handed to it again from `next_at` on.
    async fn hand_down_later(
        &self,
        place: &PlaceId,
        ids: &[LetterId],
        next_at: Seconds,
    ) -> Result<()>;
    /// Whether a letter kept for a node below names this attachment.
    async fn goes_down(&self, hash: &Hash) -> Result<bool>;
    /// How many letters wait for nodes below, and since when the oldest does.
    async fn waiting_below(&self) -> Result<(u64, Option<Seconds>)>;
    /// Appends what the node of `place` says into mailboxes of letters that went down to it; entries of
    /// other mailboxes are left out. How many were new.
    async fn take_mail_from(&self, place: &PlaceId, entries: &[Mail]) -> Result<u32>;
    /// A letter of this mailbox comes from above: what is said into it goes up from now on.
    async fn answer_up(&self, mailbox: &MailboxId, at: Seconds) -> Result<()>;
    /// Entries that the hub above does not have yet, by mailbox and cursor.
    async fn mail_to_go_up(&self, limit: u32) -> Result<Vec<MailUp>>;
    /// The hub above has the entries of this mailbox up to `cursor`.
    async fn mail_went_up(&self, mailbox: &MailboxId, cursor: u64) -> Result<()>;
}
