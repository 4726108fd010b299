//! Answers come down: the mailboxes of carried letters, looked into at the hub above.

use bantin_hub_store::Mail;
use bantin_model::letter::{
    BoxPage, CarriedAnswer, CarriedBox, CarriedRequest, FORMAT, MailEntry, MailboxId,
    OpenedCarriedAnswer, POLL_BOXES_MAX,
};
use bantin_model::sign::PublicKey;
use bantin_model::sync::life_of;
use bantin_model::time::Seconds;
use bantin_wire::Code;

use super::link::{Link, LinkError};
use crate::Hub;
use crate::config::Upstream;
use crate::failure::{HubError, Result};

/// Questions in one look: what is left is asked in the next.
const QUESTIONS_MAX: usize = 256;

impl Hub {
    /// Brings what is new; how many entries.
    pub(super) async fn bring_carried_mail(
        &self,
        upstream: &Upstream,
        link: &Link,
    ) -> std::result::Result<u32, LinkError> {
        let (own, above) = self.place_above().await?;
        let feeds = self.store.mirror_feeds().await.map_err(HubError::from)?;
        let epochs = feeds.iter().map(|feed| (&feed.place, feed.known.order.0));
        let life = life_of(epochs);
        let feed = feeds.into_iter().find(|feed| feed.place == above);
        let Some(key) = feed.and_then(|feed| feed.receipt) else {
            return Ok(0);
        };
        tracing::debug!(url = %upstream.url, "looking into mailboxes above");
        let now = self.clock.now();
        let mut brought = 0;
        for _ in 0..QUESTIONS_MAX {
            let most = u32::try_from(POLL_BOXES_MAX).unwrap_or(u32::MAX);
            let boxes = self.store.carried_boxes(life, now, most).await;
            let boxes = boxes.map_err(HubError::from)?;
            if boxes.is_empty() {
                break;
            }
            let mut request = CarriedRequest {
                format: FORMAT,
                from: own.clone(),
                to: above.clone(),
                at: now,
                nonce: [0; 16].into(),
                boxes: boxes.clone(),
            };
            let answer = self.ask_carried(link, &mut request, &key).await?;
            brought += self.take_carried(life, &boxes, answer, now).await?;
        }
        Ok(brought)
    }

    /// Asks; a second time if the clocks of the two hubs are apart.
    async fn ask_carried(
        &self,
        link: &Link,
        request: &mut CarriedRequest,
        above: &PublicKey,
    ) -> std::result::Result<OpenedCarriedAnswer, LinkError> {
        let own = self.keys_of(&request.from)?.receipt.clone();
        let mut again = true;
        loop {
            request.nonce = crate::chance::bytes::<16>().into();
            let (bytes, id) = request.sign(&own);
            match link.carried(bytes).await {
                Ok(answer) => {
                    return CarriedAnswer::open(&answer, request, id, &[*above])
                        .map_err(|_| LinkError::NotGenuine);
                }
                Err(LinkError::Refused {
                    failure: Some(failure),
                    ..
                }) if again && failure.code == Code::Conflict && failure.number.is_some() => {
                    tracing::warn!("the clocks of this hub and the hub above are apart");
                    request.at = failure.number.map_or(request.at, Seconds);
                    again = false;
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn take_carried(
        &self,
        life: u64,
        boxes: &[CarriedBox],
        answer: OpenedCarriedAnswer,
        now: Seconds,
    ) -> Result<u32> {
        let mut brought = 0;
        let mut more = false;
        for (asked, page) in boxes.iter().zip(answer.boxes) {
            // The last page with entries speaks for the mailboxes after it as well.
            more = page.more || (more && page.entries.is_empty());
            let after = page
                .entries
                .last()
                .map_or(asked.after, |entry| entry.cursor);
            let mailbox = asked.mailbox;
            let entries = entries(&mailbox, page, now);
            let at = CarriedBox { mailbox, after };
            let new = self.store.bring_mail(life, &at, &entries, more, now);
            brought += new.await?;
        }
        Ok(brought)
    }
}

/// The entries that belong into the mailbox; the phone checks who wrote them.
fn entries(mailbox: &MailboxId, page: BoxPage, now: Seconds) -> Vec<Mail> {
    let entry = |item: bantin_model::letter::MailItem| {
        let (id, addressed) = MailEntry::outside(&item.bytes).ok()?;
        (addressed == *mailbox).then(|| Mail {
            mailbox: *mailbox,
            id,
            bytes: item.bytes.into(),
            at: now,
        })
    };
    page.entries.into_iter().filter_map(entry).collect()
}
