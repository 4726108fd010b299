//! `keys rotate`.

use std::path::Path;

use bantin_model::feed::DelegateTerms;
use bantin_model::time::Seconds;
use serde_json::json;

use super::Rotate;
use super::show::grouped;
use crate::Hub;
use crate::cli::output::print;

pub async fn rotate(dir: &Path, command: Rotate, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    match command {
        Rotate::Agency { place, stolen } => {
            let version = hub.rotate_agency(&place, stolen).await?;
            let keys = hub.keys_of(&place)?;
            let retired: Vec<_> = keys.retired.iter().map(|old| old.id()).collect();
            let value = json!({
                "place": place, "version": version, "agency_key": keys.agency.id(), "retired": retired,
            });
            print(json, &value, |_| {
                format!(
                    "{place}: letters are sealed to {} from version {version} on; {} older keys go on \
                     opening theirs. Make a new backup of the keys.",
                    keys.agency.id(),
                    retired.len()
                )
            })
        }
        Rotate::Node {
            place,
            legal_basis,
            days,
        } => {
            let now = hub.clock.now();
            let until = days.map(|days| now.plus(days.saturating_mul(Seconds::DAY)));
            let terms = DelegateTerms {
                legal_basis,
                until,
                ..DelegateTerms::default()
            };
            let (done, _) = hub.rotate_node(&place, &terms).await?;
            let fingerprint = grouped(&done.grant.keys.fingerprint(&place));
            let value = json!({
                "place": place, "parent": done.parent, "fingerprint": fingerprint,
                "epoch": done.grant.epoch, "valid_until": done.grant.valid.until,
            });
            print(json, &value, |_| {
                format!(
                    "{place} speaks with new keys: {fingerprint}. Make a new backup of the keys."
                )
            })
        }
    }
}
