//! New node keys for a place whose place above is served here as well: both sides of the ceremony.

use bantin_model::feed::{DelegateTerms, KeyRequest};
use bantin_model::id::PlaceId;
use bantin_model::record::Delegation;

use super::{Delegated, Settled};
use crate::Hub;

impl Hub {
    /// Makes new node keys, lets them speak in the feed above and uses them. Done again after a cut it
    /// ends what was begun.
    pub async fn rotate_node(
        &self,
        place: &PlaceId,
        terms: &DelegateTerms,
    ) -> anyhow::Result<(Delegated, Settled)> {
        let before = self.delegation_of(place).await?;
        let waiting = self.keys_of(place)?.next.clone();
        let cut = before
            .as_ref()
            .is_some_and(|(_, grant)| waiting.is_some_and(|next| next.node() == grant.keys));
        let done = match before {
            Some((parent, grant)) if cut => Delegated {
                version: 0,
                before: Some(grant.clone()),
                parent,
                grant,
            },
            before => {
                let request = KeyRequest::open(&self.key_request(place, true).await?)?;
                let before = before.map(|(_, grant)| grant);
                let grant = Delegation::answering(before.as_ref(), &request, terms)?;
                let parent = request.request.info.parent.clone();
                let parent = parent.unwrap_or_else(|| place.clone());
                self.publish_delegation(parent, before, grant).await?
            }
        };
        let settled = self.settle(&done.grant).await?;
        Ok((done, settled))
    }
}
