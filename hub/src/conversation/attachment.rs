//! Attachments of letters, opened for an officer.

use bantin_model::id::Hash;
use bantin_model::letter::{AttachmentKind, ConversationId, decrypt};
use bantin_wire::{Code, Failure};

use crate::Hub;
use crate::failure::{HubError, Result};

/// A file of a letter, in memory.
pub struct OpenedAttachment {
    /// What its sender says it is.
    pub kind: AttachmentKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Hub {
    /// Opens the attachment of this ciphertext hash, if a letter of the conversation names it.
    pub async fn open_attachment(
        &self,
        id: &ConversationId,
        hash: &Hash,
    ) -> Result<OpenedAttachment> {
        for stored in self.store.letters_of(id).await? {
            let opened = self.open_letter(&stored)?;
            let found = opened
                .letter
                .attachments
                .iter()
                .find(|a| a.hash == *hash)
                .cloned();
            let Some(attachment) = found else { continue };
            let file = self.disk.attachment(hash);
            let work = tokio::task::spawn_blocking(move || -> Result<Vec<u8>> {
                let sealed = std::fs::read(file)?;
                decrypt(&sealed, &attachment.key).map_err(|_| HubError::code(Code::MediaDamaged))
            });
            let bytes = work.await.map_err(|e| HubError::Broken(e.to_string()))??;
            return Ok(OpenedAttachment {
                kind: attachment.kind,
                bytes,
            });
        }
        Err(Failure::at(Code::NotFound, "attachment").into())
    }
}
