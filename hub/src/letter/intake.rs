//! Opening what was accepted: the letter finds its conversation, and its writer is told *delivered*.
//! Done right after acceptance and again at start, so that a cut in between loses nothing.

use bantin_hub_store::{ConversationKind, ConversationRow, Mail, Step, StepOutcome, StoredLetter};
use bantin_model::conversation::{Event, Status, StatusAt};
use bantin_model::id::KeyId;
use bantin_model::letter::{OpenedForward, OpenedLetter, Reply, ReplyVerb, Verb};
use bantin_model::time::Seconds;

use super::Opened;
use crate::Hub;
use crate::conversation::{Outgoing, TRIES};
use crate::failure::{HubError, Result};

/// Letters looked at in one go.
const GO: u32 = 64;
/// How long a forward waits for the parcel of the agency it names, in seconds.
const UNPROVEN_S: u64 = 3 * Seconds::DAY;

impl Hub {
    /// Opens every letter that was not yet; how many were delivered. A letter that cannot be opened now
    /// stays for the next time and keeps no other waiting; the last such reason is the error.
    pub async fn open_letters(&self) -> Result<usize> {
        let mut delivered = 0;
        let mut left = 0;
        let mut failed = None;
        loop {
            let letters = self.store.unopened(GO, left).await?;
            if letters.is_empty() {
                return failed.map_or(Ok(delivered), Err);
            }
            for letter in letters {
                match self.deliver_or_put_aside(&letter).await {
                    Ok(new) => delivered += usize::from(new),
                    Err(error) => {
                        tracing::error!(letter = %letter.id, place = %letter.place, %error, "not opened");
                        left += 1;
                        failed = Some(error);
                    }
                }
            }
        }
    }

    /// Delivers one, or puts it aside if nobody can ever answer it. False if it was put aside or somebody
    /// else delivered it.
    async fn deliver_or_put_aside(&self, letter: &StoredLetter) -> Result<bool> {
        let error = match self.unseal(letter)? {
            Ok(opened) => {
                if let Some(came) = &opened.forward
                    && !self.is_from_its_agency(letter, came).await?
                {
                    return Ok(false);
                }
                match self.deliver(letter, &opened).await {
                    // Its writer named a key that no reply can be sealed to.
                    Err(HubError::Seal(error)) => error,
                    delivered => return delivered,
                }
            }
            Err(error) => error,
        };
        self.put_aside(letter, &error.to_string()).await
    }

    async fn put_aside(&self, letter: &StoredLetter, why: &str) -> Result<bool> {
        tracing::warn!(letter = %letter.id, place = %letter.place, "put aside");
        self.store.quarantine(&letter.id, why).await?;
        Ok(false)
    }

    /// Whether a forward is for our agency and signed by the one it names. One whose agency is not known
    /// here waits some days for its parcel; false if it was put aside.
    async fn is_from_its_agency(
        &self,
        letter: &StoredLetter,
        came: &OpenedForward,
    ) -> Result<bool> {
        let Some(hop) = came.forward.last().filter(|hop| hop.to == letter.place) else {
            return self.put_aside(letter, "passed on to another agency").await;
        };
        let signers = self.signers_of(&hop.from).await?;
        if came.signed_by(signers) {
            return Ok(true);
        }
        if self.clock.now().since(letter.accepted_at) > UNPROVEN_S {
            let why = "not signed by the agency it names";
            return self.put_aside(letter, why).await;
        }
        Err(HubError::Broken(format!(
            "passed on by {}, whose key is not known here yet",
            hop.from
        )))
    }

    /// False if the letter was put aside or somebody else delivered it.
    async fn deliver(&self, letter: &StoredLetter, opened: &Opened) -> Result<bool> {
        let id = opened.letter.conversation;
        for _ in 0..TRIES {
            let now = self.store.letter(&letter.id).await?;
            if now.is_none_or(|letter| letter.conversation.is_some()) {
                return Ok(false);
            }
            let row = self.store.conversation(&id).await?;
            let held = match row {
                Some(_) => self.store.letters_of(&id).await?,
                None => Vec::new(),
            };
            let arrival = Arrival::of(opened, row);
            if !arrival.may_come(letter, &held) {
                let why = "the conversation is another agency's";
                return self.put_aside(letter, why).await;
            }
            let step = self.delivery(letter, opened, arrival, &held).await?;
            if self.store.step(&step).await? == StepOutcome::Done {
                tracing::info!(letter = %letter.id, place = %letter.place, "delivered");
                if !step.forwards.is_empty() {
                    self.to_carry.notify_one();
                }
                return Ok(true);
            }
        }
        Err(HubError::Broken(
            "a conversation does not come to rest".into(),
        ))
    }

