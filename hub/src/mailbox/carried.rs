//! Nodes below ask for the mail of letters they carried up. They are believed because the feed of the
//! place they ask delegates to their key; what they get is sealed.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{
    CARRIED_WINDOW_S, CarriedAnswer, CarriedBox, CarriedError, CarriedRequest, MailboxId,
};
use bantin_model::record::{Body, Delegation, Record};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use bantin_wire::{Code, Failure};

use crate::Hub;
use crate::failure::{HubError, Result};
use crate::feed::delegation_id;

/// Questions remembered; with more, the oldest are forgotten first.
const ASKED_MAX: usize = 65_536;

/// Questions answered lately, so that none is answered twice.
#[derive(Default)]
pub struct Asked(Mutex<BTreeMap<(Seconds, Hash), ()>>);

impl Asked {
    /// Whether the question is new; it is not from then on.
    fn first(&self, id: Hash, at: Seconds, now: Seconds) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let past = Seconds(now.0.saturating_sub(2 * CARRIED_WINDOW_S));
        *known = known.split_off(&(past, Hash([0; 32])));
        if known.len() >= ASKED_MAX {
            known.pop_first();
        }
        known.insert((at, id), ()).is_none()
    }
}

impl Hub {
    /// Answers a node below; the signed answer.
    pub async fn answer_carried(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        let malformed = |_| Failure::at(Code::Malformed, "carried");
        let asked = CarriedRequest::read(bytes).map_err(malformed)?;
        let to = &asked.request.to;
        let unknown = || Failure::at(Code::PlaceUnknown, "place");
        let keys = self.keys.of(to).ok_or_else(unknown)?;
        let request = &asked.request;
        self.believe((&request.from, to, request.at), asked.id, |key, now| {
            asked.signed_by(key, now)
        })
        .await?;
        let boxes: Vec<(MailboxId, u64)> = asked
            .request
            .boxes
            .iter()
            .map(|CarriedBox { mailbox, after }| (*mailbox, *after))
            .collect();
        self.want_mail(boxes.iter().map(|(mailbox, _)| *mailbox))
            .await;
        let pages = self.pages(&boxes).await?;
        Ok(CarriedAnswer::sign(asked.id, pages, &keys.receipt))
    }

    /// Signed just now, for the first time, by a node that the place asked lets speak.
    pub(super) async fn believe(
        &self,
        (from, to, at): (&PlaceId, &PlaceId, Seconds),
        id: Hash,
        signed_by: impl Fn(&PublicKey, Seconds) -> std::result::Result<(), CarriedError> + Send,
    ) -> Result<()> {
        let now = self.clock.now();
        let refused = || HubError::code(Code::NotGenuine);
        let grant = self.delegated(to, from).await?.ok_or_else(refused)?;
        if !grant.valid.covers(now) {
            return Err(refused());
        }
        let anew = || Failure::at(Code::Conflict, "at").with(now.0);
        match signed_by(&grant.keys.receipt, now) {
            Ok(()) => {}
            Err(CarriedError::Time) => return Err(anew().into()),
            Err(_) => return Err(refused()),
        }
        match self.asked.first(id, at, now) {
            true => Ok(()),
            false => Err(anew().into()),
        }
    }

    /// What the feed of `place` says of the keys of `child`.
    async fn delegated(&self, place: &PlaceId, child: &PlaceId) -> Result<Option<Delegation>> {
        let row = self.store.record(&delegation_id(child)).await?;
        let row = row.filter(|row| row.place == *place);
        let body = row.and_then(|row| Record::from_bytes(&row.bytes).ok()?.body().ok());
        Ok(match body {
            Some(Body::Delegation(grant)) if grant.place == *child => Some(grant),
            _ => None,
        })
    }

    /// Has these mailboxes looked into at the hub above, if there is one and they are not of letters
    /// to this hub: whoever reads a mailbox here reads all of it, whichever way the letter went up.
    /// Reading goes on also where this cannot be kept.
    pub(crate) async fn want_mail(&self, boxes: impl Iterator<Item = MailboxId>) {
        let Some(upstream) = &self.config.upstream else {
            return;
        };
        let boxes: Vec<MailboxId> = boxes.collect();
        let most = upstream.mailboxes_max;
        match self.store.want_mail(&boxes, most, self.clock.now()).await {
            Ok(0) => {}
            Ok(_) => self.to_carry.notify_one(),
            Err(error) => tracing::warn!(%error, "mailboxes are not looked into above"),
        }
    }
}
