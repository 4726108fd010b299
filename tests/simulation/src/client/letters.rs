//! Letters that a node keeps until they have arrived: a phone its own, a hub those it carries.

use std::sync::Arc;

use bantin_model::letter::{ConversationId, LetterId};
use bantin_model::sync::Outgoing;

/// How far a letter is from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// Not accepted above.
    Waiting,
    /// Waiting once more, because a hub was restored: only an answer to what is sent from now on counts.
    Again,
    /// Accepted above.
    Accepted,
    /// The hub asked will never take it.
    Refused,
}

/// A letter on its way up.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its identity.
    pub id: LetterId,
    /// Of which conversation, where that is known.
    pub conversation: Option<ConversationId>,
    /// The sealed bytes; none once it is let go.
    pub bytes: Option<Arc<[u8]>>,
    /// How far it is.
    pub state: LetterState,
    /// It was let go when its conversation was closed, and stays so if somebody writes there again.
    pub closed: bool,
}

/// Letters in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Letters(Vec<Waiting>);

impl Letters {
    /// One more.
    pub fn add(&mut self, id: LetterId, conversation: Option<ConversationId>, bytes: Arc<[u8]>) {
        if self.get(&id).is_none() {
            self.0.push(Waiting {
                id,
                conversation,
                bytes: Some(bytes),
                state: LetterState::Waiting,
                closed: false,
            });
        }
    }

    /// One of them.
    pub fn get(&self, id: &LetterId) -> Option<&Waiting> {
        self.0.iter().find(|letter| letter.id == *id)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Waiting> {
        self.0.iter()
    }

    /// What a session is to bring up.
    pub fn outbox(&self) -> Vec<Outgoing> {
        let waiting = [LetterState::Waiting, LetterState::Again];
        let waits = |letter: &&Waiting| waiting.contains(&letter.state) && letter.bytes.is_some();
        let outgoing = |letter: &Waiting| Outgoing {
            letter: letter.id,
            attachments: Vec::new(),
        };
        self.0.iter().filter(waits).map(outgoing).collect()
    }

    /// Moves one on.
    pub fn set(&mut self, id: &LetterId, state: LetterState) {
        if let Some(letter) = self.0.iter_mut().find(|letter| letter.id == *id) {
            letter.state = state;
        }
    }

    /// A reply came: some hub had the letter at some time. One that waits again goes on waiting, because
    /// the reply may be older than the restore.
    pub fn replied(&mut self, id: &LetterId) {
        if self
            .get(id)
            .is_some_and(|letter| letter.state != LetterState::Again)
        {
            self.set(id, LetterState::Accepted);
        }
    }

    /// Lets all letters in one of these states wait again, of which the bytes are here and which `fits`.
    pub fn again(&mut self, from: &[LetterState], fits: impl Fn(&Waiting) -> bool) {
        let back = |letter: &&mut Waiting| {
            from.contains(&letter.state) && letter.bytes.is_some() && fits(letter)
        };
        for letter in self.0.iter_mut().filter(back) {
            letter.state = LetterState::Again;
        }
    }

    /// Lets the bytes of a conversation go, if all its letters were accepted.
    pub fn release(&mut self, conversation: &ConversationId) -> bool {
        let of = |letter: &Waiting| letter.conversation.as_ref() == Some(conversation);
        let waiting = |letter: &Waiting| of(letter) && letter.state != LetterState::Accepted;
        if self.0.iter().any(waiting) {
            return false;
        }
        for letter in self.0.iter_mut().filter(|letter| of(letter)) {
            letter.bytes = None;
            letter.closed = true;
        }
        true
    }

    /// Deletes the bytes of one letter.
    pub fn forget(&mut self, id: &LetterId) {
        if let Some(letter) = self.0.iter_mut().find(|letter| letter.id == *id) {
            letter.bytes = None;
        }
    }
}
