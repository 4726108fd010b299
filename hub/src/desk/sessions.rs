//! Who is signed in. Kept in memory, so that a stopped hub has signed everybody out; of a token only
//! the hash is kept.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bantin_hub_store::OfficerRow;
use bantin_model::id::Hash;
use bantin_model::time::Seconds;

use crate::chance;

/// A session ends after so long without a request, in seconds.
const IDLE_S: u64 = 30 * 60;
/// A session ends after so long in any case, in seconds.
pub(super) const WHOLE_S: u64 = 10 * 3600;
/// Sessions at once; the one unused for longest makes room.
const SESSIONS_MAX: usize = 4096;

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Session {
    /// Sign-in name.
    pub(super) login: String,
    /// The password it began with, by the hash of its stored form: a new password ends old sessions.
    password: Hash,
    started: Seconds,
    used: Seconds,
}

impl Session {
    /// When it ends unless used.
    pub(super) fn until(&self) -> Seconds {
        self.used.plus(IDLE_S).min(self.started.plus(WHOLE_S))
    }

    /// Whether it is this officer's, as they are now.
    pub(super) fn is_of(&self, officer: &OfficerRow) -> bool {
        officer.disabled_at.is_none() && self.password == Hash::of(officer.password_hash.as_bytes())
    }
}

/// Sessions by the hash of their token.
#[derive(Default)]
pub(super) struct Sessions(Mutex<BTreeMap<Hash, Session>>);

impl Sessions {
    fn all(&self) -> MutexGuard<'_, BTreeMap<Hash, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a session; its token.
    pub(super) fn begin(&self, officer: &OfficerRow, now: Seconds) -> ([u8; 32], Session) {
        let token: [u8; 32] = chance::bytes();
        let session = Session {
            login: officer.login.clone(),
            password: Hash::of(officer.password_hash.as_bytes()),
            started: now,
            used: now,
        };
        let mut all = self.all();
        all.retain(|_, session| now < session.until());
        if all.len() >= SESSIONS_MAX {
            let oldest = all
                .iter()
                .min_by_key(|(_, session)| session.used)
                .map(|(hash, _)| *hash);
            oldest.and_then(|hash| all.remove(&hash));
        }
        all.insert(Hash::of(&token), session.clone());
        (token, session)
    }

    /// The session of a token, used now.
    pub(super) fn of(&self, token: &[u8; 32], now: Seconds) -> Option<Session> {
        let mut all = self.all();
        let hash = Hash::of(token);
        let session = all.get_mut(&hash)?;
        if now >= session.until() {
            all.remove(&hash);
            return None;
        }
        session.used = session.used.max(now);
        Some(session.clone())
    }

    /// Ends a session.
    pub(super) fn end(&self, token: &[u8; 32]) {
        self.all().remove(&Hash::of(token));
    }
}
