//! Passing a conversation on to another agency: sealed anew to its key if another hub is home to it, and
//! said to the person in the same transaction.

use std::collections::BTreeSet;

use bantin_hub_store::{
    AnswerRow, ConversationRow, NewLetter, Once, Route, Side, Step, StepOutcome, StoredLetter,
};
use bantin_model::conversation::{Event, Status, StatusAt};
use bantin_model::id::PlaceId;
use bantin_model::letter::{
    ConversationId, FORMAT, Forward, HOPS_MAX, Hop, LetterId, REASON_CHARS_MAX, Reply, ReplyVerb,
    SealedLetter, seal_forward,
};
use bantin_model::time::Seconds;
use bantin_wire::{Code, Failure};

use super::TRIES;
use super::say::{began, refused, repeated, unseen};
use crate::Hub;
use crate::agency::KnownAgency;
use crate::failure::{HubError, Result};
use crate::letter::Opened;

/// What is to be passed on, and why.
#[derive(Clone, Debug)]
pub struct PassOn {
    /// The place whose agency is to have it.
    pub to: PlaceId,
    /// Why, as the person and the next agency read it.
    pub reason: String,
    /// Sign-in name of the officer, for the agency's own archive.
    pub officer: Option<String>,
    /// Names the act.
    pub once: Option<Once>,
}

/// A conversation and the agency it goes to.
struct Passing<'a> {
    row: &'a ConversationRow,
    known: &'a KnownAgency,
    trail: &'a [Hop],
}

impl Hub {
    /// Passes a conversation on. At the field `to`: `not-allowed` (to itself), `no-agency-key` (no
    /// agency with a valid key is known there), `too-many` (passed on too often); done before under the
    /// same name: nothing happens, and that is no error.
    pub async fn pass_on(&self, id: &ConversationId, pass: &PassOn) -> Result<()> {
        check_reason(&pass.reason)?;
        for _ in 0..TRIES {
            let row = self.conversation_row(id).await?;
            let letters = self.store.letters_of(id).await?;
            let step = self.passing(row, &letters, pass).await?;
            match self.store.step(&step).await? {
                StepOutcome::Done => {
                    tracing::info!(to = %pass.to, "passed on");
                    self.to_carry.notify_one();
                    return Ok(());
                }
                StepOutcome::Already(_) => return Ok(()),
                StepOutcome::Moved => {}
            }
        }
        Err(HubError::code(Code::Conflict))
    }

    async fn passing(
        &self,
        row: ConversationRow,
        letters: &[StoredLetter],
        pass: &PassOn,
    ) -> Result<Step> {
        if let Some(once) = &pass.once
            && self.store.once(&once.key).await?.is_some()
        {
            return Ok(repeated(row, once));
        }
        if row.passed_to.is_some() {
            return Err(HubError::code(Code::WrongState));
        }
        row.status.after(Event::AgencyForwards)?;
        let known = self.addressee(&row, pass).await?;
        let now = self.clock.now();
        let trail = self.trail_with(&row, letters, pass, now).await?;
        let here = known.side == Side::Home;
        let mut to = row.clone();
        to.status = Status::Forwarded;
        to.changed_at = now;
        to.replies += 1;
        to.hops = u32::try_from(trail.len()).unwrap_or(u32::MAX);
        // Said by the agency that passes it on, before it is another's.
        let reply = self.told(&to, letters, &known, pass).await?;
        let out = self.seal_out(&to, &began(letters)?, &reply)?;
        let answer = AnswerRow {
            conversation: to.id,
            place: row.place.clone(),
            seq: to.replies,
            officer: pass.officer.clone(),
            at: now,
            copy: out.copy,
        };
        let mut entered = StatusAt {
            at: now,
            status: Status::Forwarded,
        };
        let mut forwards = Vec::new();
        if here {
            // The next agency's own time begins when it receives it.
            entered.status = Status::Received;
            to.place = pass.to.clone();
            to.received_at = now;
            to.opened_at = None;
            to.due_at = self.due_after(&to, Some(entered)).await?;
        } else {
            let passing = Passing {
                row: &to,
                known: &known,
                trail: &trail,
            };
            forwards = self.seal_all(&passing, letters).await?;
            to.passed_to = Some(pass.to.clone());
            to.opened_at = Some(row.opened_at.unwrap_or(now));
            to.due_at = None;
        }
        Ok(Step {
            from: Some(row.change),
            to,
            entered: Some(entered),
            letter: None,
            seen: unseen(letters),
            mail: vec![out.mail],
            forwards,
            answer: Some(answer),
            once: pass.once.clone(),
        })
    }

    /// The way so far with this step, made at `now`.
    async fn trail_with(
        &self,
        row: &ConversationRow,
        letters: &[StoredLetter],
        pass: &PassOn,
        now: Seconds,
    ) -> Result<Vec<Hop>> {
        let mut trail = self.trail(row, letters).await?;
        trail.push(Hop {
            from: row.place.clone(),
            to: pass.to.clone(),
            at: now,
            reason: pass.reason.clone(),
            by: self.office(&row.place).await?,
        });
        if trail.len() > HOPS_MAX {
            let limit = HOPS_MAX as u64;
            return Err(Failure::at(Code::TooMany, "to").with(limit).into());
        }
        Ok(trail)
    }

