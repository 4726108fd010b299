//! Letters on their way out: attachments first, then the letter, verbatim, until a receipt holds.

use std::collections::{BTreeMap, BTreeSet};

use super::{Apply, Effect, Outgoing, ReceiptChange, Request, Summary, Trouble};
use crate::id::Hash;
use crate::letter::{LetterId, Receipt, ReceiptKey, ReceiptStep, Signer};

/// How many times the hub may say that it lacks an attachment before the letter waits for the next sync.
const RESENDS_MAX: u8 = 1;

#[derive(Debug)]
struct Sending {
    attachments: Vec<Hash>,
    missing: BTreeSet<Hash>,
    resends: u8,
}

/// The outgoing strand of a session.
#[derive(Debug)]
pub(super) struct Outbox {
    waiting: Vec<Outgoing>,
    sending: BTreeMap<LetterId, Sending>,
    keys: Vec<ReceiptKey>,
}

impl Outbox {
    pub(super) fn new(waiting: Vec<Outgoing>, keys: Vec<ReceiptKey>) -> Self {
        Self {
            waiting,
            sending: BTreeMap::new(),
            keys,
        }
    }

    pub(super) fn begin(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        for Outgoing {
            letter,
            attachments,
        } in std::mem::take(&mut self.waiting)
        {
            let missing: BTreeSet<Hash> = attachments.iter().copied().collect();
            effects.extend(requests(letter, &missing));
            self.sending.insert(
                letter,
                Sending {
                    attachments,
                    missing,
                    resends: 0,
                },
            );
        }
        effects
    }

    pub(super) fn idle(&self) -> bool {
        self.waiting.is_empty() && self.sending.is_empty()
    }

    /// Hub keys that a heads document just proved.
    pub(super) fn learn(&mut self, keys: &[ReceiptKey]) {
        self.keys.extend_from_slice(keys);
    }

    pub(super) fn attachment_sent(&mut self, letter: LetterId, hash: Hash) -> Vec<Effect> {
        let Some(sending) = self.sending.get_mut(&letter) else {
            return Vec::new();
        };
        let last = sending.missing.remove(&hash) && sending.missing.is_empty();
        if last {
            requests(letter, &sending.missing)
        } else {
            Vec::new()
        }
    }

    pub(super) fn answered(
        &mut self,
        letter: LetterId,
        bytes: Vec<u8>,
        summary: &mut Summary,
    ) -> Vec<Effect> {
        if self.sending.remove(&letter).is_none() {
            return Vec::new();
        }
        let holds = Receipt::verify(&bytes, &self.keys).ok().filter(|verified| {
            verified.receipt.letter == letter && verified.receipt.step == ReceiptStep::Accepted
        });
        let Some(verified) = holds else {
            // A phone that follows a place above its hub's own knows no key of that hub. Its word proves nothing and
            // is no forgery either: the letter waits for one that can be verified.
            let stranger = Receipt::claimed_place(&bytes)
                .is_some_and(|place| self.keys.iter().all(|known| known.place != place));
            if !stranger {
                summary.troubles.insert(Trouble::NotGenuine);
            }
            return Vec::new();
        };
        if verified.signer != Signer::Relay {
            summary.letters_accepted += 1;
        }
        vec![Effect::Apply(Box::new(Apply::Receipt(ReceiptChange {
            bytes,
            verified,
        })))]
    }

    pub(super) fn give_up(&mut self, letter: LetterId) {
        self.sending.remove(&letter);
    }

    pub(super) fn failed(
        &mut self,
        letter: LetterId,
        trouble: Trouble,
        summary: &mut Summary,
    ) -> Vec<Effect> {
        let Some(sending) = self.sending.get_mut(&letter) else {
            return Vec::new();
        };
        match trouble {
            Trouble::AttachmentMissing if sending.resends < RESENDS_MAX => {
                sending.resends += 1;
                sending.missing = sending.attachments.iter().copied().collect();
                requests(letter, &sending.missing)
            }
            Trouble::Refused => {
                self.sending.remove(&letter);
                vec![Effect::Apply(Box::new(Apply::LetterRefused(letter)))]
            }
            other => {
                summary.troubles.insert(other);
                self.sending.remove(&letter);
                Vec::new()
            }
        }
    }
}

fn requests(letter: LetterId, missing: &BTreeSet<Hash>) -> Vec<Effect> {
    if missing.is_empty() {
        return vec![Effect::Request(Request::Letter(letter))];
    }
    let request = |hash: &Hash| {
        Effect::Request(Request::Attachment {
            letter,
            hash: *hash,
        })
    };
    missing.iter().map(request).collect()
}
