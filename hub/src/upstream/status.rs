//! How it stands with the hub above, for the operator.

use bantin_model::time::Seconds;
use serde::Serialize;

use crate::Hub;
use crate::failure::Result;

/// A letter that waited this long for the hub above needs the operator, in seconds.
const WAITING_S: u64 = 3 * Seconds::DAY;

/// The state of a hub below another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Address of the hub above.
    pub url: String,
    /// This hub's own place.
    pub own: String,
    /// The place above.
    pub above: String,
    /// The mirrored places from the top down, each with epoch and version.
    pub mirrored: Vec<(String, u32, u64)>,
    /// When the hub above last answered, in seconds since 1970; 0 = never.
    pub answered_at: u64,
    /// When the newest mirrored head was signed, in seconds since 1970; 0 = none is here.
    pub newest_signed_at: u64,
    /// The place above lets our own speak, and phones believe our heads.
    pub lets_speak: bool,
    /// Letters that wait for the hub above.
    pub letters_waiting: u64,
    /// When the oldest of them was accepted here, in seconds since 1970; 0 = none waits.
    pub oldest_waiting_at: u64,
    /// Letters that the hub above has.
    pub letters_carried: u64,
    /// Letters that the hub above refused for good.
    pub letters_refused: u64,
}

impl Hub {
    /// How it stands; none if no hub above is set.
    pub async fn upstream_status(&self) -> Result<Option<Status>> {
        let Some(upstream) = &self.config.upstream else {
            return Ok(None);
        };
        let (own, above) = self.place_above().await?;
        let feeds = self.store.mirror_feeds().await?;
        let state = self.store.mirror_state().await?;
        let count = self.store.carried_count().await?;
        let row = self.store.feed(&own).await?;
        let mirror = self.above().await?;
        let speaks = match (mirror, row, self.keys.of(&own)) {
            (Some(mirror), Some(row), Some(keys)) => mirror.lets_speak(&row, &keys.feed.public()),
            _ => false,
        };
        let mirrored = feeds.iter().map(|feed| {
            let (epoch, version) = feed.known.order;
            (feed.place.to_string(), epoch, version)
        });
        Ok(Some(Status {
            url: upstream.url.clone(),
            own: own.to_string(),
            above: above.to_string(),
            mirrored: mirrored.collect(),
            answered_at: state.checked_at.0,
            newest_signed_at: self.newest_above().await?.unwrap_or_default().0,
            lets_speak: speaks,
            letters_waiting: count.waiting,
            oldest_waiting_at: count.oldest.unwrap_or_default().0,
            letters_carried: count.carried,
            letters_refused: count.refused,
        }))
    }
}

impl Status {
    /// What needs the operator, in words.
    pub fn faults(&self, now: Seconds) -> Vec<String> {
        let mut faults = Vec::new();
        if self.answered_at == 0 {
            faults.push(format!("upstream: {} has never answered", self.url));
        } else if now.since(Seconds(self.answered_at)) > Seconds::DAY {
            faults.push(format!("upstream: {} has not answered for a day", self.url));
        }
        if !self.lets_speak {
            faults.push(format!(
                "upstream: {} does not let {} speak with the keys of this hub: phones do not \
                 believe its heads",
                self.above, self.own
            ));
        }
        let waits = now.since(Seconds(self.oldest_waiting_at));
        if self.letters_waiting > 0 && waits > WAITING_S {
            faults.push(format!(
                "upstream: {} letters wait to be carried up, the oldest for {} days",
                self.letters_waiting,
                waits / Seconds::DAY
            ));
        }
        if self.letters_refused > 0 {
            faults.push(format!(
                "upstream: {} letters were refused by the hub above for good",
                self.letters_refused
            ));
        }
        faults
    }
}
