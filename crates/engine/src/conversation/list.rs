//! All conversations.

use std::cmp::Reverse;

use bantin_view::conversation_card;
use bantin_wire::ipc::conversation::ConversationCard;

use crate::{Engine, Result};

impl Engine {
    /// All conversations, newest change first.
    ///
    /// # Errors
    /// The store.
    pub async fn conversations(&self) -> Result<Vec<ConversationCard>> {
        let reading = self.reading().await?;
        let private = &reading.stores.private;
        let mut cards = Vec::new();
        for row in private.conversations().await? {
            let thread = self.thread(private, row).await?;
            let thread = thread.at_home(&reading.directory);
            cards.push(conversation_card(
                &thread,
                &reading.directory,
                &reading.reader,
            ));
        }
        cards.sort_by_key(|card| (Reverse(card.changed_at), card.id.clone()));
        Ok(cards)
    }
}
