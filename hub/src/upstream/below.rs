//! What comes down besides feeds and answers: agencies that can be written to, and letters that were
//! passed on to agencies of this hub or below it. What these answer goes up with the next question.

use std::collections::BTreeSet;
use std::sync::Arc;

use bantin_hub_store::{AgencyRow, MailUp, Route, Side};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{
    BelowAnswer, BelowRequest, FORMAT, LetterId, OuterAttachment, PAGE_ENTRIES_MAX, SealedLetter,
};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use bantin_wire::Code;
use bantin_wire::http::ATTACHMENTS;

use super::link::{Link, LinkError};
use crate::Hub;
use crate::agency::missing;
use crate::failure::{HubError, Result};
use crate::mailbox::{PARCEL_BYTES, within};

/// Questions in one look: what is left is asked in the next.
const ROUNDS_MAX: usize = 64;
/// Parcels asked for at once.
const WANT_MAX: usize = 256;
/// Bytes of answers that go up in one question; one always does.
const MAIL_BYTES: usize = 1 << 20;

/// What the next question brings besides what the store holds.
#[derive(Default)]
struct Next {
    parcels: Vec<Hash>,
    want: Vec<Hash>,
    taken: Vec<LetterId>,
    later: Vec<LetterId>,
}

impl Next {
    fn is_empty(&self) -> bool {
        self.parcels.is_empty()
            && self.want.is_empty()
            && self.taken.is_empty()
            && self.later.is_empty()
    }
}

type Moved<T> = std::result::Result<T, LinkError>;

impl Hub {
    /// Asks until there is nothing more; how many letters came down. A hub above that does not know the
    /// question is left alone.
    pub(super) async fn ask_below(self: &Arc<Self>, link: &Link) -> Moved<u32> {
        let (own, above) = self.place_above().await?;
        let feeds = self.store.mirror_feeds().await.map_err(HubError::from)?;
        let feed = feeds.into_iter().find(|feed| feed.place == above);
        let Some(key) = feed.and_then(|feed| feed.receipt) else {
            return Ok(0);
        };
        let mut next = Next::default();
        let mut asked_for: BTreeSet<Hash> = BTreeSet::new();
        let mut came = 0;
        for _ in 0..ROUNDS_MAX {
            let mine = self.own_agencies().await?;
            let mail = self.mail_up().await?;
            let request = self.question((&own, &above), &mine, &next, &mail).await?;
            let answer = match self.send_question(link, request, &key).await {
                Err(LinkError::Refused { status: 404, .. }) => return Ok(0),
                answer => answer?,
            };
            for entry in &mail {
                let went = self.store.mail_went_up(&entry.mailbox, entry.cursor);
                went.await.map_err(HubError::from)?;
            }
            next = self.take_answer(link, answer, &mut asked_for).await?;
            came += u32::try_from(next.taken.len()).unwrap_or(u32::MAX);
            if next.is_empty() && mail.is_empty() {
                break;
            }
        }
        Ok(came)
    }

    async fn mail_up(&self) -> Result<Vec<MailUp>> {
        let most = u32::try_from(PAGE_ENTRIES_MAX).unwrap_or(u32::MAX);
        let all = self.store.mail_to_go_up(most).await?;
        let fit = within(all.iter().map(|entry| entry.bytes.clone()), MAIL_BYTES).count();
        Ok(all.into_iter().take(fit).collect())
    }

    async fn question(
        &self,
        (own, above): (&PlaceId, &PlaceId),
        mine: &[AgencyRow],
        next: &Next,
        mail: &[MailUp],
    ) -> Result<BelowRequest> {
        let known = self.store.agencies(&Side::Above).await?;
        let known: Vec<Hash> = known.iter().map(|row| row.hash).collect();
        let asked = mine.iter().filter(|row| next.parcels.contains(&row.hash));
        let parcels = within(asked.map(|row| row.parcel.clone()), PARCEL_BYTES);
        let mut hashes: Vec<Hash> = mine.iter().map(|row| row.hash).collect();
        hashes.sort_unstable();
        Ok(BelowRequest {
            format: FORMAT,
            from: own.clone(),
            to: above.clone(),
            at: self.clock.now(),
            nonce: [0; 16].into(),
            mine: hashes,
            parcels: parcels.map(Into::into).collect(),
            known: BelowRequest::digest(&known),
            want: next.want.clone(),
            taken: next.taken.clone(),
            later: next.later.clone(),
            mail: mail
                .iter()
                .map(|entry| entry.bytes.clone().into())
                .collect(),
        })
    }

