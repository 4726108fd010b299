//! What waits on this device.

use bantin_model::letter::{ConversationId, LetterId};
use bantin_model::time::Seconds;
use serde::Serialize;

use crate::{Engine, Result};

/// A letter that no hub is proven to have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaitingLetter {
    /// Hash of its sealed bytes.
    pub letter: LetterId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// What it does, as in a thread.
    pub verb: String,
    /// When it became durable here.
    pub saved_at: Seconds,
    /// How many files go before it.
    pub attachments: usize,
    /// A hub said that it will never take it.
    pub refused: bool,
}

impl Engine {
    /// Letters that wait on this device, oldest first within each conversation.
    ///
    /// # Errors
    /// The store.
    pub async fn outbox(&self) -> Result<Vec<WaitingLetter>> {
        let private = self.stores().await.private;
        let mut waiting = Vec::new();
        for conversation in private.conversations().await? {
            let thread = self.thread(&private, conversation).await?;
            let unproven = thread.letters.iter().filter(|sent| thread.waits(sent));
            waiting.extend(unproven.map(|sent| WaitingLetter {
                letter: sent.id,
                conversation: thread.id,
                verb: sent.letter.verb.to_string(),
                saved_at: sent.saved_at,
                attachments: sent.letter.attachments.len(),
                refused: sent.refused,
            }));
        }
        Ok(waiting)
    }
}
