//! Taking a letter in, and what a hub said of it.

use bantin_model::letter::{LetterId, OuterAttachment, SealedLetter};
use bantin_model::time::Seconds;
use bantin_wire::{Code, Failure};

use super::index::Waiting;
use super::{Carried, file};
use crate::error::{RelayError, Result};

/// What is known of a letter that was brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It waits here since then.
    Waiting(Seconds),
    /// A hub has it; its receipt.
    Accepted(Vec<u8>),
    /// The hub will not take it, and why.
    Refused(Failure),
}

impl Carried {
    /// What a hub said before it was restored counts no more: it may have lost what it had accepted, and
    /// the letters that guests bring again then go to it again. `life` is that of the hubs as this device
    /// knows it.
    pub(crate) fn live(&self, life: u64) -> Result<()> {
        let mut index = self.index();
        let held = match std::fs::read(self.life()) {
            Ok(bytes) => String::from_utf8(bytes).ok().and_then(|s| s.parse().ok()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        if held == Some(life) {
            return Ok(());
        }
        for id in index.accepted.keys() {
            file::delete(&self.accepted(id))?;
        }
        for id in index.refused.keys() {
            file::delete(&self.refused(id))?;
        }
        index.accepted.clear();
        index.refused.clear();
        // Last: a cut before this does it once more.
        file::write_durable(&self.life(), life.to_string().as_bytes())?;
        Ok(())
    }

    /// What is known of a letter; none if it is new here.
    pub(crate) fn known(&self, id: &LetterId) -> Result<Option<Kept>> {
        let (accepted, refused, since) = {
            let index = self.index();
            (
                index.accepted.contains_key(id),
                index.refused.contains_key(id),
                index.letters.get(id).map(|letter| letter.since),
            )
        };
        if accepted {
            return Ok(Some(Kept::Accepted(std::fs::read(self.accepted(id))?)));
        }
        if refused {
            let failure = serde_json::from_slice(&std::fs::read(self.refused(id))?);
            let failure = failure.unwrap_or_else(|_| Failure::new(Code::Malformed));
            return Ok(Some(Kept::Refused(failure)));
        }
        Ok(since.map(Kept::Waiting))
    }

    /// Keeps a letter that is new here. When this returns it is durable, and so are its ciphertexts.
    ///
    /// # Errors
    /// [`Code::NotFound`] at `attachments` with the position of one that is not here;
    /// [`Code::DiskFull`], also when the store has as many letters or bytes as it may.
    pub(crate) fn keep(&self, sealed: &SealedLetter, bytes: &[u8], now: Seconds) -> Result<Kept> {
        // One letter at a time: a bound that two could pass together is none.
        let mut index = self.index();
        for (at, named) in sealed.attachments.iter().enumerate() {
            if index.attachments.get(&named.hash) != Some(&named.bytes) {
                let missing = Failure::at(Code::NotFound, "attachments").with(at as u64);
                return Err(missing.into());
            }
        }
        let size = bytes.len() as u64;
        let full = index.letters.len() >= self.limits.letters_max
            || index.bytes().saturating_add(size) > self.limits.carried_bytes_max;
        if full {
            return Err(RelayError::code(Code::DiskFull));
        }
        file::write_durable(&self.letter(&sealed.id), bytes)?;
        let waiting = Waiting {
            bytes: size,
            attachments: sealed.attachments.clone(),
            since: now,
        };
        index.letters.insert(sealed.id, waiting);
        Ok(Kept::Waiting(now))
    }

    /// A hub has the letter: its receipt is durable before the letter goes.
    pub(crate) fn was_accepted(&self, id: LetterId, receipt: &[u8], now: Seconds) -> Result<()> {
        file::write_durable(&self.accepted(&id), receipt)?;
        self.index().accepted.insert(id, now);
        self.let_go(&id)
    }

    /// The hub will never take the letter; the guest is told when it asks.
    pub(crate) fn was_refused(&self, id: LetterId, failure: &Failure, now: Seconds) -> Result<()> {
        let said = serde_json::to_vec(failure).map_err(|_| RelayError::Broken("a failure"))?;
        file::write_durable(&self.refused(&id), &said)?;
        self.index().refused.insert(id, now);
        self.let_go(&id)
    }

    /// Removes those ciphertexts that no waiting letter names.
    pub(crate) fn drop_unnamed(&self, attachments: &[OuterAttachment]) -> Result<()> {
        let mut index = self.index();
        let named = index.named();
        for attachment in attachments {
            if !named.contains(&attachment.hash) {
                file::delete(&self.attachment(&attachment.hash))?;
                index.attachments.remove(&attachment.hash);
            }
        }
        Ok(())
    }

    fn let_go(&self, id: &LetterId) -> Result<()> {
        let gone = {
            let mut index = self.index();
            file::delete(&self.letter(id))?;
            index.letters.remove(id)
        };
        self.drop_unnamed(&gone.map(|letter| letter.attachments).unwrap_or_default())?;
        let mut index = self.index();
        for (answers, path) in [(true, "accepted"), (false, "refused")] {
            let held = match answers {
                true => &mut index.accepted,
                false => &mut index.refused,
            };
            while held.len() > self.limits.answers_max {
                let oldest = held.iter().min_by_key(|(id, at)| (**at, **id));
                let Some(oldest) = oldest.map(|(id, _)| *id) else {
                    break;
                };
                file::delete(&self.root.join(path).join(oldest.to_string()))?;
                held.remove(&oldest);
            }
        }
        Ok(())
    }
}
