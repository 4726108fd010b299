//! Mailboxes of guests, in memory only: a read key reads its mailbox for ever, so it is never written to
//! this device's disk and goes when the relay stops. The entries are sealed to their readers.
//!
//! What is kept of a mailbox is one unbroken run of entries of the hub's copy, under the hub's cursors. A
//! guest is answered from it only if its own cursor lies in that run, so nothing is skipped or doubled.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bantin_model::letter::{
    BoxCursor, BoxPage, MailItem, MailboxId, PAGE_ENTRIES_MAX, POLL_BOXES_MAX,
    POLL_RESPONSE_BYTES_MAX, PollRequest, PollResponse, ReadKey,
};

use crate::limits::Limits;

/// Room kept for everything in an answer that is not an entry, in bytes.
const FRAME_BYTES: usize = 64 << 10;

/// Mailboxes that guests asked for.
pub(crate) struct Mail {
    limits: Limits,
    /// The life of the hub that the runs belong to.
    life: AtomicU64,
    boxes: Mutex<BTreeMap<MailboxId, Run>>,
}

/// Every entry of a mailbox after `from` up to `to`, both cursors of the hub's copy.
struct Run {
    read_key: ReadKey,
    from: u64,
    to: u64,
    entries: Vec<MailItem>,
    /// Counts up with each use; the smallest goes first.
    used: u64,
}

impl Run {
    fn bytes(&self) -> usize {
        self.entries.iter().map(|entry| entry.bytes.len()).sum()
    }

    fn after(&self, cursor: u64) -> impl Iterator<Item = &MailItem> {
        let covers = self.from <= cursor;
        let later = move |entry: &&MailItem| covers && entry.cursor > cursor;
        self.entries.iter().filter(later)
    }

    /// Takes in a page of the hub that begins after `after`.
    fn take(&mut self, after: u64, page: &[MailItem]) {
        let Some(last) = page.last().map(|entry| entry.cursor) else {
            return;
        };
        let joins = (self.from..=self.to).contains(&after);
        if !joins {
            (self.from, self.to) = (after, after);
            self.entries.clear();
        }
        let to = self.to;
        self.entries
            .extend(page.iter().filter(|entry| entry.cursor > to).cloned());
        self.to = self.to.max(last);
    }
}

