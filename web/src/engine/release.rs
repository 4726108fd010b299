//! Letting go what has done its work: the ciphertexts of closed conversations. The photos stay as the
//! person sees them.

use std::collections::BTreeSet;

use bantin_model::conversation::Status;
use bantin_model::letter::{ReceiptStep, SealedLetter, Signer};
use bantin_wire::Failure;

use super::{Engine, store_failure};
use crate::host::{Change, Durability, Host, Table};
use crate::private::{Conversation, Private};

impl<H: Host> Engine<H> {
    /// Deletes the ciphertexts that no letter on its way needs any more.
    pub(crate) async fn release_closed(&self) -> Result<(), Failure> {
        let here = self.host.keys(Table::Attachments).await;
        let here = here.map_err(store_failure)?;
        if here.is_empty() {
            return Ok(());
        }
        let needless = needless(&self.private.borrow());
        let gone = here.into_iter().filter(|name| needless.contains(name));
        let gone: Vec<_> = gone
            .map(|name| Change::Delete(Table::Attachments, name))
            .collect();
        if gone.is_empty() {
            return Ok(());
        }
        let done = self.host.commit(gone, Durability::Relaxed).await;
        done.map_err(store_failure)
    }
}

fn needless(private: &Private) -> BTreeSet<String> {
    let closed = private.conversations.values().filter(|c| is_over(c));
    closed
        .flat_map(|conversation| &conversation.letters)
        .filter_map(|(_, row)| SealedLetter::read(&row.sealed).ok())
        .flat_map(|sealed| sealed.attachments)
        .map(|attachment| attachment.hash.to_string())
        .collect()
}

/// Closed, and all that was written has arrived.
fn is_over(conversation: &Conversation) -> bool {
    let arrived = |id| {
        let mut receipts = conversation.receipts.iter();
        receipts.any(|r| {
            // Who only carries letters proves nothing.
            r.signer != Signer::Relay
                && r.receipt.letter == id
                && r.receipt.step == ReceiptStep::Accepted
        })
    };
    conversation.thread().status() == Some(Status::Closed)
        && conversation
            .letters
            .iter()
            .all(|(sent, _)| arrived(sent.id))
}