    async fn delivery(
        &self,
        letter: &StoredLetter,
        opened: &Opened,
        arrival: Arrival,
        held: &[StoredLetter],
    ) -> Result<Step> {
        let Arrival { row, takes, counts } = arrival;
        let from = row.as_ref().map(|row| row.change);
        let before = row.as_ref().map(|row| row.status);
        let known = self.is_held(opened, held)?;
        let mut to = row.unwrap_or_else(|| first(letter, &opened.letter));
        let mut forwards = Vec::new();
        let mut entered = None;
        if takes {
            take_over(&mut to, letter, opened);
            entered = Some(Status::Received);
        } else if !known && to.passed_to.is_some() {
            forwards.extend(self.pass_along(&to, held, again(opened)).await?);
            if forwards.is_empty() {
                // Nobody else can have it: it is ours again.
                to.passed_to = None;
                to.received_at = letter.accepted_at;
                entered = Some(Status::Received);
            }
        } else if let Some(status) = before.filter(|_| counts && !known) {
            // A rating of an open conversation or a second closing changes nothing; the letter stays.
            to.status = status
                .after(Event::of_letter(opened.letter.letter.verb))
                .unwrap_or(status);
        }
        describe(&mut to, opened, known);
        to.changed_at = self.clock.now();
        to.opened_at = to.opened_at.filter(|_| known);
        let status = entered.or_else(|| (before != Some(to.status)).then_some(to.status));
        let entered = status.map(|status| StatusAt {
            at: letter.accepted_at.max(to.received_at),
            status,
        });
        to.due_at = match to.passed_to {
            Some(_) => None,
            None => self.due_after(&to, entered).await?,
        };
        let mut mail = Vec::new();
        if takes || !known {
            let began = held.first().unwrap_or(letter).agency_key;
            mail.push(self.delivered(&mut to, &began, opened).await?);
        }
        Ok(Step {
            from,
            to,
            entered,
            letter: Some(letter.id),
            seen: Vec::new(),
            mail,
            forwards,
            answer: None,
            once: None,
        })
    }

    /// Whether the conversation has this letter already: it went out and came back.
    fn is_held(&self, opened: &Opened, held: &[StoredLetter]) -> Result<bool> {
        for other in held {
            if self.open_letter(other)?.id == opened.letter.id {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The proof *delivered* for the person.
    async fn delivered(
        &self,
        to: &mut ConversationRow,
        began: &KeyId,
        opened: &Opened,
    ) -> Result<Mail> {
        to.replies += 1;
        let mut reply = Reply::new(
            ReplyVerb::Delivered,
            to.replies,
            Some(opened.letter.id),
            self.clock.now(),
            self.office(&to.place).await?,
        );
        // Where it stands is for the agency to say that has it.
        reply.status = to.passed_to.is_none().then_some(to.status);
        reply.due_at = to.due_at;
        let Outgoing { mail, .. } = self.seal_out(to, began, &reply)?;
        Ok(mail)
    }
}

/// A letter that comes to a conversation, or begins one here.
struct Arrival {
    /// The conversation, if it is here.
    row: Option<ConversationRow>,
    /// With it the conversation was passed on to us.
    takes: bool,
    /// It is something that happens now, and not what was said before it came here.
    counts: bool,
}

impl Arrival {
    fn of(opened: &Opened, row: Option<ConversationRow>) -> Self {
        let came = opened.forward.as_ref().map(|came| &came.forward);
        let hops = row.as_ref().map_or(0, |row| row.hops as usize);
        Self {
            takes: came.is_some_and(|came| came.trail.len() > hops),
            counts: came.is_none_or(|came| came.later),
            row,
        }
    }

    /// Whether the agency the letter is sealed to has to do with the conversation.
    fn may_come(&self, letter: &StoredLetter, held: &[StoredLetter]) -> bool {
        let Some(row) = &self.row else { return true };
        let ours = row.place == letter.place || held.iter().any(|h| h.place == letter.place);
        // Passed on from here to elsewhere, it may come back to another of our agencies.
        ours || (self.takes && row.passed_to.is_some())
    }
}

/// The conversation is ours from now on.
fn take_over(to: &mut ConversationRow, letter: &StoredLetter, opened: &Opened) {
    let Some(came) = &opened.forward else { return };
    to.place = letter.place.clone();
    to.passed_to = None;
    to.status = Status::Forwarded;
    to.received_at = letter.accepted_at;
    to.hops = u32::try_from(came.forward.trail.len()).unwrap_or(u32::MAX);
    to.replies = to.replies.max(came.forward.replies);
}

/// What a letter says of its conversation.
fn describe(to: &mut ConversationRow, opened: &Opened, known: bool) {
    let letter = &opened.letter.letter;
    if letter.verb == Verb::SubmitProduct {
        to.kind = ConversationKind::Product;
    }
    if letter.verb == Verb::Rate && !known && to.passed_to.is_none() {
        to.rating = letter.rating;
    }
}

/// The same letter, to be passed along.
fn again(opened: &Opened) -> Opened {
    Opened {
        letter: opened.letter.clone(),
        original: opened.original.clone(),
        forward: None,
    }
}

/// A conversation that begins with this letter.
fn first(letter: &StoredLetter, opened: &OpenedLetter) -> ConversationRow {
    ConversationRow {
        id: opened.conversation,
        place: letter.place.clone(),
        kind: ConversationKind::Question,
        status: Status::Received,
        received_at: letter.accepted_at,
        due_at: None,
        changed_at: letter.accepted_at,
        opened_at: None,
        rating: None,
        mailbox: opened.mailbox,
        sign: opened.letter.sign,
        seal: opened.letter.seal,
        replies: 0,
        passed_to: None,
        hops: 0,
        change: 0,
    }
}
