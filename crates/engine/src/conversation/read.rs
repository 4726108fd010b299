//! One conversation.

use bantin_model::letter::ConversationId;
use bantin_view::{Thread, conversation_page};
use bantin_wire::ipc::conversation::ConversationPage;
use bantin_wire::{Code, Failure};

use crate::reading::Reading;
use crate::{Engine, Result};

impl Engine {
    /// One conversation; marks it as read.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn conversation(&self, id: &str) -> Result<ConversationPage> {
        let reading = self.reading().await?;
        let thread = self.thread_of(&reading, id).await?;
        let page = conversation_page(&thread, &reading.directory, &reading.reader);
        if reading
            .stores
            .private
            .set_conversation_read(thread.id)
            .await?
        {
            self.tell_changed();
        }
        Ok(page)
    }

    pub(super) async fn thread_of(&self, reading: &Reading, id: &str) -> Result<Thread> {
        let unknown = || Failure::at(Code::NotFound, "id");
        let id = ConversationId::from_hex(id).ok_or_else(unknown)?;
        let row = reading
            .stores
            .private
            .conversation(id)
            .await?
            .ok_or_else(unknown)?;
        let thread = self.thread(&reading.stores.private, row).await?;
        Ok(thread.at_home(&reading.directory))
    }
}
