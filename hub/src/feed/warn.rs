//! What will go wrong with keys if nobody does anything, in words for the operator.

use bantin_model::feed::Root;
use bantin_model::id::PlaceId;
use bantin_model::record::{Body, Delegation, Kind, NodeKeys, Record};
use bantin_model::time::{Seconds, Validity};

use crate::Hub;
use crate::keys::read_roots;

/// How long before its end a right to speak is warned of, in days: requests are carried by hand.
const AHEAD_DAYS: u64 = 60;
/// After how many days an agency should have new keys.
const AGENCY_DAYS: u64 = 400;
/// Delegations of one place looked at.
const GIVEN_MAX: u32 = 20_000;

impl Hub {
    /// Delegations in the feeds of places served here to places that other hubs serve.
    pub async fn given(&self) -> anyhow::Result<Vec<(PlaceId, Delegation)>> {
        let keys = self.keys.now();
        let mut given = Vec::new();
        for parent in keys.places() {
            let rows = self
                .store
                .records(parent, &[Kind::DELEGATION], 0, GIVEN_MAX);
            for row in rows.await? {
                if let Ok(Body::Delegation(grant)) = Record::from_bytes(&row.bytes)?.body()
                    && keys.of(&grant.place).is_none()
                {
                    given.push((parent.clone(), grant));
                }
            }
        }
        Ok(given)
    }

    /// Warnings about the keys of this hub and those it let speak.
    pub async fn key_warnings(&self) -> anyhow::Result<Vec<String>> {
        let now = self.clock.now();
        let mut warnings = Vec::new();
        if let Ok(root) = self.root().await {
            self.warn_of_root(&root, now, &mut warnings)?;
        }
        for feed in self.own_feeds().await? {
            let place = &feed.place;
            if let Some((_, grant)) = self.delegation_of(place).await? {
                ends(
                    &format!("{place}: its right to speak"),
                    grant.valid,
                    now,
                    &mut warnings,
                );
                self.warn_of_keys(place, grant.keys, &mut warnings)?;
            }
            self.warn_of_agency(place, now, &mut warnings).await?;
        }
        for (_, grant) in self.given().await? {
            if !grant.is_revoked() {
                let what = format!("{}: the right to speak given from here", grant.place);
                ends(&what, grant.valid, now, &mut warnings);
            }
        }
        Ok(warnings)
    }

    fn warn_of_root(
        &self,
        root: &Root,
        now: Seconds,
        warnings: &mut Vec<String>,
    ) -> anyhow::Result<()> {
        if self.keys.of(&root.place).is_none() {
            return Ok(());
        }
        ends(
            "root document: the right of the top to speak",
            root.valid,
            now,
            warnings,
        );
        self.warn_of_keys(&root.place, root.node, warnings)?;
        let here = read_roots(self.keys.dir())?;
        let here = here
            .iter()
            .filter(|key| root.keys.contains(&key.public()))
            .count();
        if root.keys.len() > 1 && here >= usize::from(root.threshold) {
            warnings.push(format!(
                "{here} root keys lie in keys/, enough to sign: move each to a medium and a place of its own"
            ));
        }
        Ok(())
    }

    fn warn_of_keys(
        &self,
        place: &PlaceId,
        named: NodeKeys,
        warnings: &mut Vec<String>,
    ) -> anyhow::Result<()> {
        let held = self.keys_of(place)?;
        if held.node() != named {
            warnings.push(format!(
                "{place}: its right to speak names other keys than those in keys/; nobody believes this hub"
            ));
        } else if held.next.is_some() {
            warnings.push(format!(
                "{place}: new keys wait for the place above: see `keys request`"
            ));
        }
        Ok(())
    }

    async fn warn_of_agency(
        &self,
        place: &PlaceId,
        now: Seconds,
        warnings: &mut Vec<String>,
    ) -> anyhow::Result<()> {
        let Some(agency) = self.agency(place).await? else {
            return Ok(());
        };
        if agency.seal_key != self.keys_of(place)?.seal_public() {
            warnings.push(format!(
                "{place}: the agency's published key is not the one in keys/: run `keys rotate agency {place}`"
            ));
        } else if now.since(agency.valid.from) > AGENCY_DAYS * Seconds::DAY {
            warnings.push(format!(
                "{place}: the agency's keys are older than {AGENCY_DAYS} days: `keys rotate agency {place}`"
            ));
        }
        Ok(())
    }
}

fn ends(what: &str, valid: Validity, now: Seconds, warnings: &mut Vec<String>) {
    let Some(until) = valid.until else { return };
    if until <= now {
        warnings.push(format!("{what} has ended"));
    } else if until.since(now) < AHEAD_DAYS * Seconds::DAY {
        let days = until.since(now) / Seconds::DAY;
        warnings.push(format!("{what} ends in {days} days"));
    }
}
