//! Changing key files. The new file is there and durable before the old one goes.

use std::path::Path;

use bantin_model::id::PlaceId;
use bantin_model::sign::SecretKey;

use super::ring::{file_of, new_agency, write_agency, write_feed, write_receipt};
use super::{Keys, NextKeys, PlaceKeys};
use crate::chance;
use crate::disk::sync_dir;

impl Keys {
    /// Makes the next node keys of a place; those made before and not yet let speak stay.
    pub fn prepare_next(dir: &Path, place: &PlaceId, held: &PlaceKeys) -> anyhow::Result<NextKeys> {
        if let Some(next) = &held.next {
            return Ok(next.clone());
        }
        let next = NextKeys {
            feed: SecretKey::generate(&mut chance::rng()),
            receipt: SecretKey::generate(&mut chance::rng()),
        };
        let feed = file_of(dir, place, "feed.next");
        let receipt = file_of(dir, place, "receipt.next");
        // A feed key alone is what an earlier try left; nobody has been asked to let it speak.
        if feed.exists() && !receipt.exists() {
            std::fs::remove_file(&feed)?;
        }
        write_feed(&feed, &next.feed)?;
        write_receipt(&receipt, &next.receipt)?;
        Ok(next)
    }

    /// Gives an agency new keys; the present ones are kept as retired, to open what is sealed to them.
    pub fn renew_agency(dir: &Path, place: &PlaceId, held: &PlaceKeys) -> anyhow::Result<()> {
        let old = &held.agency;
        let retired = file_of(dir, place, &format!("agency.retired-{}", old.id()));
        if !retired.exists() {
            write_agency(&retired, old)?;
        }
        let next = file_of(dir, place, "agency.next");
        if next.exists() {
            // Left by a try that was cut short; nobody has heard of these keys.
            std::fs::remove_file(&next)?;
        }
        write_agency(&next, &new_agency())?;
        std::fs::rename(next, file_of(dir, place, "agency"))?;
        Ok(sync_dir(dir)?)
    }

    /// Puts the next feed key in the place of the present one, which is gone then. The next pair
    /// stays one that waits until [`Self::promote_receipt`]: after a cut it is begun again.
    pub fn promote_feed(dir: &Path, place: &PlaceId) -> anyhow::Result<()> {
        let next = file_of(dir, place, "feed.next");
        if next.exists() {
            std::fs::rename(next, file_of(dir, place, "feed"))?;
        }
        Ok(sync_dir(dir)?)
    }

    /// Puts the next receipt key in the place of the present one: the end of a rotation.
    pub fn promote_receipt(dir: &Path, place: &PlaceId) -> anyhow::Result<()> {
        let next = file_of(dir, place, "receipt.next");
        std::fs::rename(next, file_of(dir, place, "receipt"))?;
        Ok(sync_dir(dir)?)
    }
}
