//! Mailboxes: append-only, read by cursor, emptied by age alone.

use async_trait::async_trait;
use bantin_model::id::Hash;
use bantin_model::letter::{MailItem, MailboxId};
use bantin_model::time::Seconds;

use crate::Result;

/// An entry to be appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// To which mailbox.
    pub mailbox: MailboxId,
    /// Name of the entry; a second one of the same name is not appended.
    pub id: Hash,
    /// The sealed, signed bytes.
    pub bytes: Vec<u8>,
    /// When.
    pub at: Seconds,
}

/// Some entries of a mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailPage {
    /// Ascending by cursor.
    pub entries: Vec<MailItem>,
    /// There are more after the last.
    pub more: bool,
}

/// Mailboxes. Entries are appended by [`crate::Conversations::step`].
#[async_trait]
pub trait Mailboxes {
    /// Up to `limit` entries after `after`, of at most `bytes_max` bytes together, but at least one
    /// if there is any and `bytes_max` is not 0. A mailbox that does not exist is empty.
    async fn mail(
        &self,
        mailbox: &MailboxId,
        after: u64,
        limit: usize,
        bytes_max: usize,
    ) -> Result<MailPage>;
    /// Deletes entries older than `before`; how many.
    async fn expire_mail(&self, before: Seconds) -> Result<u64>;
}
