//! Mailboxes, as `crates/hub-store/src/sqlite/mail.rs` and `hub/src/mailbox` keep and read them.

use std::sync::Arc;

use bantin_model::id::Hash;
use bantin_model::letter::{BoxPage, MailItem, MailboxId, PollRequest, PollResponse};
use bantin_model::time::Seconds;

use super::HubDisk;
use crate::message::Ask;

/// One mailbox.
#[derive(Clone, Default)]
pub struct Mailbox {
    /// Cursor of the newest entry ever.
    pub last: u64,
    /// Cursor, name and bytes of the entries.
    pub entries: Vec<(u64, Hash, Arc<[u8]>)>,
}

impl HubDisk {
    /// Appends an entry unless it is there; cursors grow with the time. True if it was new.
    pub fn append(&mut self, mailbox: MailboxId, id: Hash, bytes: Arc<[u8]>, now: Seconds) -> bool {
        let mailbox = self.mail.entry(mailbox).or_default();
        if mailbox.entries.iter().any(|(_, held, _)| *held == id) {
            return false;
        }
        mailbox.last = (mailbox.last + 1).max(now.0);
        mailbox.entries.push((mailbox.last, id, bytes));
        true
    }

    /// Keeps an entry of the hub above under that hub's own cursor, as `crates/relay/src/mail.rs` does. True if it was
    /// new.
    pub fn pass_on(&mut self, mailbox: MailboxId, cursor: u64, id: Hash, bytes: Arc<[u8]>) -> bool {
        let mailbox = self.mail.entry(mailbox).or_default();
        let new = cursor > mailbox.last;
        if new {
            mailbox.last = cursor;
            mailbox.entries.push((cursor, id, bytes));
        }
        new
    }

    /// The answer to a poll, at most `limit` entries of each mailbox.
    pub fn poll(&self, request: &[u8], limit: usize) -> Option<Vec<u8>> {
        let request = PollRequest::from_bytes(request).ok()?;
        let page = |asked: &bantin_model::letter::BoxCursor| {
            let new = self.after(&asked.read_key.mailbox(), asked.after);
            let entries: Vec<MailItem> = new
                .iter()
                .take(limit)
                .map(|(cursor, bytes)| MailItem {
                    cursor: *cursor,
                    bytes: bytes.to_vec().into(),
                })
                .collect();
            let more = new.len() > entries.len();
            BoxPage { entries, more }
        };
        let boxes = request.boxes.iter().map(page).collect();
        Some(PollResponse { boxes }.to_bytes())
    }

    /// From now on the mailboxes that somebody asks for are mirrored from the hub above, unless they are at home here.
    pub fn want(&mut self, ask: &Ask) {
        let boxes: Vec<MailboxId> = match ask {
            Ask::Poll(request) => PollRequest::from_bytes(request).map_or(Vec::new(), |request| {
                request
                    .boxes
                    .iter()
                    .map(|asked| asked.read_key.mailbox())
                    .collect()
            }),
            // What the hub below mirrors must come through here.
            Ask::Answers(boxes) => boxes.iter().map(|(mailbox, _)| *mailbox).collect(),
            _ => return,
        };
        for mailbox in boxes {
            let at_home = self
                .threads
                .values()
                .any(|thread| thread.mailbox == mailbox);
            if !at_home {
                self.above.entry(mailbox).or_default();
            }
        }
    }

    /// Entries of a mailbox after a cursor.
    pub fn after(&self, mailbox: &MailboxId, after: u64) -> Vec<(u64, Arc<[u8]>)> {
        // A relay answers nobody with cursors of a life of the hub that it knows to be over.
        let over = self.own.is_none() && self.mail_life != self.mirror.life();
        let Some(mailbox) = self.mail.get(mailbox).filter(|_| !over) else {
            return Vec::new();
        };
        let new = |(cursor, _, _): &&(u64, Hash, Arc<[u8]>)| *cursor > after;
        let entry = |(cursor, _, bytes): &(u64, Hash, Arc<[u8]>)| (*cursor, bytes.clone());
        mailbox.entries.iter().filter(new).map(entry).collect()
    }
}
