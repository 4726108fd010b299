//! Who came, and how much each took or left today. Kept in memory only: who asks whom for news is nobody
//! else's business.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bantin_model::time::Seconds;

use crate::limits::Limits;

/// All guests since the start.
pub(crate) struct Guests {
    limits: Limits,
    all: Mutex<All>,
}

#[derive(Default)]
struct All {
    by: BTreeMap<IpAddr, Guest>,
    connections: usize,
    seen: u64,
    given: u64,
}

#[derive(Clone, Copy, Default)]
struct Guest {
    day: u64,
    given: u64,
    taken: u64,
    letters: u32,
    connections: usize,
    last: Seconds,
}

/// A connection's place; it is free again when this is dropped.
pub(crate) struct Seat {
    guests: Arc<Guests>,
    guest: IpAddr,
}

impl Guests {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            all: Mutex::default(),
        }
    }

    fn all(&self) -> MutexGuard<'_, All> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a connection; none if there are too many.
    pub(crate) fn seat(self: &Arc<Self>, guest: IpAddr, now: Seconds) -> Option<Seat> {
        let mut all = self.all();
        if all.connections >= self.limits.connections_max {
            return None;
        }
        let known = all.of(guest, now, &self.limits)?;
        if known.connections >= self.limits.connections_guest_max {
            return None;
        }
        known.connections += 1;
        all.connections += 1;
        Some(Seat {
            guests: Arc::clone(self),
            guest,
        })
    }

    /// Whether the guest may have `bytes` more today; counts them if so.
    pub(crate) fn give(&self, guest: IpAddr, bytes: u64, now: Seconds) -> bool {
        let mut all = self.all();
        let Some(known) = all.of(guest, now, &self.limits) else {
            return false;
        };
        let after = known.given.saturating_add(bytes);
        if after > self.limits.given_guest_bytes_max {
            return false;
        }
        known.given = after;
        all.given = all.given.saturating_add(bytes);
        true
    }

    /// Whether the guest may leave `bytes` and `letters` more today; counts them if so.
    pub(crate) fn take(&self, guest: IpAddr, bytes: u64, letters: u32, now: Seconds) -> bool {
        let mut all = self.all();
        let Some(known) = all.of(guest, now, &self.limits) else {
            return false;
        };
        let after = known.taken.saturating_add(bytes);
        let count = known.letters.saturating_add(letters);
        let fits =
            after <= self.limits.taken_guest_bytes_max && count <= self.limits.letters_guest_max;
        if fits {
            (known.taken, known.letters) = (after, count);
        }
        fits
    }

    /// Guests since the start, and bytes given to them.
    pub(crate) fn tally(&self) -> (u64, u64) {
        let all = self.all();
        (all.seen, all.given)
    }
}

impl All {
    /// The guest's account of today. Who came longest ago is forgotten for a newcomer; nobody who is
    /// still connected is.
    fn of(&mut self, guest: IpAddr, now: Seconds, limits: &Limits) -> Option<&mut Guest> {
        if !self.by.contains_key(&guest) {
            if self.by.len() >= limits.guests_max {
                let idle = self.by.iter().filter(|(_, known)| known.connections == 0);
                let oldest = idle
                    .min_by_key(|(_, known)| known.last)
                    .map(|(ip, _)| *ip)?;
                self.by.remove(&oldest);
            }
            self.seen += 1;
        }
        let known = self.by.entry(guest).or_default();
        let day = now.0 / Seconds::DAY;
        if known.day != day {
            *known = Guest {
                day,
                connections: known.connections,
                ..Guest::default()
            };
        }
        known.last = now;
        Some(known)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut all = self.guests.all();
        all.connections = all.connections.saturating_sub(1);
        if let Some(known) = all.by.get_mut(&self.guest) {
            known.connections = known.connections.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const MAI: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 168, 1, 7));
    const THU: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 168, 1, 8));
    const NOW: Seconds = Seconds(1_800_000_000);

    fn guests() -> Arc<Guests> {
        Arc::new(Guests::new(Limits {
            connections_max: 3,
            connections_guest_max: 2,
            given_guest_bytes_max: 100,
            taken_guest_bytes_max: 50,
            letters_guest_max: 2,
            guests_max: 2,
            ..Limits::default()
        }))
    }

    #[test]
    fn one_guest_cannot_take_all_places() {
        let guests = guests();
        let first = guests.seat(MAI, NOW).unwrap();
        let _second = guests.seat(MAI, NOW).unwrap();
        assert!(guests.seat(MAI, NOW).is_none(), "two are enough for one");
        let _thu = guests.seat(THU, NOW).unwrap();
        assert!(guests.seat(THU, NOW).is_none(), "three are enough for all");
        drop(first);
        assert!(guests.seat(THU, NOW).is_some(), "a place is free again");
        assert_eq!(guests.tally().0, 2, "two people came");
    }

    #[test]
    fn a_day_has_its_measure() {
        let guests = guests();
        assert!(guests.give(MAI, 100, NOW), "as much as allowed");
        assert!(!guests.give(MAI, 1, NOW), "not a byte more");
        assert!(guests.give(THU, 1, NOW), "Thu has her own measure");
        assert!(guests.take(MAI, 10, 1, NOW), "a letter");
        assert!(!guests.take(MAI, 41, 0, NOW), "too many bytes");
        assert!(
            guests.take(MAI, 40, 1, NOW),
            "what did not fit was not counted"
        );
        assert!(!guests.take(MAI, 0, 1, NOW), "too many letters");
        let tomorrow = NOW.plus(Seconds::DAY);
        assert!(guests.give(MAI, 100, tomorrow), "a new day");
        assert_eq!(guests.tally().1, 201, "bytes given, to all, on all days");
    }

    #[test]
    fn a_crowd_of_addresses_does_not_fill_the_memory() {
        let guests = guests();
        let _mai = guests.seat(MAI, NOW).unwrap();
        for last in 0..200u8 {
            guests.give([10, 0, 0, last].into(), 1, NOW.plus(u64::from(last)));
        }
        assert_eq!(guests.all().by.len(), 2, "as many as are remembered");
        assert!(guests.all().by.contains_key(&MAI), "who is here stays");
    }
}