impl Mail {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            life: AtomicU64::new(0),
            boxes: Mutex::default(),
        }
    }

    fn boxes(&self) -> MutexGuard<'_, BTreeMap<MailboxId, Run>> {
        self.boxes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cursors of another life of the hub than `life` are no answer to anybody any more: what they name is
    /// fetched again from the first entry on.
    pub(crate) fn live(&self, life: u64) {
        let mut boxes = self.boxes();
        if self.life.swap(life, Ordering::Relaxed) == life {
            return;
        }
        for run in boxes.values_mut() {
            (run.from, run.to) = (0, 0);
            run.entries.clear();
        }
    }

    /// Remembers which mailboxes a guest asked for, so that they are fetched when the hub is there.
    pub(crate) fn note(&self, request: &PollRequest) {
        let nothing = PollResponse {
            boxes: vec![BoxPage::default(); request.boxes.len()],
        };
        self.take(request, &nothing);
    }

    /// Keeps what the hub answered.
    pub(crate) fn take(&self, request: &PollRequest, response: &PollResponse) {
        let mut boxes = self.boxes();
        let now = 1 + boxes.values().map(|run| run.used).max().unwrap_or_default();
        for (asked, page) in request.boxes.iter().zip(&response.boxes) {
            let run = boxes
                .entry(asked.read_key.mailbox())
                .or_insert_with(|| Run {
                    read_key: asked.read_key.clone(),
                    from: asked.after,
                    to: asked.after,
                    entries: Vec::new(),
                    used: now,
                });
            run.used = now;
            run.take(asked.after, &page.entries);
        }
        self.bound(&mut boxes);
    }

    /// The mailbox that nobody asked for longest goes first, whole: a run with a hole would skip.
    fn bound(&self, boxes: &mut BTreeMap<MailboxId, Run>) {
        loop {
            let bytes: usize = boxes.values().map(Run::bytes).sum();
            if boxes.len() <= self.limits.mailboxes_max && bytes <= self.limits.mail_bytes_max {
                return;
            }
            let oldest = boxes.iter().min_by_key(|(_, run)| run.used);
            let Some(oldest) = oldest.map(|(id, _)| *id) else {
                return;
            };
            boxes.remove(&oldest);
        }
    }

    /// What is known here, for a guest that asks while the hub cannot be reached.
    pub(crate) fn answer(&self, request: &PollRequest) -> PollResponse {
        let boxes = self.boxes();
        let mut left = POLL_RESPONSE_BYTES_MAX - FRAME_BYTES;
        let mut full = false;
        let mut pages: Vec<BoxPage> = Vec::with_capacity(request.boxes.len());
        for asked in &request.boxes {
            let mut page = BoxPage::default();
            let run = boxes.get(&asked.read_key.mailbox());
            for entry in run.into_iter().flat_map(|run| run.after(asked.after)) {
                let size = entry.bytes.len() + 16;
                full |= size > left;
                if full || page.entries.len() == PAGE_ENTRIES_MAX {
                    page.more = !page.entries.is_empty();
                    break;
                }
                left -= size;
                page.entries.push(entry.clone());
            }
            pages.push(page);
        }
        if full && let Some(last) = pages.iter_mut().rev().find(|p| !p.entries.is_empty()) {
            // An empty page may not say `more`, so the last full one says it for those after it.
            last.more = true;
        }
        PollResponse { boxes: pages }
    }

    /// Polls that bring every mailbox here up to date.
    pub(crate) fn questions(&self) -> Vec<PollRequest> {
        let boxes = self.boxes();
        let cursor = |run: &Run| BoxCursor {
            read_key: run.read_key.clone(),
            after: run.to,
        };
        let all: Vec<BoxCursor> = boxes.values().map(cursor).collect();
        all.chunks(POLL_BOXES_MAX)
            .map(|boxes| PollRequest {
                boxes: boxes.to_vec(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn key(of: u8) -> ReadKey {
        ReadKey::from_bytes([of; 32])
    }

    fn asks(of: u8, after: u64) -> PollRequest {
        PollRequest {
            boxes: vec![BoxCursor {
                read_key: key(of),
                after,
            }],
        }
    }

    fn page(cursors: &[u64]) -> PollResponse {
        let item = |cursor: &u64| MailItem {
            cursor: *cursor,
            bytes: vec![*cursor as u8; 10].into(),
        };
        PollResponse {
            boxes: vec![BoxPage {
                entries: cursors.iter().map(item).collect(),
                more: false,
            }],
        }
    }

    fn told(mail: &Mail, of: u8, after: u64) -> Vec<u64> {
        let answer = mail.answer(&asks(of, after));
        let bytes = answer.to_bytes();
        PollResponse::from_bytes(&bytes, &asks(of, after)).unwrap();
        answer.boxes[0].entries.iter().map(|e| e.cursor).collect()
    }

    #[test]
    fn nothing_is_skipped_and_nothing_is_doubled() {
        let mail = Mail::new(Limits::default());
        mail.take(&asks(1, 2), &page(&[3, 5]));
        assert_eq!(told(&mail, 1, 2), [3, 5], "what the hub gave, its cursors");
        assert_eq!(told(&mail, 1, 3), [5], "from the middle of the run");
        assert_eq!(told(&mail, 1, 5), [0; 0], "nothing newer is known");
        assert_eq!(
            told(&mail, 1, 0),
            [0; 0],
            "entries 1 and 2 are not here: to begin with 3 would skip them"
        );
        mail.take(&asks(1, 3), &page(&[5, 9]));
        assert_eq!(told(&mail, 1, 2), [3, 5, 9], "5 is there once");
        mail.take(&asks(1, 20), &page(&[21]));
        assert_eq!(told(&mail, 1, 9), [0; 0], "10 to 20 may exist: no bridge");
        assert_eq!(told(&mail, 1, 20), [21], "the newer run is kept");
        assert_eq!(told(&mail, 2, 0), [0; 0], "another key, another mailbox");
    }

    #[test]
    fn what_a_guest_asked_for_is_fetched_from_where_it_stands() {
        let mail = Mail::new(Limits::default());
        mail.note(&asks(1, 7));
        assert_eq!(mail.questions(), [asks(1, 7)], "from the guest's cursor");
        mail.take(&asks(1, 7), &page(&[8]));
        assert_eq!(mail.questions(), [asks(1, 8)], "then from the last entry");
    }

    #[test]
    fn many_mailboxes_do_not_fill_the_memory() {
        let mail = Mail::new(Limits {
            mailboxes_max: 2,
            mail_bytes_max: 25,
            ..Limits::default()
        });
        for of in 1..=3 {
            mail.take(&asks(of, 0), &page(&[1]));
        }
        assert_eq!(told(&mail, 1, 0), [0; 0], "the oldest went");
        assert_eq!(told(&mail, 3, 0), [1], "the newest is here");
        mail.take(&asks(3, 0), &page(&[1, 2]));
        assert_eq!(told(&mail, 2, 0), [0; 0], "bytes are bounded as well");
    }

    #[test]
    fn a_long_mailbox_comes_in_pages() {
        let mail = Mail::new(Limits::default());
        let cursors: Vec<u64> = (1..=100).collect();
        mail.take(&asks(1, 0), &page(&cursors));
        let first = told(&mail, 1, 0);
        assert_eq!(first.len(), PAGE_ENTRIES_MAX, "one page");
        assert!(mail.answer(&asks(1, 0)).boxes[0].more, "and there is more");
        assert_eq!(told(&mail, 1, 64).len(), 36, "the rest");
    }

    #[test]
    fn a_restored_hub_is_asked_from_its_first_entry_on() {
        let mail = Mail::new(Limits::default());
        mail.live(1);
        mail.take(&asks(1, 0), &page(&[500, 900]));
        mail.live(1);
        assert_eq!(told(&mail, 1, 0), [500, 900], "one life, one run");
        mail.live(2);
        assert_eq!(
            told(&mail, 1, 0),
            [0; 0],
            "a guest would take these cursors for those of the new life"
        );
        assert_eq!(mail.questions()[0].boxes[0].after, 0, "asked anew");
        mail.take(&asks(1, 0), &page(&[20]));
        assert_eq!(told(&mail, 1, 0), [20], "though its cursors are lower");
    }
}
