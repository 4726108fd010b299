//! Wrong passwords: after so many a name has to wait, and so has an address, whoever tries and whether
//! or not the name exists. Everybody else goes on.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bantin_model::time::Seconds;

/// Wrong passwords for one name before it waits.
pub(super) const NAME_TRIES: u32 = 20;
/// Wrong passwords from one address before it waits; a whole office may share one.
const ADDRESS_TRIES: u32 = 200;
/// The first wait in seconds; each further wrong password doubles it.
const WAIT_S: u64 = 60;
/// The longest wait, in seconds.
const WAIT_MAX_S: u64 = 15 * 60;
/// Wrong passwords are forgotten after so long without one, in seconds.
const FORGET_S: u64 = 3600;
/// Names and addresses remembered; the longest without a try makes room.
const REMEMBERED_MAX: usize = 16_384;

/// Characters of a name that are remembered: no officer's is longer.
const NAME_CHARS_MAX: usize = 100;

/// Whom a count is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whom {
    /// A sign-in name, known or not.
    Name(String),
    /// Where requests come from.
    Address(IpAddr),
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    wrong: u32,
    last: Seconds,
    wait_until: Seconds,
}

impl Count {
    fn add(&mut self, allowed: u32, now: Seconds) {
        if now.since(self.last) > FORGET_S {
            self.wrong = 0;
        }
        self.wrong = self.wrong.saturating_add(1);
        self.last = now;
        if self.wrong >= allowed {
            let doublings = (self.wrong - allowed).min(10);
            self.wait_until = now.plus((WAIT_S << doublings).min(WAIT_MAX_S));
        }
    }
}

/// Counts of wrong passwords.
#[derive(Default)]
pub(super) struct Tries(Mutex<BTreeMap<Whom, Count>>);

impl Tries {
    fn all(&self) -> MutexGuard<'_, BTreeMap<Whom, Count>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a try: counted as wrong until [`Self::right`] says otherwise, so that many at once are
    /// counted too. `Err` is the number of seconds to wait.
    pub(super) fn begin(
        &self,
        login: &str,
        address: Option<IpAddr>,
        now: Seconds,
    ) -> Result<(), u64> {
        let mut all = self.all();
        let whom = whom(login, address);
        for (one, _) in &whom {
            let until = all.get(one).map_or(Seconds(0), |count| count.wait_until);
            if now < until {
                return Err(until.since(now));
            }
        }
        for (one, allowed) in whom {
            make_room(&mut all, now);
            all.entry(one).or_default().add(allowed, now);
        }
        Ok(())
    }

    /// The password was right: the name begins anew, and the address has one try back.
    pub(super) fn right(&self, login: &str, address: Option<IpAddr>) {
        let mut all = self.all();
        for (one, allowed) in whom(login, address) {
            match &one {
                Whom::Name(_) => {
                    all.remove(&one);
                }
                Whom::Address(_) => {
                    if let Some(count) = all.get_mut(&one) {
                        count.wrong = count.wrong.saturating_sub(1);
                        if count.wrong < allowed {
                            count.wait_until = Seconds(0);
                        }
                    }
                }
            }
        }
    }
}

fn whom(login: &str, address: Option<IpAddr>) -> Vec<(Whom, u32)> {
    let name = (
        Whom::Name(login.chars().take(NAME_CHARS_MAX).collect()),
        NAME_TRIES,
    );
    let address = address.map(|address| (Whom::Address(address), ADDRESS_TRIES));
    [Some(name), address].into_iter().flatten().collect()
}

fn make_room(all: &mut BTreeMap<Whom, Count>, now: Seconds) {
    if all.len() < REMEMBERED_MAX {
        return;
    }
    all.retain(|_, count| now < count.wait_until || now.since(count.last) <= FORGET_S);
    // Whoever floods us with names must not thereby free a name that waits.
    let oldest = all
        .iter()
        .min_by_key(|(_, count)| (count.wait_until, count.last));
    if all.len() >= REMEMBERED_MAX
        && let Some(one) = oldest.map(|(one, _)| one.clone())
    {
        all.remove(&one);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_waits_and_others_do_not() {
        let tries = Tries::default();
        let now = Seconds(1_000_000);
        for turn in 1..=NAME_TRIES {
            assert!(
                tries.begin("hanh", None, now).is_ok(),
                "try {turn} is looked at"
            );
        }
        assert_eq!(
            tries.begin("hanh", None, now),
            Err(WAIT_S),
            "then the name waits a minute"
        );
        assert!(
            tries.begin("lam", None, now).is_ok(),
            "Lâm signs in as ever"
        );
        let later = now.plus(WAIT_S);
        assert!(
            tries.begin("hanh", None, later).is_ok(),
            "afterwards one more try is looked at"
        );
        assert_eq!(
            tries.begin("hanh", None, later),
            Err(2 * WAIT_S),
            "and the next wait is longer"
        );
        let much_later = later.plus(2 * WAIT_S);
        tries.begin("hanh", None, much_later).unwrap();
        tries.right("hanh", None);
        assert!(
            tries.begin("hanh", None, much_later).is_ok(),
            "the right password ends it"
        );
    }

    #[test]
    fn an_address_that_tries_every_name_waits_too() {
        let tries = Tries::default();
        let (now, from) = (Seconds(1_000_000), "192.0.2.7".parse().ok());
        for turn in 0..ADDRESS_TRIES {
            assert!(
                tries.begin(&format!("name{turn}"), from, now).is_ok(),
                "each name is new"
            );
        }
        assert!(
            tries.begin("hanh", from, now).is_err(),
            "but the address is not"
        );
        let office = "192.0.2.8".parse().ok();
        assert!(
            tries.begin("hanh", office, now).is_ok(),
            "from elsewhere Hạnh signs in"
        );
    }

    #[test]
    fn a_flood_of_names_neither_grows_for_ever_nor_frees_a_waiting_name() {
        let tries = Tries::default();
        let now = Seconds(1_000_000);
        for _ in 0..NAME_TRIES {
            tries.begin("hanh", None, now).unwrap();
        }
        for turn in 0..REMEMBERED_MAX + 10 {
            tries.begin(&format!("x{turn}"), None, now).unwrap();
        }
        assert!(tries.all().len() <= REMEMBERED_MAX, "memory stays bounded");
        assert!(
            tries.begin("hanh", None, now).is_err(),
            "and Hạnh's name still waits"
        );
    }
}
