//! The disk of a phone: `news.db` and the private file of its person.

use std::collections::{BTreeMap, BTreeSet};

use bantin_model::conversation::Status;
use bantin_model::id::Hash;
use bantin_model::letter::{ConversationId, ConversationSeed, LetterId, ReplyVerb, Signer};
use bantin_model::sync::{Apply, MailChange, MailboxState};

use crate::cast::{RELAY, member};
use crate::client::{Extent, LetterState, Letters, News};
use crate::flaw::Flaw;
use crate::message::Node;

/// A conversation of this phone.
#[derive(Clone)]
pub struct Conversation {
    /// The only secret.
    pub seed: ConversationSeed,
    /// The hub it is addressed to.
    pub to: usize,
    /// Letters written on this phone.
    pub written: u32,
    /// Replies by name, in the order in which they came.
    pub replies: Vec<(Hash, ReplyVerb, Option<LetterId>)>,
    /// Where it stands, as far as this phone knows.
    pub status: Option<Status>,
    /// It is closed and its letters were let go.
    pub released: bool,
}

/// How far a mailbox was read.
#[derive(Clone, Copy)]
pub struct Cursor {
    /// Of which hub's copy.
    pub of: Node,
    /// Cursor of the last entry held.
    pub after: u64,
    /// The life it belongs to, as the session said.
    pub life: u64,
}

/// Everything durable.
#[derive(Default)]
pub struct PhoneDisk {
    /// The news.
    pub news: News,
    /// Letters written here.
    pub letters: Letters,
    /// Conversations.
    pub conversations: BTreeMap<ConversationId, Conversation>,
    /// Whose copy of a mailbox was read last, how far, and in which life of the hubs.
    pub cursors: BTreeMap<ConversationId, Cursor>,
}

impl PhoneDisk {
    /// The mailboxes to look into; those of another hub than before from their beginning.
    pub fn mailboxes(&self, hub: Node, flaw: Option<Flaw>) -> Vec<MailboxState> {
        let now = self.news.life();
        let same = |held: &&Cursor| held.of == hub || flaw == Some(Flaw::CursorForAllHubs);
        let state = |(id, conversation): (&ConversationId, &Conversation)| {
            let held = self.cursors.get(id).filter(same);
            let life = held.map_or(0, |held| held.life);
            MailboxState {
                seed: conversation.seed.clone(),
                after: held.map_or(0, |held| held.after),
                life: match flaw {
                    Some(Flaw::CursorForAllHubs) => now,
                    _ => life,
                },
                agency: vec![member(conversation.to).reply_key],
            }
        };
        self.conversations.iter().map(state).collect()
    }

    /// Before a new epoch is kept: every letter of an open conversation waits again. True if something changed.
    pub fn prepare(&mut self, apply: &Apply) -> bool {
        let restored = match apply {
            Apply::Feed(change) => self.news.begins_epoch(std::slice::from_ref(&change.head)),
            Apply::Heads { heads, .. } => self.news.begins_epoch(heads),
            _ => false,
        };
        if restored {
            let conversations = &self.conversations;
            let open = |id: &ConversationId| conversations.get(id).is_some_and(|c| !c.released);
            self.letters
                .again(&[LetterState::Waiting, LetterState::Accepted], |letter| {
                    letter.conversation.as_ref().is_some_and(open)
                });
        }
        restored
    }

    /// Writes a change.
    pub fn apply(&mut self, apply: &Apply, hub: Node, extent: Extent, flaw: Option<Flaw>) {
        match apply {
            Apply::Receipt(change) => {
                if change.verified.signer != Signer::Relay {
                    let letter = change.verified.receipt.letter;
                    self.letters.set(&letter, LetterState::Accepted);
                    if flaw == Some(Flaw::ForgetLetterOnAccept) {
                        self.letters.forget(&letter);
                    }
                }
            }
            Apply::LetterRefused(letter) => self.letters.set(letter, LetterState::Refused),
            Apply::Mail(change) => self.apply_mail(change, hub, extent, flaw),
            news => self.news.apply(news, extent),
        }
    }

    fn apply_mail(&mut self, change: &MailChange, hub: Node, extent: Extent, flaw: Option<Flaw>) {
        let moved: Vec<ConversationId> = match flaw {
            Some(Flaw::CursorPerBatch) => self.conversations.keys().copied().collect(),
            _ => vec![change.conversation],
        };
        let careless = flaw == Some(Flaw::CursorForAllHubs);
        // How far the hub's copy was read only the hub itself says.
        let moved = moved
            .into_iter()
            .filter(|_| careless || hub != Node::Hub(RELAY));
        for id in moved {
            let held = self.cursors.get(&id).copied();
            let before = held
                .filter(|held| careless || held.of == hub)
                .filter(|held| careless || held.life == change.life);
            let after = before.map_or(0, |held| held.after).max(change.after);
            if after > 0 {
                let (of, life) = (hub, change.life);
                self.cursors.insert(id, Cursor { of, after, life });
            }
        }
        if extent == Extent::Half {
            return;
        }
        let Some(conversation) = self.conversations.get_mut(&change.conversation) else {
            return;
        };
        for (_, _, opened) in &change.replies {
            let reply = &opened.reply;
            let known: BTreeSet<Hash> = conversation.replies.iter().map(|r| r.0).collect();
            if known.contains(&opened.id) {
                continue;
            }
            conversation.replies.push((opened.id, reply.verb, reply.re));
            conversation.status = reply.status.or(conversation.status);
            // A reply to a letter proves that some hub had it, whatever became of the receipt.
            if let Some(letter) = reply.re {
                self.letters.replied(&letter);
            }
        }
    }

    /// Lets the letters of closed conversations go.
    pub fn settle(&mut self) {
        for (id, conversation) in &mut self.conversations {
            if !conversation.released && conversation.status == Some(Status::Closed) {
                conversation.released = self.letters.release(id);
            }
        }
    }
}
