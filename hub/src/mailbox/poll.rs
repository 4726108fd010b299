//! What is new in mailboxes, page by page.

use bantin_model::letter::{
    BoxPage, MailboxId, PAGE_ENTRIES_MAX, POLL_RESPONSE_BYTES_MAX, PollRequest, PollResponse,
};
use bantin_model::time::Seconds;

use crate::Hub;
use crate::failure::Result;

/// Room kept for everything in an answer that is not an entry, in bytes.
const FRAME_BYTES: usize = 64 << 10;

impl Hub {
    /// What is new in the mailboxes asked for. Reading changes nothing.
    pub async fn poll(&self, request: &PollRequest) -> Result<PollResponse> {
        let asked = request.boxes.iter();
        let boxes: Vec<(MailboxId, u64)> = asked
            .map(|asked| (asked.read_key.mailbox(), asked.after))
            .collect();
        let boxes = self.pages(&boxes).await?;
        Ok(PollResponse { boxes })
    }

    /// One page for each mailbox, after its cursor.
    pub(super) async fn pages(&self, asked: &[(MailboxId, u64)]) -> Result<Vec<BoxPage>> {
        let mut left = POLL_RESPONSE_BYTES_MAX - FRAME_BYTES;
        let mut boxes: Vec<BoxPage> = Vec::with_capacity(asked.len());
        let mut passed_over = false;
        for (mailbox, after) in asked {
            let page = self
                .store
                .mail(mailbox, *after, PAGE_ENTRIES_MAX, left)
                .await?;
            let size: usize = page
                .entries
                .iter()
                .map(|entry| entry.bytes.len() + 16)
                .sum();
            if size > left || (page.entries.is_empty() && page.more) {
                passed_over = true;
                left = 0;
                boxes.push(BoxPage::default());
                continue;
            }
            left -= size;
            boxes.push(BoxPage {
                entries: page.entries,
                more: page.more,
            });
        }
        if passed_over && let Some(last) = boxes.iter_mut().rev().find(|b| !b.entries.is_empty()) {
            // An empty page may not say `more`, so the last full one says it for those after it.
            last.more = true;
        }
        Ok(boxes)
    }

    /// Deletes entries past the operator's retention; how many.
    pub async fn expire_mail(&self) -> Result<u64> {
        let age = u64::from(self.config.mail_days) * Seconds::DAY;
        let before = Seconds(self.clock.now().0.saturating_sub(age));
        Ok(self.store.expire_mail(before).await?)
    }
}
