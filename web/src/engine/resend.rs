//! Letters that must leave once more: those a hub refused because the agency has a new key, and those it
//! may have lost because it was restored from a backup.

use std::collections::BTreeSet;

use bantin_model::letter::{LetterId, SealedLetter, seal};
use bantin_view::seal_failure;
use bantin_wire::Failure;

use super::Engine;
use super::save::state;
use crate::host::{Change, Host, Lock, Table};
use crate::private::{Conversation, LetterRow, Private, Row, key};

impl<H: Host> Engine<H> {
    /// Seals refused letters again if their agency has another key now. The words, the conversation and
    /// the attachments stay; only the outside is new, so the old bytes are let go in the same commit.
    pub(crate) async fn seal_refused_again(&self) -> Result<(), Failure> {
        if refused(&self.private.borrow()).is_empty() {
            return Ok(());
        }
        let _only = self.host.lock(Lock::Write).await;
        self.fresh().await?;
        let mut changes = Vec::new();
        for (conversation, old) in refused(&self.private.borrow()) {
            changes.extend(self.sealed_again(&conversation, &old)?);
        }
        if changes.is_empty() {
            return Ok(());
        }
        self.save(changes).await?;
        self.letters_new.set(true);
        Ok(())
    }

    fn sealed_again(
        &self,
        conversation: &Conversation,
        old: &LetterRow,
    ) -> Result<Vec<Change>, Failure> {
        let id = old.id();
        let mut letters = conversation.letters.iter();
        let written = letters.find(|(sent, _)| sent.id == id);
        let sealed_to = SealedLetter::read(&old.sealed).map(|sealed| sealed.agency_key);
        let Ok((_, key, _)) = self.addressee(Some(&conversation.row.agency)) else {
            return Ok(Vec::new());
        };
        let (Some((sent, _)), Ok(known)) = (written, sealed_to) else {
            return Ok(Vec::new());
        };
        if known == key.id() {
            return Ok(Vec::new());
        }
        let sealed = seal(&sent.letter, &conversation.keys, &key, &mut self.rng());
        let (new, sealed) = sealed.map_err(|error| seal_failure(&error))?;
        let row = LetterRow {
            sealed: sealed.into(),
            refused: false,
            ..old.clone()
        };
        Ok(vec![
            Change::Delete(Table::Letters, id.to_string()),
            Change::Put(Table::Letters, new.to_string(), row.to_row()),
        ])
    }

    /// A feed begins a new life: its hub was restored and may lack letters it had acknowledged. Those not
    /// answered yet are offered again, as they are; a hub that has them loses nothing by it.
    pub(crate) async fn offer_again(&self) -> Result<(), Failure> {
        let mut again = self.private.borrow().offer_again.clone();
        again.extend(unanswered(&self.private.borrow()));
        if again.is_empty() {
            return Ok(());
        }
        self.save(vec![state(key::OFFER_AGAIN, &again)]).await?;
        self.letters_new.set(true);
        Ok(())
    }
}

fn refused(private: &Private) -> Vec<(Conversation, LetterRow)> {
    let mut found = Vec::new();
    for conversation in private.conversations.values() {
        for (_, row) in conversation.letters.iter().filter(|(sent, _)| sent.refused) {
            found.push((conversation.clone(), row.clone()));
        }
    }
    found
}

/// Also those to agencies that are not followed any more: the same hub may carry them.
fn unanswered(private: &Private) -> BTreeSet<LetterId> {
    let open = |conversation: &&Conversation| {
        let status = conversation.thread().status();
        status.is_some_and(|status| status.is_open())
    };
    let open = private.conversations.values().filter(open);
    open.flat_map(|conversation| &conversation.letters)
        .filter(|(sent, _)| !sent.refused)
        .map(|(sent, _)| sent.id)
        .collect()
}
