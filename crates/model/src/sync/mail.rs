//! Mailboxes: polled together, read by cursor, opened here.

use super::{Apply, Effect, MailChange, MailboxState, Request, Summary, Trouble};
use crate::feed::Pin;
use crate::letter::{
    BoxCursor, BoxPage, ConversationKeys, OpenedReply, PAGE_ENTRIES_MAX, POLL_BOXES_MAX,
    PollRequest, PollResponse, open_reply,
};
use crate::sign::PublicKey;

/// Polls of one session. Whoever always says "there is more" keeps nobody awake: the next session goes on.
const POLLS_MAX: u32 = 64;
/// So many newer entries are read before one that does not hold is given up.
const NEWER_MAX: usize = PAGE_ENTRIES_MAX;

#[derive(Debug)]
struct Open {
    keys: ConversationKeys,
    /// `after` says how far this session has read.
    state: MailboxState,
    /// How far the device need not read again.
    kept: u64,
    /// Entries after the first one that did not hold, if there was one.
    newer: Option<usize>,
}

/// The incoming strand of a session.
#[derive(Debug)]
pub(super) struct Mail {
    /// What proves the keys of an agency that a conversation is passed on to.
    pin: Pin,
    /// Not yet polled.
    queue: Vec<Open>,
    /// Being polled, in the order of the request.
    asked: Vec<Open>,
    begun: bool,
    polls: u32,
    /// The life of the hubs as it was known when the session began: what comes may be of it or of a newer
    /// one, and in the second case it is asked for again from its beginning once that is known.
    life: u64,
}

impl Mail {
    /// Cursors of another life say nothing here: their mailboxes are read from the beginning.
    pub(super) fn new(mailboxes: Vec<MailboxState>, life: u64, pin: Pin) -> Self {
        let open = |mut state: MailboxState| {
            if state.life != life {
                state.after = 0;
            }
            Open {
                keys: ConversationKeys::from_seed(&state.seed),
                kept: state.after,
                newer: None,
                state,
            }
        };
        Self {
            pin,
            queue: mailboxes.into_iter().map(open).collect(),
            asked: Vec::new(),
            begun: false,
            polls: 0,
            life,
        }
    }

    /// The first poll; nothing when it was made already.
    pub(super) fn begin(&mut self) -> Vec<Effect> {
        if self.begun {
            return Vec::new();
        }
        self.begun = true;
        self.poll()
    }

    pub(super) fn idle(&self) -> bool {
        self.begun && self.queue.is_empty() && self.asked.is_empty()
    }

    pub(super) fn failed(&mut self) {
        self.queue.clear();
        self.asked.clear();
    }

    pub(super) fn polled(&mut self, bytes: &[u8], summary: &mut Summary) -> Vec<Effect> {
        let asked = std::mem::take(&mut self.asked);
        let Ok(response) = PollResponse::from_bytes(bytes, &request(&asked)) else {
            summary.troubles.insert(Trouble::NotAHub);
            self.queue.clear();
            return Vec::new();
        };
        let mut effects = Vec::new();
        let mut more = false;
        for (mut open, page) in asked.into_iter().zip(response.boxes) {
            // The last page with entries speaks for the mailboxes after it as well.
            more = page.more || (more && page.entries.is_empty());
            if let Some(change) = take(&mut open, page, (self.life, self.pin), summary) {
                effects.push(Effect::Apply(Box::new(Apply::Mail(change))));
            }
            if more {
                self.queue.push(open);
            }
        }
        effects.extend(self.poll());
        effects
    }

    fn poll(&mut self) -> Vec<Effect> {
        if self.polls == POLLS_MAX {
            self.queue.clear();
        }
        if self.queue.is_empty() {
            return Vec::new();
        }
        self.polls += 1;
        let rest = self.queue.split_off(self.queue.len().min(POLL_BOXES_MAX));
        self.asked = std::mem::replace(&mut self.queue, rest);
        vec![Effect::Request(Request::Poll(request(&self.asked)))]
    }
}

fn request(asked: &[Open]) -> PollRequest {
    let cursor = |open: &Open| BoxCursor {
        read_key: open.keys.read.clone(),
        after: open.state.after,
    };
    PollRequest {
        boxes: asked.iter().map(cursor).collect(),
    }
}

/// What a page changes. An entry that does not hold cannot hide what comes after it; but it may have been
/// damaged on the way, or be signed with a key that is not known yet, so the device's cursor stays before
/// it until enough newer entries have come.
fn take(
    open: &mut Open,
    page: BoxPage,
    (life, pin): (u64, Pin),
    summary: &mut Summary,
) -> Option<MailChange> {
    open.state.after = page.entries.last()?.cursor;
    let before = open.kept;
    let mut replies: Vec<(u64, Vec<u8>, OpenedReply)> = Vec::new();
    let mut passed: Vec<PublicKey> = Vec::new();
    for item in page.entries {
        match open_reply(&item.bytes, &open.keys, &open.state.agency) {
            Ok(reply) => {
                // What the next agency says may stand right behind it.
                let keys = reply.reply.passed_keys(pin);
                open.state.agency.extend_from_slice(&keys);
                passed.extend(keys);
                replies.push((item.cursor, item.bytes.to_vec(), reply));
            }
            Err(_) => {
                summary.entries_refused += 1;
                open.newer = open.newer.or(Some(0));
            }
        }
        open.newer = open.newer.map(|newer| newer + 1);
        if open.newer.is_none_or(|newer| newer > NEWER_MAX) {
            open.newer = None;
            open.kept = item.cursor;
        }
    }
    summary.replies += u32::try_from(replies.len()).unwrap_or(u32::MAX);
    (!replies.is_empty() || open.kept != before).then(|| MailChange {
        conversation: open.keys.id(),
        replies,
        passed,
        after: open.kept,
        life,
    })
}
