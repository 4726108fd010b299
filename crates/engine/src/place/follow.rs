//! Following a place: nothing is kept before the hub has proven that it stands under the pinned root.

use std::collections::BTreeMap;

use bantin_model::feed::{HeadsDocument, Pin, TrustError, verify};
use bantin_model::id::PlaceId;
use bantin_store::news::Follow;
use bantin_view::Pairing;
use bantin_wire::{Code, Failure};

use crate::hub::{Heads, HubError};
use crate::{Engine, Error, Result};

impl Engine {
    /// Follows a place. A first sync is the caller's next step.
    ///
    /// # Errors
    /// [`Code::LinkDamaged`], [`Code::PlaceUnknown`], [`Code::RootMismatch`], [`Code::NotGenuine`],
    /// [`Code::NotAHub`], [`Code::Offline`], and what a hub refuses with.
    pub async fn follow(&self, link: &str, place: &PlaceId) -> Result<()> {
        let pairing = Pairing::parse(link)?;
        let heads = self
            .inner
            .wire
            .hub(&pairing.url)
            .heads(place, None, false)
            .await;
        let bytes = match heads.map_err(place_unknown)? {
            Heads::New { bytes, .. } => bytes,
            Heads::Unchanged | Heads::Changes { .. } => return Err(Code::NotAHub.into()),
        };
        let document = HeadsDocument::from_bytes(&bytes).map_err(|_| Error::from(Code::NotAHub))?;
        let pin = Pin {
            root: pairing.root,
            root_version: 0,
        };
        let verified = verify(&document, place, pin, &BTreeMap::new()).map_err(|e| refusal(&e))?;
        let before = self.stores().await.news.follow().await?;
        let (mut hub, mut relay) = (pairing.url, String::new());
        if let Some(card) = self.relay_card(&hub).await? {
            // A relay leaves with its owner: what stays is its hub, or the one that was followed before.
            let same = before.as_ref().filter(|b| b.pin.root == pairing.root);
            let home = same.map_or(card.hub, |before| before.hub.clone());
            relay = std::mem::replace(&mut hub, home);
        }
        let follow = Follow {
            hub,
            place: place.clone(),
            pin: Pin {
                root_version: verified.root_version,
                ..pin
            },
        };
        self.turn_to(&follow, &relay).await
    }

    /// Follows a place that one of these heads documents proves under the link's root.
    pub(crate) async fn follow_proven(
        &self,
        link: &str,
        place: &PlaceId,
        documents: &[Vec<u8>],
    ) -> Result<Follow> {
        let pairing = Pairing::parse(link)?;
        let mut refused: Error = Failure::at(Code::PlaceUnknown, "place").into();
        for bytes in documents {
            let proven = HeadsDocument::from_bytes(bytes)
                .map_err(TrustError::from)
                .and_then(|document| proven(&pairing, place, &document));
            match proven {
                Ok(follow) => {
                    self.turn_to(&follow, "").await?;
                    return Ok(follow);
                }
                Err(TrustError::OtherPlace) => {}
                Err(error) => refused = refusal(&error),
            }
        }
        Err(refused)
    }

    /// Turns to a hub and a place, whatever was followed before. A sync that asks there keeps nothing of it from
    /// now on.
    async fn turn_to(&self, follow: &Follow, relay: &str) -> Result<()> {
        let stores = self.stores().await;
        let only = self.inner.flight.applying.lock().await;
        let before = stores.news.follow().await?;
        if before.is_some_and(|before| before.hub != follow.hub) {
            // Cursors belong to one hub's copy of a mailbox; what comes twice is kept once.
            stores.private.forget_cursors().await?;
        }
        // A hub that is not on a letter's way refuses it for good; this one may be.
        stores.private.offer_refused().await?;
        stores.news.set_follow(follow).await?;
        stores.news.set_relay(relay).await?;
        drop(only);
        self.inner.flight.turned();
        self.judge_again().await?;
        self.keep_counts().await;
        self.tell_changed();
        Ok(())
    }
}

/// What is followed, if the document holds under the link's root and ends at the place.
fn proven(
    pairing: &Pairing,
    place: &PlaceId,
    document: &HeadsDocument,
) -> core::result::Result<Follow, TrustError> {
    let pin = Pin {
        root: pairing.root,
        root_version: 0,
    };
    let verified = verify(document, place, pin, &BTreeMap::new())?;
    Ok(Follow {
        hub: pairing.url.clone(),
        place: place.clone(),
        pin: Pin {
            root_version: verified.root_version,
            ..pin
        },
    })
}

fn place_unknown(error: HubError) -> Error {
    match error {
        HubError::Refused {
            failure:
                Some(Failure {
                    code: Code::NotFound,
                    ..
                }),
            ..
        } => Failure::at(Code::PlaceUnknown, "place").into(),
        other => other.into(),
    }
}

fn refusal(error: &TrustError) -> Error {
    tracing::warn!(%error, "a hub is not believed");
    let code = match error {
        TrustError::OtherRoot => Code::RootMismatch,
        TrustError::Shape(_) => Code::NotAHub,
        _ => Code::NotGenuine,
    };
    code.into()
}
