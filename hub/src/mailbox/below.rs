//! Nodes below ask what is to come down to them: agencies that can be written to, and letters that were
//! passed on to theirs. They hand up the parcels of their own agencies and the answers to such letters.

use bantin_hub_store::{Mail, Side};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{BelowAnswer, BelowRequest, LetterId, MailEntry, OpenedBelow};
use bantin_wire::{Code, Failure};

use crate::Hub;
use crate::agency::missing;
use crate::failure::Result;

/// Letters in one answer.
const LETTERS_MAX: u32 = 32;
/// Bytes of letters in one answer; one letter is always handed down.
const LETTER_BYTES: usize = 1 << 20;
/// Bytes of parcels in one answer or question; one is always told.
pub(crate) const PARCEL_BYTES: usize = 2 << 20;
/// A letter that a node below could not take is handed to it again after so many seconds.
const LATER_S: u64 = 3600;

impl Hub {
    /// Answers a node below; the signed answer.
    pub async fn answer_below(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        let malformed = |_| Failure::at(Code::Malformed, "below");
        let asked = BelowRequest::read(bytes).map_err(malformed)?;
        let OpenedBelow { request, id, .. } = &asked;
        let unknown = || Failure::at(Code::PlaceUnknown, "place");
        let keys = self.keys.of(&request.to).ok_or_else(unknown)?;
        self.believe((&request.from, &request.to, request.at), *id, |key, now| {
            asked.signed_by(key, now)
        })
        .await?;
        self.take_from_below(request).await?;
        let mut answer = BelowAnswer::empty(*id);
        let side = Side::Below(request.from.clone());
        let held = self.store.agencies(&side).await?;
        answer.want = missing(&request.mine, &held);
        let told = self.told_to(&request.from).await?;
        let mut hashes: Vec<Hash> = told.iter().map(|row| row.hash).collect();
        hashes.sort_unstable();
        answer.listed = (BelowRequest::digest(&hashes) != request.known).then_some(hashes);
        let wanted = told
            .into_iter()
            .filter(|row| request.want.contains(&row.hash));
        let parcels = wanted.map(|row| row.parcel);
        answer.parcels = within(parcels, PARCEL_BYTES).map(Into::into).collect();
        let letters = self.letters_for(&request.from).await?;
        answer.letters = letters.into_iter().map(Into::into).collect();
        Ok(answer.sign(&keys.receipt))
    }

    async fn take_from_below(&self, request: &BelowRequest) -> Result<()> {
        let (from, now) = (&request.from, self.clock.now());
        let side = Side::Below(from.clone());
        let parcels = request.parcels.iter().map(|bytes| bytes.as_slice());
        self.learn_agencies(&side, parcels).await?;
        self.store.keep_only(&side, &request.mine).await?;
        let entry = |bytes: &[u8]| {
            let (id, mailbox) = MailEntry::outside(bytes).ok()?;
            Some(Mail {
                mailbox,
                id,
                bytes: bytes.to_vec(),
                at: now,
            })
        };
        let mail: Vec<Mail> = request
            .mail
            .iter()
            .filter_map(|bytes| entry(bytes))
            .collect();
        if !mail.is_empty() {
            self.store.take_mail_from(from, &mail).await?;
        }
        if !request.taken.is_empty() {
            self.store.handed_down(from, &request.taken, now).await?;
        }
        if !request.later.is_empty() {
            let next = now.plus(LATER_S);
            self.store
                .hand_down_later(from, &request.later, next)
                .await?;
        }
        Ok(())
    }

    async fn letters_for(&self, node: &PlaceId) -> Result<Vec<Vec<u8>>> {
        let now = self.clock.now();
        let waiting: Vec<(LetterId, Vec<u8>)> =
            self.store.to_hand_down(node, now, LETTERS_MAX).await?;
        let bytes = waiting.into_iter().map(|(_, bytes)| bytes);
        Ok(within(bytes, LETTER_BYTES).collect())
    }
}

/// The first of `items` that together stay within `most` bytes; at least one.
pub(crate) fn within(
    items: impl Iterator<Item = Vec<u8>>,
    most: usize,
) -> impl Iterator<Item = Vec<u8>> {
    let mut sum = 0usize;
    items.take_while(move |item| {
        let first = sum == 0;
        sum = sum.saturating_add(item.len());
        first || sum <= most
    })
}
