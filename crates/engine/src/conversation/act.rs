//! What a person does in a conversation that exists: reply, rate, close, reopen.

use bantin_view::{Act, close_act, rate_act, reopen_act, reply_act};

use crate::{Engine, Result};

impl Engine {
    /// Adds a letter.
    ///
    /// # Errors
    /// A field; [`bantin_wire::Code::NotFound`]; [`bantin_wire::Code::WrongState`]; no room.
    pub async fn reply(&self, id: &str, text: &str, photos: &[String], once: &str) -> Result<()> {
        self.act(id, reply_act(text, photos)?, "reply", once).await
    }

    /// Says how good the answer was, 1–5.
    ///
    /// # Errors
    /// As [`Engine::reply`].
    pub async fn rate(&self, id: &str, rating: u8, text: &str, once: &str) -> Result<()> {
        self.act(id, rate_act(rating, text)?, "rate", once).await
    }

    /// Ends a conversation.
    ///
    /// # Errors
    /// As [`Engine::reply`].
    pub async fn close(&self, id: &str, once: &str) -> Result<()> {
        self.act(id, close_act(), "close", once).await
    }

    /// Asks again.
    ///
    /// # Errors
    /// As [`Engine::reply`].
    pub async fn reopen(&self, id: &str, text: &str, once: &str) -> Result<()> {
        self.act(id, reopen_act(text)?, "reopen", once).await
    }

    async fn act(&self, id: &str, act: Act, action: &str, once: &str) -> Result<()> {
        self.continue_conversation(id, act, action, once).await
    }
}
