//! Letters: kept, acknowledged, opened, answered. Each function is one transaction, as in `hub/src/letter` and
//! `hub/src/conversation`.

use std::sync::Arc;

use bantin_model::conversation::{Event, Status};
use bantin_model::id::{Hash, KeyId};
use bantin_model::letter::{
    ConversationId, LetterId, MailboxId, OpenedLetter, Receipt, ReceiptStep, Reply, ReplyVerb,
    SealedLetter, open, seal_reply,
};
use bantin_model::sync::Trouble;
use bantin_model::time::Seconds;

use super::{HubDisk, HubLetter, Thread};
use crate::cast::{RELAY, member, path};
use crate::chance::Chance;
use crate::client::LetterState;
use crate::outcome::Breach;

/// A reply that was appended to its mailbox at home.
pub struct Said {
    /// SHA-256 of its signed part.
    pub id: Hash,
    /// In which conversation.
    pub conversation: ConversationId,
}

/// Which hub of the path opens letters sealed to this key.
fn addressee(hub: usize, key: KeyId) -> Option<usize> {
    let homes = path(hub).into_iter().filter(|home| *home != RELAY);
    homes.rev().find(|home| member(*home).seal.id() == key)
}

impl HubDisk {
    /// Keeps a letter; the same bytes again have no further effect.
    pub fn keep(
        &mut self,
        hub: usize,
        bytes: &Arc<[u8]>,
        now: Seconds,
    ) -> Result<LetterId, Trouble> {
        let sealed = SealedLetter::read(bytes).map_err(|_| Trouble::Refused)?;
        let home = addressee(hub, sealed.agency_key).ok_or(Trouble::Refused)?;
        self.letters.entry(sealed.id).or_insert_with(|| HubLetter {
            bytes: bytes.clone(),
            at: now,
            opened: None,
        });
        if home != hub {
            self.carried.add(sealed.id, None, bytes.clone());
            self.above.entry(sealed.mailbox).or_default();
        }
        Ok(sealed.id)
    }

    /// The receipt *accepted* of a letter. The relay's own proves no step, so it passes on the better one as soon as
    /// it has it.
    pub fn receipt(&self, hub: usize, letter: LetterId, now: Seconds) -> Vec<u8> {
        let above = self.carried.get(&letter).map(|carried| carried.state);
        if hub == RELAY
            && above == Some(LetterState::Accepted)
            && let Some(receipt) = self.receipts.get(&letter)
        {
            return receipt.clone();
        }
        let at = self.letters.get(&letter).map_or(now, |letter| letter.at);
        let member = member(hub);
        let (step, place) = (ReceiptStep::Accepted, member.place.clone());
        Receipt::issue(letter, step, at, place, &member.receipt)
    }

    /// Letters that are at home here and not yet opened.
    pub fn unopened(&self, hub: usize) -> Vec<LetterId> {
        let here = |id: &LetterId| hub != RELAY && self.carried.get(id).is_none();
        let new = self
            .letters
            .iter()
            .filter(|(_, letter)| letter.opened.is_none());
        new.map(|(id, _)| *id).filter(here).collect()
    }

    /// Opens one letter: it finds its conversation, and its writer is told *delivered*.
    pub fn deliver(
        &mut self,
        hub: usize,
        id: LetterId,
        now: Seconds,
        chance: &mut Chance,
    ) -> Result<Option<Said>, Breach> {
        let Some(letter) = self.letters.get_mut(&id) else {
            return Ok(None);
        };
        let opened = open(&letter.bytes, &member(hub).open)
            .map_err(|error| Breach(format!("letter {id} cannot be opened: {error}")))?;
        letter.opened = Some(opened.conversation);
        self.join(&opened);
        self.say(
            hub,
            opened.conversation,
            ReplyVerb::Delivered,
            Some(id),
            now,
            chance,
        )
    }

