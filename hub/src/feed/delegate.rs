//! Letting a place below speak, again, for longer, with other keys, or not any more: acts of the place
//! above, each a new revision of one record in its feed.

use bantin_model::cbor;
use bantin_model::feed::{DelegateError, DelegateTerms, OpenedKeyRequest};
use bantin_model::id::PlaceId;
use bantin_model::record::{Body, Delegation, Kind, Record};
use bantin_wire::{Code, Failure};

use super::{Edit, Item, delegation_id};
use crate::Hub;
use crate::failure::{HubError, Result};

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegated {
    /// The place above, in whose feed it stands.
    pub parent: PlaceId,
    /// The delegation.
    pub grant: Delegation,
    /// What stood there before.
    pub before: Option<Delegation>,
    /// Version of the feed above now.
    pub version: u64,
}

/// Why a delegation was not published.
#[derive(Debug, thiserror::Error)]
pub enum DelegationError {
    /// The rules of delegations.
    #[error(transparent)]
    Rule(#[from] DelegateError),
    /// The place above is not served here.
    #[error("{0} is not served by this hub: the request is for another one")]
    NotAbove(PlaceId),
    /// The place is served here itself.
    #[error("{0} is served by this hub itself")]
    ServedHere(PlaceId),
    /// There is nothing to take away.
    #[error("{0} was never let speak from here")]
    NeverGiven(PlaceId),
    /// The hub.
    #[error(transparent)]
    Hub(#[from] HubError),
}

impl Hub {
    /// What the place above last published about `child`.
    pub async fn delegation_of(&self, child: &PlaceId) -> Result<Option<(PlaceId, Delegation)>> {
        let Some(row) = self.store.record(&delegation_id(child)).await? else {
            return Ok(None);
        };
        let damaged = || HubError::Broken(format!("the delegation to {child} is damaged"));
        let record = Record::from_bytes(&row.bytes).map_err(|_| damaged())?;
        match record.body().map_err(|_| damaged())? {
            Body::Delegation(grant) => Ok(Some((record.place, grant))),
            _ => Err(damaged()),
        }
    }

    /// Publishes the delegation that answers a request.
    pub async fn delegate(
        &self,
        request: &OpenedKeyRequest,
        terms: &DelegateTerms,
    ) -> std::result::Result<Delegated, DelegationError> {
        let info = &request.request.info;
        // A request without a place above does not open.
        let parent = info.parent.clone().unwrap_or_else(|| info.id.clone());
        if self.keys.of(&parent).is_none() {
            return Err(DelegationError::NotAbove(parent));
        }
        if self.keys.of(&info.id).is_some() {
            return Err(DelegationError::ServedHere(info.id.clone()));
        }
        let before = self.delegation_of(&info.id).await?.map(|(_, grant)| grant);
        let grant = Delegation::answering(before.as_ref(), request, terms)?;
        self.publish_delegation(parent, before, grant).await
    }

    /// Takes a place its right to speak. `last_good` is the last version that was honest.
    pub async fn revoke(
        &self,
        child: &PlaceId,
        last_good: u64,
        reason: String,
    ) -> std::result::Result<Delegated, DelegationError> {
        let held = self.delegation_of(child).await?;
        let never = || DelegationError::NeverGiven(child.clone());
        let (parent, before) = held.ok_or_else(never)?;
        if self.keys.of(&parent).is_none() {
            return Err(DelegationError::NotAbove(parent));
        }
        let grant = Delegation {
            legal_basis: reason,
            ..before.revoked(last_good, self.clock.now())?
        };
        self.publish_delegation(parent, Some(before), grant).await
    }

    pub(super) async fn publish_delegation(
        &self,
        parent: PlaceId,
        before: Option<Delegation>,
        grant: Delegation,
    ) -> std::result::Result<Delegated, DelegationError> {
        if grant.legal_basis.trim().is_empty() {
            return Err(HubError::from(Failure::at(Code::Empty, "legal_basis")).into());
        }
        let edit = Edit::Put(Item {
            id: Some(delegation_id(&grant.place)),
            kind: Kind::DELEGATION,
            issued_at: None,
            in_force: None,
            body: cbor::to_vec(&grant),
        });
        let published = self.publish(&parent, vec![edit], None, None).await?;
        tracing::info!(%parent, place = %grant.place, epoch = grant.epoch, "delegated");
        Ok(Delegated {
            parent,
            grant,
            before,
            version: published.version,
        })
    }
}