    /// What the person is told.
    async fn told(
        &self,
        to: &ConversationRow,
        letters: &[StoredLetter],
        known: &KnownAgency,
        pass: &PassOn,
    ) -> Result<Reply> {
        let about = self.about(letters);
        let by = self.office(&to.place).await?;
        let mut reply = Reply::new(ReplyVerb::Forwarded, to.replies, about, to.changed_at, by);
        reply.text.clone_from(&pass.reason);
        reply.status = Some(Status::Forwarded);
        reply.forwarded_to = Some(pass.to.clone());
        reply.passed = Some(known.parcel.clone().into());
        reply.validate().map_err(refused)?;
        Ok(reply)
    }

    /// The agency it is to go to.
    async fn addressee(&self, row: &ConversationRow, pass: &PassOn) -> Result<KnownAgency> {
        if pass.to == row.place {
            return Err(Failure::at(Code::NotAllowed, "to").into());
        }
        let known = self.agency_named(&pass.to).await?;
        Ok(known.ok_or_else(|| Failure::at(Code::NoAgencyKey, "to"))?)
    }

    /// Seals each letter of the conversation once.
    async fn seal_all(
        &self,
        passing: &Passing<'_>,
        letters: &[StoredLetter],
    ) -> Result<Vec<NewLetter>> {
        let mut seen: BTreeSet<LetterId> = BTreeSet::new();
        let mut forwards = Vec::new();
        for stored in letters {
            let opened = self.unseal(stored)??;
            if seen.insert(opened.letter.id) {
                forwards.push(self.seal_on(passing, opened, false).await?);
            }
        }
        Ok(forwards)
    }

    async fn seal_on(
        &self,
        passing: &Passing<'_>,
        opened: Opened,
        later: bool,
    ) -> Result<NewLetter> {
        let Passing { row, known, trail } = passing;
        let keys = self.keys_of(&row.place)?;
        let forward = Forward {
            format: FORMAT,
            original: opened.original,
            trail: trail.to_vec(),
            replies: row.replies,
            later,
        };
        let (to, rng) = (&known.agency.seal_key, &mut crate::chance::rng());
        let (id, bytes) = seal_forward(&forward, to, &keys.agency.sign, rng)?;
        let sealed = SealedLetter::read(&bytes)?;
        let (_, route) = self.route(&sealed.agency_key).await?;
        if route == Route::Home {
            return Err(HubError::Broken(
                "an agency of our own is not sealed to".into(),
            ));
        }
        Ok(NewLetter {
            route,
            id,
            place: known.place.clone(),
            agency_key: sealed.agency_key,
            mailbox: sealed.mailbox,
            bytes,
            attachments: sealed.attachments,
            at: self.clock.now(),
        })
    }

    /// What the person wrote after the conversation was passed on goes the same way. None if the agency
    /// has no valid key any more, or the letter cannot be carried: then it stays with us.
    pub(crate) async fn pass_along(
        &self,
        row: &ConversationRow,
        letters: &[StoredLetter],
        opened: Opened,
    ) -> Result<Option<NewLetter>> {
        let Some(to) = &row.passed_to else {
            return Ok(None);
        };
        let Some(known) = self.agency_named(to).await? else {
            return Ok(None);
        };
        let trail = self.trail(row, letters).await?;
        let passing = Passing {
            row,
            known: &known,
            trail: &trail,
        };
        match self.seal_on(&passing, opened, true).await {
            Ok(forward) => Ok(Some(forward)),
            Err(HubError::Seal(error)) => {
                tracing::warn!(%error, "a letter cannot be passed along");
                Ok(None)
            }
            Err(HubError::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The way of a conversation from agency to agency, oldest step first.
    pub(crate) async fn trail(
        &self,
        row: &ConversationRow,
        letters: &[StoredLetter],
    ) -> Result<Vec<Hop>> {
        let mut trail: Vec<Hop> = Vec::new();
        for stored in letters {
            let came = self.unseal(stored)??.forward;
            let came = came.map(|came| came.forward.trail).unwrap_or_default();
            if came.len() > trail.len() {
                trail = came;
            }
        }
        for answer in self.store.answers(&row.id).await? {
            let reply = self.open_copy(&answer.place, &answer)?;
            let Some(to) = reply
                .forwarded_to
                .filter(|_| reply.verb == ReplyVerb::Forwarded)
            else {
                continue;
            };
            let known = |hop: &Hop| hop.at == reply.at && hop.from == answer.place && hop.to == to;
            if !trail.iter().any(known) {
                trail.push(Hop {
                    from: answer.place.clone(),
                    to,
                    at: reply.at,
                    reason: reply.text,
                    by: reply.by,
                });
            }
        }
        Ok(trail)
    }
}

fn check_reason(reason: &str) -> Result<()> {
    if reason.trim().is_empty() {
        return Err(Failure::at(Code::Empty, "text").into());
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        let limit = REASON_CHARS_MAX as u64;
        return Err(Failure::at(Code::TooLong, "text").with(limit).into());
    }
    Ok(())
}