    fn join(&mut self, opened: &OpenedLetter) {
        let first = || Thread {
            status: Status::Received,
            mailbox: opened.mailbox,
            seal: opened.letter.seal,
            letters: Vec::new(),
            replies: 0,
        };
        let thread = self
            .threads
            .entry(opened.conversation)
            .or_insert_with(first);
        if !thread.letters.is_empty() {
            let event = Event::of_letter(opened.letter.verb);
            thread.status = thread.status.after(event).unwrap_or(thread.status);
        }
        thread.letters.push(opened.id);
    }

    /// An officer answers the first conversation that waits for an answer.
    pub fn answer_one(
        &mut self,
        hub: usize,
        now: Seconds,
        chance: &mut Chance,
    ) -> Result<Option<Said>, Breach> {
        let open = self.threads.iter_mut().find(|(_, t)| t.status.is_open());
        let Some((conversation, thread)) = open else {
            return Ok(None);
        };
        let (conversation, re) = (*conversation, thread.letters.last().copied());
        thread.status = Status::Answered;
        self.say(hub, conversation, ReplyVerb::Answered, re, now, chance)
    }

    fn say(
        &mut self,
        hub: usize,
        conversation: ConversationId,
        verb: ReplyVerb,
        re: Option<LetterId>,
        now: Seconds,
        chance: &mut Chance,
    ) -> Result<Option<Said>, Breach> {
        let Some(thread) = self.threads.get_mut(&conversation) else {
            return Ok(None);
        };
        thread.replies += 1;
        let mut reply = Reply::new(verb, thread.replies, re, now, "UBND");
        reply.status = Some(thread.status);
        if verb == ReplyVerb::Answered {
            reply.text = "Xã sẽ sửa đường trước cuối tháng.".into();
        }
        let (mailbox, seal) = (thread.mailbox, thread.seal);
        let bytes = seal_reply(&reply, mailbox, &seal, &member(hub).sign, chance.rng())
            .map_err(|error| Breach(format!("a reply cannot be sealed: {error}")))?;
        let id = entry_id(&bytes)?;
        self.append(mailbox, id, bytes.into(), now);
        Ok(Some(Said { id, conversation }))
    }

    /// The mailboxes to mirror, each with its cursor in this life of the hub above.
    pub fn wanted(&self) -> Vec<(MailboxId, u64)> {
        let life = self.mirror.life();
        let cursor = |(of, after): (u64, u64)| if of == life { after } else { 0 };
        self.above
            .iter()
            .map(|(id, after)| (*id, cursor(*after)))
            .collect()
    }

    /// Takes mirrored entries from the hub above; how many were new. A hub gives them cursors of its own; a relay keeps
    /// those of the hub, as one run of one life.
    pub fn mirror_answers(
        &mut self,
        entries: &[(MailboxId, u64, Arc<[u8]>)],
        life: u64,
        now: Seconds,
    ) -> Result<usize, Breach> {
        let relay = self.own.is_none();
        if relay && self.mail_life != life {
            self.mail.clear();
            self.mail_life = life;
        }
        let mut new = 0;
        for (mailbox, cursor, bytes) in entries {
            let Some(after) = self.above.get_mut(mailbox) else {
                continue;
            };
            *after = match *after {
                (of, after) if of == life => (of, after.max(*cursor)),
                _ => (life, *cursor),
            };
            let (id, bytes) = (entry_id(bytes)?, bytes.clone());
            new += usize::from(match relay {
                true => self.pass_on(*mailbox, *cursor, id, bytes),
                false => self.append(*mailbox, id, bytes, now),
            });
        }
        Ok(new)
    }
}

/// SHA-256 of the signed part of an entry made by a hub of this country.
fn entry_id(bytes: &[u8]) -> Result<Hash, Breach> {
    let envelope = bantin_model::sign::Envelope::from_bytes(bytes, usize::MAX);
    let envelope = envelope.map_err(|error| Breach(format!("an entry is damaged: {error}")))?;
    Ok(Hash::of(&envelope.payload))
}
