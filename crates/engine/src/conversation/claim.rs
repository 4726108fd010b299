//! Taking a conversation over by its claim code, when the phone that began it is lost.

use bantin_model::letter::{ConversationKeys, ConversationSeed};
use bantin_store::private::ConversationRow;
use bantin_view::claim_failure;
use bantin_wire::{Code, Failure};

use crate::{Engine, Result};

impl Engine {
    /// Takes a conversation over. It is durable when this returns, and its answers come with the next sync:
    /// no network is needed now. One that is here already stays as it is.
    ///
    /// # Errors
    /// At `code`: [`Code::Empty`], [`Code::ClaimLength`], [`Code::ClaimMisread`]. [`Code::NotFound`] at
    /// `place` before a place is followed.
    pub async fn claim(&self, code: &str) -> Result<String> {
        let seed = ConversationSeed::from_claim_code(code).map_err(claim_failure)?;
        let _one_at_a_time = self.inner.writing.lock().await;
        let reading = self.reading().await?;
        let follow = reading.stores.news.follow().await?;
        let follow = follow.ok_or_else(|| Failure::at(Code::NotFound, "place"))?;
        let row = ConversationRow {
            id: ConversationKeys::from_seed(&seed).id(),
            seed,
            place: follow.place,
            reply_keys: reading.directory.reply_keys(),
            mail_after: 0,
            mail_life: 0,
            released: false,
            claimed_at: Some(self.now()),
        };
        if reading.stores.private.claim(&row).await? {
            self.tell_changed();
        }
        Ok(row.id.to_string())
    }
}
