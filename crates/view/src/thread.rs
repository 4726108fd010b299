//! A conversation as a device holds it: letters, proofs and replies, in the order in which this device
//! lived through them, and where it stands.

use std::collections::BTreeSet;

use bantin_model::conversation::{Event, Status};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{
    ConversationId, Letter, LetterId, OpenedReply, ReplyVerb, Signer, Verb, VerifiedReceipt,
};
use bantin_model::time::Seconds;
use bantin_wire::ipc::conversation::PhotoView;

use crate::{Directory, stones};

/// A letter of this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentLetter {
    /// Hash of the sealed bytes.
    pub id: LetterId,
    /// What was sealed.
    pub letter: Letter,
    /// When it became durable here.
    pub saved_at: Seconds,
    /// How many replies this device held when it was written: two clocks need not agree, this does.
    pub replies_before: u32,
    /// A hub said that it will never take it.
    pub refused: bool,
    /// Its photos on this device.
    pub photos: Vec<PhotoView>,
}

/// A whole conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Which.
    pub id: ConversationId,
    /// The place whose agency it was written to.
    pub agency: PlaceId,
    /// Recovers it when the phone is lost.
    pub claim_code: String,
    /// By sequence; empty only if it was taken over.
    pub letters: Vec<SentLetter>,
    /// Verified receipts of its letters, in any order.
    pub receipts: Vec<VerifiedReceipt>,
    /// Verified replies in order of their cursor.
    pub replies: Vec<OpenedReply>,
    /// How many of `replies` the person has seen.
    pub replies_read: u32,
    /// When it was taken over by its claim code; none if it began on this device. Its first letters are
    /// not known then.
    pub claimed_at: Option<Seconds>,
}

