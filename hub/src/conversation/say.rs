//! Saying something to the person: asking, working, answering, declining, closing.

use bantin_hub_store::{AnswerRow, ConversationRow, Once, Step, StepOutcome, StoredLetter};
use bantin_model::conversation::{Event, StatusAt};
use bantin_model::id::{KeyId, RecordId};
use bantin_model::letter::{ConversationId, LetterError, LetterId, Reply, ReplyVerb};
use bantin_wire::{Code, Failure};

use super::TRIES;
use crate::Hub;
use crate::failure::{HubError, Result};

/// What is to be said.
#[derive(Clone, Debug)]
pub struct Say {
    /// What it is.
    pub verb: ReplyVerb,
    /// The words.
    pub text: String,
    /// The publication it speaks of.
    pub record: Option<RecordId>,
    /// Sign-in name of the officer, for the agency's own archive.
    pub officer: Option<String>,
    /// Who it is from, as the person sees it; none = the agency's name.
    pub by: Option<String>,
    /// Names the act.
    pub once: Option<Once>,
}

impl Say {
    /// Words from the agency, with nothing else.
    pub fn words(verb: ReplyVerb, text: impl Into<String>) -> Self {
        Self {
            verb,
            text: text.into(),
            record: None,
            officer: None,
            by: None,
            once: None,
        }
    }
}

impl Hub {
    /// Says it and changes the state accordingly. `wrong-state` if that is not possible now;
    /// done before under the same name: nothing happens, and that is no error.
    pub async fn say(&self, id: &ConversationId, say: &Say) -> Result<()> {
        for _ in 0..TRIES {
            let row = self.conversation_row(id).await?;
            let letters = self.store.letters_of(id).await?;
            let step = self.saying(row, &letters, say).await?;
            match self.store.step(&step).await? {
                StepOutcome::Done | StepOutcome::Already(_) => return Ok(()),
                StepOutcome::Moved => {}
            }
        }
        Err(HubError::code(Code::Conflict))
    }

    /// The conversation, or `not-found`.
    pub(crate) async fn conversation_row(&self, id: &ConversationId) -> Result<ConversationRow> {
        let row = self.store.conversation(id).await?;
        Ok(row.ok_or_else(|| Failure::at(Code::NotFound, "id"))?)
    }

    async fn saying(
        &self,
        row: ConversationRow,
        letters: &[StoredLetter],
        say: &Say,
    ) -> Result<Step> {
        if let Some(once) = &say.once
            && self.store.once(&once.key).await?.is_some()
        {
            return Ok(repeated(row, once));
        }
        if row.passed_to.is_some() {
            // Another agency has it now.
            return Err(HubError::code(Code::WrongState));
        }
        let now = self.clock.now();
        let mut to = row.clone();
        if let Some(event) = Event::of_reply(say.verb) {
            to.status = row.status.after(event)?;
        }
        to.changed_at = now;
        to.replies += 1;
        // Who answers has seen what there is.
        to.opened_at = Some(row.opened_at.unwrap_or(now));
        let entered = (to.status != row.status).then_some(StatusAt {
            at: now,
            status: to.status,
        });
        to.due_at = self.due_after(&to, entered).await?;
        let office = self.office(&to.place).await?;
        let by = say.by.clone().unwrap_or(office);
        let mut reply = Reply::new(say.verb, to.replies, self.about(letters), now, by);
        reply.text.clone_from(&say.text);
        reply.record = say.record;
        reply.status = Some(to.status);
        reply.due_at = to.due_at;
        reply.validate().map_err(refused)?;
        let began = began(letters)?;
        let out = self.seal_out(&to, &began, &reply)?;
        let answer = AnswerRow {
            conversation: to.id,
            place: to.place.clone(),
            seq: to.replies,
            officer: say.officer.clone(),
            at: now,
            copy: out.copy,
        };
        Ok(Step {
            from: Some(row.change),
            to,
            entered,
            letter: None,
            seen: unseen(letters),
            mail: vec![out.mail],
            forwards: Vec::new(),
            answer: Some(answer),
            once: say.once.clone(),
        })
    }

    /// The letter a reply is about: the newest that asks for something.
    pub(super) fn about(&self, letters: &[StoredLetter]) -> Option<LetterId> {
        use bantin_model::letter::Verb;
        let asks = |letter: &&StoredLetter| {
            let opened = self.open_letter(letter);
            opened.is_ok_and(|o| !matches!(o.letter.verb, Verb::Rate | Verb::Close))
        };
        letters
            .iter()
            .rev()
            .find(asks)
            .or(letters.last())
            .and_then(|letter| Some(self.open_letter(letter).ok()?.id))
    }
}

/// The agency's key that a conversation's first letter was sealed to.
pub(super) fn began(letters: &[StoredLetter]) -> Result<KeyId> {
    let none = || HubError::Broken("a conversation without a letter".into());
    Ok(letters.first().ok_or_else(none)?.agency_key)
}

/// Letters no officer has seen.
pub(super) fn unseen(letters: &[StoredLetter]) -> Vec<LetterId> {
    letters
        .iter()
        .filter(|letter| letter.seen_at.is_none())
        .map(|letter| letter.id)
        .collect()
}

/// A step that changes nothing but meets the name of the act.
pub(super) fn repeated(row: ConversationRow, once: &Once) -> Step {
    Step {
        from: Some(row.change),
        to: row,
        entered: None,
        letter: None,
        seen: Vec::new(),
        mail: Vec::new(),
        forwards: Vec::new(),
        answer: None,
        once: Some(once.clone()),
    }
}

pub(super) fn refused(error: LetterError) -> HubError {
    match error {
        LetterError::Missing(field) => Failure::at(Code::Empty, field).into(),
        LetterError::TooLong { field, limit, .. } => {
            Failure::at(Code::TooLong, field).with(limit as u64).into()
        }
        LetterError::TooMany { field, limit, .. } => {
            Failure::at(Code::TooMany, field).with(limit as u64).into()
        }
        LetterError::OutOfRange(field) => Failure::at(Code::NotAllowed, field).into(),
        LetterError::Format(_) => HubError::code(Code::Malformed),
    }
}
