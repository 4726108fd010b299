//! A whole conversation, opened for an officer.

use std::collections::BTreeSet;
use std::sync::Arc;

use bantin_hub_store::{ConversationRow, Step, StepOutcome, StoredLetter};
use bantin_model::conversation::{Event, StatusAt};
use bantin_model::letter::{ConversationId, Hop, LetterId, OpenedLetter, Reply, ReplyVerb};
use bantin_model::time::Seconds;
use bantin_wire::Code;

use super::TRIES;
use super::say::{began, unseen};
use crate::Hub;
use crate::failure::{HubError, Result};

/// Something that was said.
#[derive(Clone, Debug)]
// A thread has a handful of messages, so a box for each would save nothing.
#[allow(clippy::large_enum_variant)]
pub enum Message {
    /// By the person.
    Letter {
        /// When it was accepted here.
        at: Seconds,
        /// The letter.
        letter: Arc<OpenedLetter>,
    },
    /// By the agency.
    Reply {
        /// Sign-in name of the officer, if one said it.
        officer: Option<String>,
        /// The reply.
        reply: Reply,
    },
}

/// A conversation with everything said in it.
#[derive(Clone, Debug)]
pub struct ThreadView {
    /// State and times.
    pub row: ConversationRow,
    /// Everything said, oldest first.
    pub messages: Vec<Message>,
    /// The states it went through.
    pub history: Vec<StatusAt>,
    /// What the agency can say now.
    pub can: Vec<ReplyVerb>,
    /// From which agency to which it went, oldest step first.
    pub trail: Vec<Hop>,
}

impl Hub {
    /// A conversation, opened, without telling anybody. `not-found` if there is none.
    pub async fn thread(&self, id: &ConversationId) -> Result<ThreadView> {
        let row = self.conversation_row(id).await?;
        let mut letters = Vec::new();
        let mut known = BTreeSet::new();
        let stored = self.store.letters_of(id).await?;
        let trail = self.trail(&row, &stored).await?;
        for stored in stored {
            let opened = self.open_letter(&stored)?;
            // What came back from another agency is here already.
            if known.insert(opened.id) {
                letters.push((stored.accepted_at, opened.id, opened));
            }
        }
        let mut answers = Vec::new();
        for answer in self.store.answers(id).await? {
            let reply = self.open_copy(&answer.place, &answer)?;
            answers.push((answer.at, answer.officer, reply));
        }
        let messages = in_order(letters, answers);
        let history = self.store.history(id).await?;
        let can = can(&row);
        Ok(ThreadView {
            row,
            messages,
            history,
            can,
            trail,
        })
    }

    /// Sends the person the proof *opened* for every letter that no officer has seen yet.
    pub async fn opened_by_officer(&self, id: &ConversationId) -> Result<()> {
        for _ in 0..TRIES {
            let row = self.conversation_row(id).await?;
            let letters = self.store.letters_of(id).await?;
            if unseen(&letters).is_empty() {
                return Ok(());
            }
            let step = self.opening(row, &letters).await?;
            if self.store.step(&step).await? == StepOutcome::Done {
                return Ok(());
            }
        }
        Err(HubError::code(Code::Conflict))
    }

    async fn opening(&self, row: ConversationRow, letters: &[StoredLetter]) -> Result<Step> {
        let now = self.clock.now();
        let office = self.office(&row.place).await?;
        let seen = unseen(letters);
        let mut to = row.clone();
        to.opened_at = Some(now);
        to.changed_at = now;
        let began = began(letters)?;
        let mut mail = Vec::new();
        for stored in letters.iter().filter(|letter| seen.contains(&letter.id)) {
            let letter = self.open_letter(stored)?.id;
            to.replies += 1;
            let mut reply = Reply::new(
                ReplyVerb::Opened,
                to.replies,
                Some(letter),
                now,
                office.clone(),
            );
            // Where it stands is for the agency to say that has it.
            reply.status = to.passed_to.is_none().then_some(to.status);
            reply.due_at = to.due_at;
            mail.push(self.seal_out(&to, &began, &reply)?.mail);
        }
        Ok(Step {
            from: Some(row.change),
            to,
            entered: None,
            letter: None,
            seen,
            mail,
            forwards: Vec::new(),
            answer: None,
            once: None,
        })
    }
}

/// Letters and replies, each in their own order, as one talk. Of what happened in one second, a reply
/// stands right behind the letter it is about.
fn in_order(
    letters: Vec<(Seconds, LetterId, Arc<OpenedLetter>)>,
    answers: Vec<(Seconds, Option<String>, Reply)>,
) -> Vec<Message> {
    let mut messages = Vec::new();
    let mut shown: Option<LetterId> = None;
    let mut answers = answers.into_iter().peekable();
    for (at, id, letter) in letters {
        let before = |answer: &(Seconds, Option<String>, Reply)| {
            answer.0 < at || (answer.0 == at && answer.2.re.is_some() && answer.2.re == shown)
        };
        while let Some((_, officer, reply)) = answers.next_if(before) {
            messages.push(Message::Reply { officer, reply });
        }
        shown = Some(id);
        messages.push(Message::Letter { at, letter });
    }
    messages.extend(answers.map(|(_, officer, reply)| Message::Reply { officer, reply }));
    messages
}

fn can(row: &ConversationRow) -> Vec<ReplyVerb> {
    if row.passed_to.is_some() {
        return Vec::new();
    }
    let allowed = |verb: &ReplyVerb| {
        Event::of_reply(*verb).is_some_and(|event| row.status.after(event).is_ok())
    };
    ReplyVerb::KNOWN.iter().copied().filter(allowed).collect()
}
