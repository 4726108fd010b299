//! Which delegation follows which: first keys, longer validity, other keys, a new life, none any more.
//!
//! What the place above publishes must leave phones exactly one way on: an orderly change keeps the
//! feed's life (epoch), everything else begins a new one and names the last version that counts.

use super::OpenedKeyRequest;
use crate::record::Delegation;
use crate::time::{Seconds, Validity};

/// What the place above decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DelegateTerms {
    /// Decision or law it rests on.
    pub legal_basis: String,
    /// When it ends; none = no end set.
    pub until: Option<Seconds>,
    /// The old feed key is lost or stolen: begin a new life although it does not vouch for the new one.
    pub lost: bool,
    /// In a new life: the last version of the old one that counts; none = the newest its hub holds.
    pub last_good: Option<u64>,
}

/// Why no delegation follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DelegateError {
    /// Another feed key, and the present one does not vouch for it.
    #[error(
        "the feed key is another one and the present key has not signed the request: \
         only if that key is lost or stolen may a new life of the feed be begun"
    )]
    NotVouched,
    /// The feed key was revoked, or is the one that is said to be lost.
    #[error("this feed key was revoked or is said to be lost: the place needs a new one")]
    Revoked,
    /// No version or life could follow.
    #[error("after this version or epoch no other could follow")]
    AtTheEnd,
    /// It would end before it begins.
    #[error("it would end before it begins")]
    Times,
}

impl Delegation {
    /// What the place above publishes in answer to `request`; `before` is what it published last.
    pub fn answering(
        before: Option<&Self>,
        request: &OpenedKeyRequest,
        terms: &DelegateTerms,
    ) -> Result<Self, DelegateError> {
        let asked = &request.request;
        let silent = before.filter(|old| old.is_revoked());
        let same = before.is_some_and(|old| old.keys.feed == asked.keys.feed);
        if same && (terms.lost || silent.is_some()) {
            return Err(DelegateError::Revoked);
        }
        // A revoked key vouches for nothing; that a new one follows was decided with the revocation.
        let vouched = before.is_none_or(|old| same || request.vouched_by(&old.keys.feed));
        if !vouched && !terms.lost && silent.is_none() {
            return Err(DelegateError::NotVouched);
        }
        let anew = terms.lost || silent.is_some() || asked.anew;
        // A place that comes from elsewhere brings its life along: phones have seen that epoch.
        let held = before.map_or(1, |old| old.epoch).max(asked.epoch);
        let last = silent.map_or(asked.version, |old| old.after_version);
        let (epoch, after_version) = match before {
            _ if anew => (next_epoch(held)?, terms.last_good.unwrap_or(last)),
            Some(old) if old.epoch == held => (held, old.after_version),
            _ => (held, 0),
        };
        let from = match before {
            Some(old) if old.keys.feed == asked.keys.feed && !anew => old.valid.from,
            _ => asked.from,
        };
        let next = Self {
            place: asked.info.id.clone(),
            keys: asked.keys,
            epoch,
            after_version,
            legal_basis: terms.legal_basis.clone(),
            valid: Validity {
                from,
                until: terms.until,
            },
        };
        next.in_order()
    }

    /// Takes the feed key its right to speak: nothing signed with it counts any more, whatever
    /// version it names. `last_good` is the last version that was honest.
    pub fn revoked(&self, last_good: u64, now: Seconds) -> Result<Self, DelegateError> {
        let next = Self {
            epoch: next_epoch(self.epoch)?,
            after_version: last_good,
            // Covers no moment at all.
            valid: Validity {
                from: now,
                until: Some(now),
            },
            ..self.clone()
        };
        if next.after_version == u64::MAX {
            return Err(DelegateError::AtTheEnd);
        }
        Ok(next)
    }

    /// Whether it lets nobody speak.
    pub fn is_revoked(&self) -> bool {
        self.valid
            .until
            .is_some_and(|until| until <= self.valid.from)
    }

    fn in_order(self) -> Result<Self, DelegateError> {
        if self.after_version == u64::MAX {
            return Err(DelegateError::AtTheEnd);
        }
        if self.is_revoked() {
            return Err(DelegateError::Times);
        }
        Ok(self)
    }
}

fn next_epoch(epoch: u32) -> Result<u32, DelegateError> {
    epoch.checked_add(1).ok_or(DelegateError::AtTheEnd)
}
