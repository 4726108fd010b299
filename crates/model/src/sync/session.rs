//! The session: three strands (feeds, outbox, mail) that share one summary.

use super::feeds::Feeds;
use super::mail::Mail;
use super::outbox::Outbox;
use super::{Effect, Event, Request, Scope, Start, Summary, Trouble, life_of};
use crate::time::Seconds;

/// One sync, from [`Event::Begin`] to [`Effect::Finish`].
#[derive(Debug)]
pub struct Session {
    feeds: Feeds,
    outbox: Outbox,
    mail: Mail,
    summary: Summary,
    /// Applies asked for and not yet durable.
    applying: u32,
    finished: bool,
}

impl Session {
    /// A session that has not begun.
    pub fn new(start: Start) -> Self {
        let Start {
            scope,
            place,
            pin,
            feeds,
            etag,
            document,
            outbox,
            mailboxes,
            receipt_keys,
        } = start;
        let epochs = feeds
            .iter()
            .map(|(place, held)| (place, held.known.order.0));
        let life = life_of(epochs);
        let (asks, mailboxes) = match scope {
            Scope::Everything => (true, mailboxes),
            Scope::Letters => (false, Vec::new()),
        };
        Self {
            feeds: Feeds::new(place, pin, feeds, etag, document, asks),
            outbox: Outbox::new(outbox, receipt_keys),
            mail: Mail::new(mailboxes, life, pin),
            summary: Summary::default(),
            applying: 0,
            finished: false,
        }
    }

    /// What to do after `event`. `now` is this device's clock.
    pub fn step(&mut self, event: Event, now: Seconds) -> Vec<Effect> {
        if self.finished {
            return Vec::new();
        }
        if let Event::ApplyFailed(trouble) = event {
            self.summary.troubles.insert(trouble);
            self.finished = true;
            return vec![Effect::Finish(self.summary.clone())];
        }
        let mut effects = self.take(event, now);
        // Mail is collected after letters have left, so that *delivered* may come in the same sync.
        if self.outbox.idle() {
            effects.extend(self.mail.begin());
        }
        let applies = effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Apply(_)))
            .count();
        self.applying += u32::try_from(applies).unwrap_or(u32::MAX);
        if self.idle() {
            self.finished = true;
            effects.push(Effect::Finish(self.summary.clone()));
        }
        effects
    }

    fn take(&mut self, event: Event, now: Seconds) -> Vec<Effect> {
        let summary = &mut self.summary;
        match event {
            Event::Begin => {
                let mut effects = self.outbox.begin();
                effects.extend(self.feeds.begin());
                effects
            }
            Event::Heads { bytes, etag } => {
                let effects = self.feeds.heads(bytes, etag, now, summary);
                self.outbox.learn(self.feeds.receipt_keys());
                effects
            }
            Event::HeadsChanges { bytes, etag } => {
                let effects = self.feeds.changes(&bytes, etag, now, summary);
                self.outbox.learn(self.feeds.receipt_keys());
                effects
            }
            Event::HeadsUnchanged => self.feeds.unchanged(now),
            Event::Ledgers { place, ledgers } => self.feeds.ledgers(&place, ledgers, summary),
            Event::Segment { place, hash, bytes } => self.feeds.segment(place, hash, bytes),
            Event::Opened(opened) => self.feeds.opened(opened, summary),
            Event::Dictionary { hash, bytes } => self.feeds.dictionary(hash, bytes),
            Event::AttachmentSent { letter, hash } => self.outbox.attachment_sent(letter, hash),
            Event::LetterAnswered { letter, bytes } => self.outbox.answered(letter, bytes, summary),
            Event::Polled { bytes } => self.mail.polled(&bytes, summary),
            Event::Applied => {
                self.applying = self.applying.saturating_sub(1);
                Vec::new()
            }
            // Handled in `step`: nothing may follow it.
            Event::ApplyFailed(_) => Vec::new(),
            Event::Failed { request, trouble } => self.failed(&request, trouble),
        }
    }

    fn failed(&mut self, request: &Request, trouble: Trouble) -> Vec<Effect> {
        let expected = matches!(trouble, Trouble::AttachmentMissing | Trouble::Saving);
        if !expected {
            self.summary.troubles.insert(trouble);
        }
        match request {
            Request::Heads { .. } => self.feeds.heads_failed(),
            Request::Ledgers { place, .. } | Request::Segment { place, .. } => {
                return self.feeds.abandon(place);
            }
            Request::Dictionary { hash } => return self.feeds.dictionary_failed(hash),
            Request::Attachment { letter, .. } => self.outbox.give_up(*letter),
            Request::Letter(letter) => {
                return self.outbox.failed(*letter, trouble, &mut self.summary);
            }
            Request::Poll(_) => self.mail.failed(),
        }
        Vec::new()
    }

    fn idle(&self) -> bool {
        self.applying == 0 && self.feeds.idle() && self.outbox.idle() && self.mail.idle()
    }
}
