//! What the owner of a phone writes. A letter is sealed once, made durable, and only then said to be saved.

use bantin_model::conversation::Status;
use bantin_model::id::Lang;
use bantin_model::letter::{
    ConversationId, ConversationKeys, ConversationSeed, Letter, LetterId, Verb, seal,
};
use bantin_model::time::Seconds;

use super::{Conversation, Phone};
use crate::cast::{member, path};
use crate::chance::Chance;
use crate::outcome::Breach;

/// A letter that the phone says is saved.
pub struct Written {
    /// Its identity.
    pub letter: LetterId,
    /// Its conversation.
    pub conversation: ConversationId,
    /// The hub it is addressed to.
    pub to: usize,
}

impl Phone {
    /// Writes a letter: the first of a new conversation, more detail in an open one, or the end of an answered one.
    pub fn write(&mut self, now: Seconds, chance: &mut Chance) -> Result<Option<Written>, Breach> {
        if self.full || self.disk.news.feeds.is_empty() {
            // Without room, or without a key to seal to, nothing is saved and the person is told so.
            return Ok(None);
        }
        let answered = |c: &&Conversation| c.status == Some(Status::Answered);
        let mut held = self.disk.conversations.values();
        let (conversation, verb) = match (chance.below(3), held.find(answered).cloned()) {
            (0 | 1, Some(conversation)) => (conversation, Verb::Close),
            (2, Some(conversation)) => (conversation, Verb::Reply),
            _ => (self.new_conversation(chance), Verb::Question),
        };
        self.seal(conversation, verb, now, chance).map(Some)
    }

    fn new_conversation(&self, chance: &mut Chance) -> Conversation {
        let homes = path(self.home);
        // To the own agency, or to any of the path.
        let at = match chance.below(2) {
            0 => chance.index(homes.len()),
            _ => homes.len() - 1,
        };
        Conversation {
            seed: ConversationSeed::generate(chance.rng()),
            to: homes.get(at).copied().unwrap_or(self.home),
            written: 0,
            replies: Vec::new(),
            status: None,
            released: false,
        }
    }

    fn seal(
        &mut self,
        mut conversation: Conversation,
        verb: Verb,
        now: Seconds,
        chance: &mut Chance,
    ) -> Result<Written, Breach> {
        let keys = ConversationKeys::from_seed(&conversation.seed);
        conversation.written += 1;
        // Who writes again is heard again.
        conversation.released = false;
        let to = conversation.to;
        let seq = conversation.written;
        let text = "Đường vào bản bị sạt lở, khi nào xã sửa?";
        let letter = Letter::new(&keys, verb, seq, now, Lang::vietnamese(), text);
        let (id, bytes) = seal(&letter, &keys, &member(to).seal, chance.rng())
            .map_err(|error| Breach(format!("a letter cannot be sealed: {error}")))?;
        let name = letter.conversation();
        self.disk.conversations.insert(name, conversation);
        self.disk.letters.add(id, Some(name), bytes.into());
        Ok(Written {
            letter: id,
            conversation: name,
            to,
        })
    }

    /// Takes over a conversation by its claim code: two devices, one mailbox.
    pub fn claim(&mut self, name: ConversationId, conversation: &Conversation) {
        let copy = Conversation {
            written: 0,
            replies: Vec::new(),
            status: None,
            released: false,
            ..conversation.clone()
        };
        self.disk.conversations.entry(name).or_insert(copy);
    }
}
