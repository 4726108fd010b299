//! Letters on their way up to an agency of a place above, and the mailboxes they are answered to.
//! They are kept by [`crate::Letters::accept`] like all others.

use async_trait::async_trait;
use bantin_model::id::PlaceId;
use bantin_model::letter::{CarriedBox, LetterId, MailboxId, OuterAttachment};
use bantin_model::time::Seconds;

use crate::{Mail, Result};

/// A letter that waits for the hub above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedLetter {
    /// Hash of the exact bytes.
    pub id: LetterId,
    /// Whose agency it is for.
    pub place: PlaceId,
    /// When it was accepted here.
    pub accepted_at: Seconds,
    /// Ciphertexts that go before it.
    pub attachments: Vec<OuterAttachment>,
}

/// How many letters are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CarriedCount {
    /// Waiting for the hub above.
    pub waiting: u64,
    /// When the oldest of them was accepted here.
    pub oldest: Option<Seconds>,
    /// Accepted by the hub above.
    pub carried: u64,
    /// Refused by the hub above for good.
    pub refused: u64,
}

/// Carried letters.
#[async_trait]
pub trait Carriers {
    /// Letters that wait and may be tried at `now`, oldest first.
    async fn to_carry(&self, now: Seconds, limit: u32) -> Result<Vec<CarriedLetter>>;
    /// The exact bytes of a letter that is kept.
    async fn carried_bytes(&self, id: &LetterId) -> Result<Option<Vec<u8>>>;
    /// The hub above has it: keeps its receipt, and looks into its mailbox from now on.
    async fn carried(&self, id: &LetterId, receipt: &[u8], at: Seconds) -> Result<()>;
    /// The hub above will never take it.
    async fn carry_refused(&self, id: &LetterId, at: Seconds) -> Result<()>;
    /// These went nowhere: tried again at `next_at`.
    async fn carry_later(&self, ids: &[LetterId], next_at: Seconds) -> Result<()>;
    /// The receipt of the hub above.
    async fn carried_receipt(&self, id: &LetterId) -> Result<Option<Vec<u8>>>;
    /// How many are where.
    async fn carried_count(&self) -> Result<CarriedCount>;
    /// Mailboxes to look into at `now`, with the cursor of the hub above; 0 where that is of another life
    /// than `life` ([`bantin_model::sync::life_of`]).
    async fn carried_boxes(&self, life: u64, now: Seconds, limit: u32) -> Result<Vec<CarriedBox>>;
    /// Looks into these mailboxes from now on as well, unless they are looked into already or belong to
    /// letters of an agency of this hub; no more than `most` altogether. How many are new.
    async fn want_mail(&self, boxes: &[MailboxId], most: u64, now: Seconds) -> Result<u32>;
    /// Another hub is the one above: its copies of the mailboxes are read from the first entry on.
    async fn forget_carried_cursors(&self) -> Result<()>;
    /// Appends what came into the mailbox of `at` and moves the cursor of the hub above to it, all of it or
    /// nothing; a cursor of another life than `life` gives way, also a higher one. An entry that is here
    /// already is not appended again. `more`: look again at once, else the later the longer
    /// nothing happens. How many were new.
    async fn bring_mail(
        &self,
        life: u64,
        at: &CarriedBox,
        entries: &[Mail],
        more: bool,
        now: Seconds,
    ) -> Result<u32>;
    /// Lets go of the bytes of letters carried before `letters`, and of mailboxes in which nothing
    /// happened since `boxes`; how many.
    async fn expire_carried(&self, letters: Seconds, boxes: Seconds) -> Result<u64>;
}
