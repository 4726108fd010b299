//! One look at the hub above: letters up, feeds down, mail down, then pictures and sound.

use std::sync::Arc;

use bantin_model::feed::Known;
use bantin_model::letter::LetterId;
use bantin_model::sync::{Trouble, next_sync_after_s};
use bantin_model::time::Seconds;
use serde::Serialize;

use super::drive::LETTERS_MAX;
use super::link::{Link, LinkError};
use crate::Hub;
use crate::failure::{HubError, Result};
use crate::feed::Settled;

/// Doublings of the pause between looks, from half a minute to a quarter of an hour.
const FAILURES_MAX: u32 = 5;
/// A letter that went nowhere waits at least this long, in seconds.
const LETTER_PAUSE_S: u64 = 60;

/// What a look came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pass {
    /// Records put or removed in mirrored feeds.
    pub records: u32,
    /// Letters that the hub above has accepted.
    pub letters: u32,
    /// Entries of mailboxes that were new.
    pub mail: u32,
    /// Letters that came down.
    pub passed: u32,
    /// Pictures and sounds fetched.
    pub blobs: u32,
    /// What went wrong, the most important first; empty if all went well.
    pub troubles: Vec<String>,
}

impl Hub {
    /// Looks at the hub above once. One look at a time in this process.
    pub async fn look_up(self: &Arc<Self>) -> Result<Pass> {
        let none =
            || HubError::Broken("no hub above is set: `bantin-hub upstream set LINK`".into());
        let upstream = self.config.upstream.clone().ok_or_else(none)?;
        let link = Link::new(&upstream.url).map_err(|e| HubError::Broken(format!("{e:#}")))?;
        let _turn = self.looking.lock().await;
        let mut pass = Pass::default();
        self.heal(&link).await?;
        let (tried, summary) = self.session(&upstream, &link).await?;
        pass.records = summary.records_changed;
        pass.letters = summary.letters_accepted;
        let troubles = summary.troubles.iter();
        pass.troubles = troubles.map(|trouble| format!("{trouble:?}")).collect();
        self.speak_again().await?;
        let here = |trouble: &Trouble| matches!(trouble, Trouble::Other | Trouble::NotGenuine);
        if summary.troubles.iter().any(here) {
            // The line is there and something about a letter is not in order: it makes room for others.
            self.wait_with(&tried).await?;
        }
        let cut = summary.troubles.contains(&Trouble::Offline);
        if !cut {
            let brought = self.bring_carried_mail(&upstream, &link).await;
            note(brought, &mut pass.mail, &mut pass.troubles);
        }
        if !cut && !summary.troubles.contains(&Trouble::Resting) {
            let passed = self.ask_below(&link).await;
            note(passed, &mut pass.passed, &mut pass.troubles);
        }
        if !cut {
            let fetched = self.mirror_blobs(&upstream, &link).await;
            note(fetched, &mut pass.blobs, &mut pass.troubles);
        }
        Ok(pass)
    }

    /// Seconds until the next look after `failures` failed ones in a row.
    pub fn next_look_s(&self, failures: u32) -> u64 {
        let every = self.config.upstream.as_ref().map_or(0, |up| up.every_s);
        match failures {
            0 => every.max(1),
            _ => next_sync_after_s(failures.min(FAILURES_MAX), &mut crate::chance::rng()),
        }
    }

    /// Segments that a mirrored head lists and whose file is gone are fetched again.
    async fn heal(&self, link: &Link) -> Result<()> {
        for feed in self.store.mirror_feeds().await? {
            for segment in &feed.segments {
                let meta = tokio::fs::metadata(self.disk.segment(&segment.hash)).await;
                if meta.is_ok_and(|meta| meta.len() == segment.bytes) {
                    continue;
                }
                match self
                    .mirror_segment(link, &segment.hash, segment.bytes)
                    .await
                {
                    Ok(_) => {
                        tracing::warn!(segment = %segment.hash, "a lost segment is here again")
                    }
                    Err(LinkError::Here(error)) => return Err(error),
                    Err(LinkError::Offline) => return Ok(()),
                    Err(error) => {
                        tracing::warn!(segment = %segment.hash, %error, "a segment is lost")
                    }
                }
            }
        }
        Ok(())
    }

    /// Letters that were tried and went nowhere wait, the longer the older they are.
    async fn wait_with(&self, tried: &[LetterId]) -> Result<()> {
        let now = self.clock.now();
        let waiting = self.store.to_carry(now, LETTERS_MAX).await?;
        for letter in waiting.iter().filter(|letter| tried.contains(&letter.id)) {
            let age = now.since(letter.accepted_at);
            let pause = (age / 16).clamp(LETTER_PAUSE_S, 3600);
            let next = now.plus(pause);
            self.store.carry_later(&[letter.id], next).await?;
        }
        Ok(())
    }

    /// Follows what the place above has decided about our own: other keys, a new life. A delegation
    /// that begins after our head was signed counts from a new signature on.
    async fn speak_again(&self) -> Result<()> {
        let Some(grant) = self.above().await?.and_then(|above| above.grant()) else {
            return Ok(());
        };
        let settled = self.settle(&grant).await;
        let settled = settled.map_err(|error| HubError::Broken(format!("{error:#}")))?;
        if settled != Settled::AsBefore {
            tracing::info!(place = %grant.place, ?settled, "the place above has decided");
        }
        let Some(row) = self.store.feed(&grant.place).await? else {
            return Ok(());
        };
        let now = self.clock.now();
        let late = grant.valid.covers(now) && !grant.valid.covers(row.issued_at);
        let ours = self.keys_of(&grant.place)?.node() == grant.keys;
        if ours && late && grant.epoch == row.epoch && row.version > 0 {
            self.sign_head(&row).await?;
        }
        Ok(())
    }

    /// When the newest mirrored head was signed.
    pub(super) async fn newest_above(&self) -> Result<Option<Seconds>> {
        let feeds = self.store.mirror_feeds().await?;
        let signed = |known: &Known| known.issued_at;
        Ok(feeds.iter().map(|feed| signed(&feed.known)).max())
    }
}

/// Counts what came, or notes why it did not.
fn note(done: std::result::Result<u32, LinkError>, count: &mut u32, troubles: &mut Vec<String>) {
    match done {
        Ok(more) => *count += more,
        Err(error) => {
            tracing::warn!(%error, "the look at the hub above was not finished");
            troubles.push(error.to_string());
        }
    }
}
