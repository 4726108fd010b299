//! Opening what was accepted: the letter finds its conversation, and its writer is told *delivered*.
//! Done right after acceptance and again at start, so that a cut in between loses nothing.

use bantin_hub_store::{ConversationKind, ConversationRow, Step, StepOutcome, StoredLetter};
use bantin_model::conversation::{Event, Status, StatusAt};
use bantin_model::letter::{OpenedLetter, Reply, ReplyVerb, Verb};

use crate::Hub;
use crate::conversation::{Outgoing, TRIES};
use crate::failure::{HubError, Result};

/// Letters looked at in one go.
const GO: u32 = 64;

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
            Ok(opened) => match self.deliver(letter, &opened).await {
                // Its writer named a key that no reply can be sealed to.
                Err(HubError::Seal(error)) => error,
                delivered => return delivered,
            },
            Err(error) => error,
        };
        tracing::warn!(letter = %letter.id, place = %letter.place, "put aside");
        self.store
            .quarantine(&letter.id, &error.to_string())
            .await?;
        Ok(false)
    }

    /// False if the letter was put aside or somebody else delivered it.
    async fn deliver(&self, letter: &StoredLetter, opened: &OpenedLetter) -> Result<bool> {
        for _ in 0..TRIES {
            let now = self.store.letter(&letter.id).await?;
            if now.is_none_or(|letter| letter.conversation.is_some()) {
                return Ok(false);
            }
            let row = self.store.conversation(&opened.conversation).await?;
            if row.as_ref().is_some_and(|row| row.place != letter.place) {
                self.store
                    .quarantine(&letter.id, "the conversation is another agency's")
                    .await?;
                return Ok(false);
            }
            let step = self.delivery(letter, opened, row).await?;
            if self.store.step(&step).await? == StepOutcome::Done {
                tracing::info!(letter = %letter.id, place = %letter.place, "delivered");
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
        opened: &OpenedLetter,
        row: Option<ConversationRow>,
    ) -> Result<Step> {
        let now = self.clock.now();
        let from = row.as_ref().map(|row| row.change);
        let before = row.as_ref().map(|row| row.status);
        let mut to = row.unwrap_or_else(|| first(letter, opened));
        if let Some(status) = before {
            // A rating of an open conversation or a second closing changes nothing; the letter stays.
            to.status = status
                .after(Event::of_letter(opened.letter.verb))
                .unwrap_or(status);
        }
        if opened.letter.verb == Verb::SubmitProduct {
            to.kind = ConversationKind::Product;
        }
        if opened.letter.verb == Verb::Rate {
            to.rating = opened.letter.rating;
        }
        to.changed_at = now;
        to.opened_at = None;
        to.replies += 1;
        let entered = (before != Some(to.status)).then_some(StatusAt {
            at: letter.accepted_at.max(to.received_at),
            status: to.status,
        });
        to.due_at = self.due_after(&to, entered).await?;
        let mut reply = Reply::new(
            ReplyVerb::Delivered,
            to.replies,
            Some(letter.id),
            now,
            self.office(&to.place).await?,
        );
        reply.status = Some(to.status);
        reply.due_at = to.due_at;
        let letters = match from {
            Some(_) => self.store.letters_of(&to.id).await?,
            None => Vec::new(),
        };
        let began = letters.first().unwrap_or(letter).agency_key;
        let Outgoing { mail, .. } = self.seal_out(&to, &began, &reply)?;
        Ok(Step {
            from,
            to,
            entered,
            letter: Some(letter.id),
            seen: Vec::new(),
            mail: vec![mail],
            answer: None,
            once: None,
        })
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
        change: 0,
    }
}
