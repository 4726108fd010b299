//! Passing on to the hub what guests brought, verbatim.

use bantin_model::id::Hash;
use bantin_model::letter::PollRequest;

use crate::hub::Hub;
use crate::{Engine, Result};

impl Engine {
    /// Carries a guest's sealed letter to the hub; what comes back should be its receipt.
    ///
    /// # Errors
    /// [`bantin_wire::Code::Offline`] and what the hub refuses with.
    pub async fn pass_letter(&self, sealed: Vec<u8>) -> Result<Vec<u8>> {
        Ok(self.own_hub().await?.letter(sealed).await?)
    }

    /// Carries a guest's ciphertext to the hub; what is there already is not sent again.
    ///
    /// # Errors
    /// As [`Engine::pass_letter`].
    pub async fn pass_attachment(&self, hash: &Hash, bytes: &[u8]) -> Result<()> {
        Ok(self.own_hub().await?.attachment(hash, bytes, true).await?)
    }

    /// Asks the hub for a guest's mailboxes; the answer is the hub's, cursors included.
    ///
    /// # Errors
    /// As [`Engine::pass_letter`].
    pub async fn pass_poll(&self, poll: &PollRequest) -> Result<Vec<u8>> {
        Ok(self.own_hub().await?.poll(poll).await?)
    }

    async fn own_hub(&self) -> Result<Hub> {
        Ok(self.inner.wire.hub(&self.held().await?.hub))
    }
}