/// One thing that happened in a conversation.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entry<'a> {
    Mine(&'a SentLetter),
    Theirs(&'a OpenedReply),
}

/// Characters of a title.
const TITLE_CHARS: usize = 80;

impl Thread {
    /// Everything in order; a reply that came twice is there once.
    pub(crate) fn entries(&self) -> Vec<Entry<'_>> {
        let mut seen: BTreeSet<Hash> = BTreeSet::new();
        let mut out = Vec::new();
        let mut letters = self.letters.iter().peekable();
        for (held, reply) in self.replies.iter().enumerate() {
            while let Some(letter) = letters.next_if(|l| l.replies_before as usize <= held) {
                out.push(Entry::Mine(letter));
            }
            if seen.insert(reply.id) {
                out.push(Entry::Theirs(reply));
            }
        }
        out.extend(letters.map(Entry::Mine));
        out
    }

    /// Whether no hub is proven to have the letter.
    pub fn waits(&self, letter: &SentLetter) -> bool {
        stones::of_letter(self, letter).accepted.is_none()
    }

    /// Since when a neighbour's device carries a letter that no hub is proven to have.
    pub fn carried_at(&self, letter: &SentLetter) -> Option<Seconds> {
        let carries =
            |r: &&VerifiedReceipt| r.signer == Signer::Relay && r.receipt.letter == letter.id;
        let since = self.receipts.iter().filter(carries).map(|r| r.receipt.at);
        since.min().filter(|_| self.waits(letter))
    }

    /// The agency that a conversation belongs to which was taken over: the one that signed its first
    /// reply. Until one has come, the place that was followed stands.
    pub fn at_home(mut self, directory: &Directory) -> Self {
        let first = self.replies.first().filter(|_| self.claimed_at.is_some());
        let home = first.and_then(|opened| directory.place_of(&opened.signed_by));
        if let Some(place) = home {
            self.agency = place.clone();
        }
        self
    }

    /// Whether nothing proves that a hub knows of it.
    fn is_unproven(&self) -> bool {
        match self.claimed_at {
            Some(_) => self.replies.is_empty(),
            None => self.letters.first().is_none_or(|first| self.waits(first)),
        }
    }

    /// Where it stands; none while the first letter is only on this device, or while one that was taken
    /// over has brought nothing.
    pub fn status(&self) -> Option<Status> {
        if self.is_unproven() {
            return None;
        }
        let after = |status: Status, event| status.after(event).unwrap_or(status);
        let mut status = Status::Received;
        let mut written: Option<&SentLetter> = None;
        for entry in self.entries() {
            status = match entry {
                Entry::Mine(sent) if sent.refused => status,
                Entry::Mine(sent) => {
                    // The first letter opens the conversation and is no event.
                    let opens = written.replace(sent).is_none() && self.claimed_at.is_none();
                    let event = Event::of_letter(sent.letter.verb);
                    if opens { status } else { after(status, event) }
                }
                Entry::Theirs(opened) if self.is_overtaken(opened, written) => status,
                Entry::Theirs(opened) => match opened.reply.status {
                    Some(said) => said,
                    None => Event::of_reply(opened.reply.verb)
                        .map_or(status, |event| after(status, event)),
                },
            };
        }
        Some(status)
    }

    /// A mere proof states where the conversation stood when that letter arrived. If the person wrote
    /// again before the proof came, it knows nothing of the newer letter and must not undo it.
    fn is_overtaken(&self, opened: &OpenedReply, written: Option<&SentLetter>) -> bool {
        let Some(about) = opened.reply.re.filter(|_| !is_said(opened.reply.verb)) else {
            return false;
        };
        let seq = |sent: &SentLetter| sent.letter.seq;
        let about = self.letters.iter().find(|sent| sent.id == about).map(seq);
        about < written.map(seq)
    }

    /// What a person can do now, in the order of the wire's list.
    pub fn actions(&self) -> Vec<String> {
        if self.claimed_at.is_some() && self.is_unproven() {
            // To whom a letter would go is not known yet.
            return Vec::new();
        }
        let status = self.status().unwrap_or_default();
        let can = |event| status.after(event).is_ok();
        let possible = [
            ("reply", status.is_open() && can(Event::PersonWrites)),
            ("rate", can(Event::PersonRates) && !self.is_rated()),
            ("close", can(Event::PersonCloses)),
            ("reopen", can(Event::PersonReopens)),
        ];
        possible
            .into_iter()
            .filter(|(_, possible)| *possible)
            .map(|(name, _)| name.to_owned())
            .collect()
    }

    /// Whether the latest answer was rated.
    fn is_rated(&self) -> bool {
        let mut rated = false;
        for entry in self.entries() {
            match entry {
                Entry::Mine(sent) => rated |= sent.letter.verb == Verb::Rate,
                Entry::Theirs(opened) => rated &= !is_answer(opened.reply.verb),
            }
        }
        rated
    }

    /// Until when the agency says it will answer; none while it waits for the person or is done.
    pub fn due_at(&self) -> Option<Seconds> {
        let status = self.status()?;
        if !status.is_open() || status == Status::NeedsInfo {
            return None;
        }
        // What the agency promised that passed it on does not bind the next one.
        let since = self.replies.iter().rev();
        let since = since.take_while(|opened| opened.reply.verb != ReplyVerb::Forwarded);
        since.into_iter().find_map(|opened| opened.reply.due_at)
    }

    /// `product` for a submission, else `question`.
    pub fn kind(&self) -> &'static str {
        let submits = |sent: &SentLetter| sent.letter.product.is_some();
        let of_product = |opened: &OpenedReply| {
            matches!(
                opened.reply.verb,
                ReplyVerb::Published | ReplyVerb::Rejected
            )
        };
        let judged = self.claimed_at.is_some() && self.replies.iter().any(of_product);
        if judged || self.letters.first().is_some_and(submits) {
            "product"
        } else {
            "question"
        }
    }

    /// First words of what was asked, or the product's name; empty if only a photo was sent or if it was
    /// asked on another device.
    pub fn title(&self) -> String {
        if self.claimed_at.is_some() {
            return String::new();
        }
        let Some(first) = self.letters.first().map(|sent| &sent.letter) else {
            return String::new();
        };
        let words = match &first.product {
            Some(product) => product.name.as_str(),
            None => first.text.as_str(),
        };
        first_words(words, TITLE_CHARS)
    }

    /// The reply that passed it on last, if one did.
    pub(crate) fn passed(&self) -> Option<&OpenedReply> {
        let passes = |opened: &&OpenedReply| {
            opened.reply.verb == ReplyVerb::Forwarded && opened.reply.forwarded_to.is_some()
        };
        self.replies.iter().rfind(passes)
    }

    /// The place whose agency has it now: the last one it was passed on to.
    pub fn agency_now(&self) -> &PlaceId {
        let passed = self.passed();
        let to = passed.and_then(|opened| opened.reply.forwarded_to.as_ref());
        to.unwrap_or(&self.agency)
    }

    /// When the last thing in it happened, by the clock of who did it.
    pub fn changed_at(&self) -> Seconds {
        let mine = self.letters.iter().map(|sent| sent.saved_at);
        let theirs = self.replies.iter().filter(|r| is_said(r.reply.verb));
        mine.chain(theirs.map(|opened| opened.reply.at))
            .chain(self.claimed_at)
            .max()
            .unwrap_or_default()
    }

    /// Something was said that the person has not seen.
    pub fn unread(&self) -> bool {
        let unseen = self.replies.iter().skip(self.replies_read as usize);
        unseen.into_iter().any(|opened| is_said(opened.reply.verb))
    }
}

/// A bubble in the thread; mere proofs light stones and say nothing.
pub(crate) fn is_said(verb: ReplyVerb) -> bool {
    !matches!(verb, ReplyVerb::Delivered | ReplyVerb::Opened)
}

/// Ends what was asked.
pub(crate) fn is_answer(verb: ReplyVerb) -> bool {
    matches!(
        verb,
        ReplyVerb::Answered | ReplyVerb::OutOfScope | ReplyVerb::Published | ReplyVerb::Rejected
    )
}

/// The beginning of a text on one line, cut between words where that is possible.
pub(crate) fn first_words(text: &str, chars_max: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(chars_max) else {
        return line;
    };
    let cut = line.get(..end).unwrap_or_default();
    let whole = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
    format!("{whole}…")
}