    /// Asks; a second time if the clocks of the two hubs are apart.
    async fn send_question(
        &self,
        link: &Link,
        mut request: BelowRequest,
        above: &PublicKey,
    ) -> Moved<BelowAnswer> {
        let own = self.keys_of(&request.from)?.receipt.clone();
        let mut again = true;
        loop {
            request.nonce = crate::chance::bytes::<16>().into();
            let (bytes, id) = request.sign(&own);
            match link.below(bytes).await {
                Ok(answer) => {
                    return BelowAnswer::open(&answer, id, &[*above])
                        .map_err(|_| LinkError::NotGenuine);
                }
                Err(LinkError::Refused {
                    failure: Some(failure),
                    ..
                }) if again && failure.code == Code::Conflict && failure.number.is_some() => {
                    request.at = failure.number.map_or(request.at, Seconds);
                    again = false;
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn take_answer(
        self: &Arc<Self>,
        link: &Link,
        answer: BelowAnswer,
        asked_for: &mut BTreeSet<Hash>,
    ) -> Moved<Next> {
        let parcels = answer.parcels.iter().map(|bytes| bytes.as_slice());
        self.learn_agencies(&Side::Above, parcels).await?;
        let mut next = Next {
            parcels: answer.want,
            ..Next::default()
        };
        if let Some(listed) = answer.listed {
            let kept = self.store.keep_only(&Side::Above, &listed).await;
            kept.map_err(HubError::from)?;
            let held = self.store.agencies(&Side::Above).await;
            next.want = missing(&listed, &held.map_err(HubError::from)?);
            // One that does not hold is not asked for again in this look.
            next.want.retain(|hash| !asked_for.contains(hash));
            next.want.truncate(WANT_MAX);
            asked_for.extend(&next.want);
        }
        // What was asked for and does not hold must not keep us asking.
        next.parcels.retain(|hash| asked_for.insert(*hash));
        for bytes in answer.letters {
            let id = LetterId::of(&bytes);
            match self.take_down(link, &bytes).await {
                Ok(()) => next.taken.push(id),
                Err(LinkError::Offline) => return Err(LinkError::Offline),
                Err(error) => {
                    tracing::warn!(letter = %id, %error, "a letter from above is not taken now");
                    next.later.push(id);
                }
            }
        }
        Ok(next)
    }

    /// Keeps a letter that was passed on to an agency here or below.
    async fn take_down(self: &Arc<Self>, link: &Link, bytes: &[u8]) -> Moved<()> {
        let broken = || HubError::code(Code::Malformed);
        let sealed = SealedLetter::read(bytes).map_err(|_| broken())?;
        let (_, route) = self.route(&sealed.agency_key).await?;
        if route == Route::Up {
            // It would come down again at once.
            return Err(HubError::code(Code::NoAgencyKey).into());
        }
        for attachment in &sealed.attachments {
            self.fetch_attachment(link, attachment).await?;
        }
        let now = self.clock.now();
        let watched = self.store.answer_up(&sealed.mailbox, now).await;
        watched.map_err(HubError::from)?;
        self.accept_letter(bytes).await?;
        Ok(())
    }

    async fn fetch_attachment(&self, link: &Link, attachment: &OuterAttachment) -> Moved<()> {
        let OuterAttachment { hash, bytes } = *attachment;
        let file = self.disk.attachment(&hash);
        let here = tokio::fs::metadata(&file).await;
        if here.is_ok_and(|meta| meta.len() == bytes) {
            return Ok(());
        }
        let partial = self.disk.mirror_part(&hash);
        let sealed = link.file(ATTACHMENTS, &hash, bytes, &partial).await?;
        let disk = self.disk.clone();
        let kept = tokio::task::spawn_blocking(move || disk.keep_attachment(&hash, &sealed)).await;
        kept.map_err(|error| HubError::Broken(error.to_string()))??;
        Ok(())
    }
}
