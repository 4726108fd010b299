//! Who waits for answers by hand: mailboxes of letters that came in packs, or that a pack asked for.

use async_trait::async_trait;
use bantin_model::letter::{LetterId, MailboxId};
use bantin_model::time::Seconds;

use crate::Result;

/// A mailbox whose entries the next packs shall bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AskRow {
    /// Which.
    pub mailbox: MailboxId,
    /// The letter whose receipt goes with it; none if only answers were asked for.
    pub letter: Option<LetterId>,
    /// When it was asked last.
    pub at: Seconds,
}

/// Mailboxes asked for by hand.
#[async_trait]
pub trait Asks {
    /// Remembers all of `asks` in one transaction; one that is known becomes new again. Of more than
    /// [`ASKS_MAX`] the oldest are forgotten.
    async fn ask(&self, asks: &[AskRow]) -> Result<()>;
    /// What was asked for, by mailbox and letter.
    async fn asked(&self) -> Result<Vec<AskRow>>;
    /// Forgets what was asked before `before`; how many.
    async fn expire_asks(&self, before: Seconds) -> Result<u64>;
}

/// Rows remembered at most.
pub const ASKS_MAX: u32 = 20_000;
