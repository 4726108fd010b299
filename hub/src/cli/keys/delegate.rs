//! `keys delegate` and `keys revoke`.

use std::path::Path;

use bantin_model::feed::DelegateTerms;
use bantin_model::id::PlaceId;
use bantin_model::time::Seconds;
use serde::Serialize;

use super::show::{RequestShown, day, grouped, read, said};
use super::{Delegate, HandOver, Revoke};
use crate::Hub;
use crate::cli::output::print;
use crate::feed::Delegated;

#[derive(Serialize)]
struct Shown {
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<RequestShown>,
    place: PlaceId,
    parent: PlaceId,
    fingerprint: String,
    epoch: u32,
    after_version: u64,
    valid_from: Seconds,
    valid_until: Option<Seconds>,
    revoked: bool,
    new_life: bool,
    /// Version of the feed above that says so.
    version: u64,
}

impl Shown {
    fn of(done: &Delegated, request: Option<RequestShown>) -> Self {
        let grant = &done.grant;
        Self {
            request,
            place: grant.place.clone(),
            parent: done.parent.clone(),
            fingerprint: grouped(&grant.keys.fingerprint(&grant.place)),
            epoch: grant.epoch,
            after_version: grant.after_version,
            valid_from: grant.valid.from,
            valid_until: grant.valid.until,
            revoked: grant.is_revoked(),
            new_life: done
                .before
                .as_ref()
                .is_some_and(|old| old.epoch != grant.epoch),
            version: done.version,
        }
    }
}

pub async fn delegate(dir: &Path, options: Delegate, json: bool) -> anyhow::Result<()> {
    let opened = read(&options.request)?;
    let hub = Hub::open(dir).await?;
    let days = options.days.saturating_mul(Seconds::DAY);
    let terms = DelegateTerms {
        legal_basis: options.legal_basis,
        until: Some(hub.clock.now().plus(days)),
        lost: options.lost,
        last_good: options.last_good,
    };
    let done = hub.delegate(&opened, &terms).await?;
    let request = RequestShown::of(&opened, done.before.as_ref());
    print(json, &Shown::of(&done, Some(request)), |shown| {
        let mut lines: Vec<String> = shown.request.iter().map(said).collect();
        let until = shown.valid_until.map_or_else(|| "for ever".into(), day);
        lines.push(format!(
            "{} may speak until {until}, epoch {}, after version {}; version {} of {} says so",
            shown.place, shown.epoch, shown.after_version, shown.version, shown.parent
        ));
        lines.join("\n")
    })
}

#[derive(Serialize)]
struct Handed {
    request: RequestShown,
    by: PlaceId,
    /// Version of its feed that says so.
    version: u64,
}

pub async fn hand_over(dir: &Path, options: HandOver, json: bool) -> anyhow::Result<()> {
    let opened = read(&options.request)?;
    let hub = Hub::open(dir).await?;
    let published = hub.hand_over(&opened, &options.by).await?;
    let handed = Handed {
        request: RequestShown::of(&opened, None),
        by: options.by,
        version: published.version,
    };
    print(json, &handed, |handed| {
        let parent = handed.request.parent.as_ref();
        format!(
            "{}\n{} says in version {} that {} now stands below {}",
            said(&handed.request),
            handed.by,
            handed.version,
            handed.request.place,
            parent.map_or("nobody", PlaceId::as_str)
        )
    })
}

pub async fn revoke(dir: &Path, options: Revoke, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let done = hub
        .revoke(&options.place, options.last_good, options.reason)
        .await?;
    print(json, &Shown::of(&done, None), |shown| {
        format!(
            "{} may speak no more; what it said after version {} does not count. Version {} of {} says so.\n\
             When the place has new keys: keys request there, keys delegate here.",
            shown.place, shown.after_version, shown.version, shown.parent
        )
    })
}
