//! Data and battery in a browser: bytes by day and kind, what waits, and room for pictures and sound. A
//! browser tells nothing of the headers it adds, so they are not counted; and what it fetches comes as a
//! whole, so a text may pass a budget by its own size.

use std::collections::BTreeMap;
use std::rc::Rc;

use bantin_model::budget::{DataKind, Holds, Limits, Spent, Surroundings, Wish, judge, used_up};
use bantin_model::conversation::Date;
use bantin_model::id::Hash;
use bantin_model::sync::Trouble;
use bantin_wire::ipc::data::{DAYS_SHOWN, DataUse, DayUse, Waiting};
use bantin_wire::ipc::device::SyncOutcome;
use bantin_wire::{Code, Failure};
use serde::{Deserialize, Serialize};

use super::save::state;
use super::{Engine, store_failure};
use crate::host::{Change, Durability, Host, Lock, StoreError, Table};
use crate::private::{self, key};

/// Room for pictures and sound where the person chose none.
const MEDIA_MOST_BYTES: u64 = 256 << 20;

/// What this tab counted, heard and left for later.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// Bytes moved that the counters do not have yet.
    moved: BTreeMap<DataKind, u64>,
    around: Surroundings,
    everything: bool,
    later: Option<Waiting>,
}

/// A blob in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MediaRow {
    bytes: u64,
    used_at: u64,
}

impl<H: Host> Engine<H> {
    /// Bytes went over the line.
    pub(crate) fn count(&self, kind: DataKind, bytes: u64) {
        let mut meter = self.meter.borrow_mut();
        let moved = meter.moved.entry(kind).or_default();
        *moved = moved.saturating_add(bytes);
    }

    /// Adds what was moved to the counters.
    pub(crate) async fn count_traffic(&self) -> Result<(), StoreError> {
        let moved = std::mem::take(&mut self.meter.borrow_mut().moved);
        if moved.is_empty() {
            return Ok(());
        }
        let today = self.today();
        // Another tab may have counted meanwhile.
        let kept = private::state(&self.host, key::SPENDING).await?;
        let mut spending = kept.unwrap_or_else(|| self.private.borrow().spending.clone());
        for (kind, bytes) in &moved {
            spending.add(today, *kind, *bytes);
        }
        self.private.borrow_mut().spending = spending.clone();
        let rows = vec![
            state(key::SPENDING, &spending),
            state(key::MEDIA, &*self.media.borrow()),
        ];
        self.host.commit(rows, Durability::Relaxed).await
    }

    /// Nothing counted or told is of the person who was here.
    pub(crate) fn forget_meter(&self) {
        *self.meter.borrow_mut() = Meter::default();
        self.media.borrow_mut().clear();
    }

    pub(crate) fn spent(&self) -> Spent {
        let kept = self.private.borrow().spending.spent(self.today());
        let moved: u64 = self.meter.borrow().moved.values().sum();
        Spent {
            today: kept.today.saturating_add(moved),
            month: kept.month.saturating_add(moved),
        }
    }

    /// Whether something may begin.
    pub(crate) fn may_begin(&self, kind: DataKind, bytes: u64, asked: bool) -> Result<(), Holds> {
        let meter = self.meter.borrow();
        let wish = match meter.everything {
            true => Wish::Everything,
            false => Wish::of(asked),
        };
        let (around, limits) = (meter.around, self.private.borrow().limits);
        drop(meter);
        judge(kind, bytes, wish, &limits, self.spent(), &around)
    }

    /// Whether a text may begin; else it is remembered as waiting.
    pub(crate) fn may_fetch_text(&self, bytes: u64) -> Result<(), Trouble> {
        let Err(why) = self.may_begin(DataKind::Text, bytes, false) else {
            return Ok(());
        };
        let mut meter = self.meter.borrow_mut();
        let later = meter.later.get_or_insert(Waiting {
            kind: DataKind::Text,
            why,
            count: 0,
            bytes: 0,
        });
        later.count += 1;
        later.bytes = later.bytes.saturating_add(bytes);
        Err(Trouble::Saving)
    }

    /// A sync begins: what it leaves is told anew.
    pub(crate) fn begin_counting(&self) {
        self.meter.borrow_mut().later = None;
    }

    /// The budget that is spent, if one is.
    pub(crate) fn holds(&self) -> Option<Holds> {
        let limits = self.private.borrow().limits;
        used_up(&limits, self.spent())
    }

    /// The battery is low, the device saves data, or a budget is spent: ask more rarely.
    pub fn sparing(&self) -> bool {
        let around = self.meter.borrow().around;
        around.spares() || self.holds().is_some()
    }

    pub(crate) async fn data_get(&self) -> Result<DataUse, Failure> {
        // The counters are no reason to show nothing.
        let _ = self.count_traffic().await;
        let (today, spent) = (self.today(), self.spent());
        let media_bytes = self.host.bytes(Table::Blobs).await;
        let private = self.private.borrow();
        let meter = self.meter.borrow();
        let days = private.spending.newest(today, DAYS_SHOWN).into_iter();
        Ok(DataUse {
            limits: private.limits,
            today_bytes: spent.today,
            month_bytes: spent.month,
            month: private.spending.month(today),
            days: days.map(|(day, kinds)| DayUse { day, kinds }).collect(),
            holds: used_up(&private.limits, spent),
            waits: meter.later.into_iter().collect(),
            media_bytes: media_bytes.map_err(store_failure)?,
            media_most_bytes: private.limits.media_bytes.unwrap_or(MEDIA_MOST_BYTES),
            around: meter.around,
        })
    }

    pub(crate) async fn data_set(&self, limits: Limits) -> Result<(), Failure> {
        if let Some((field, bound)) = limits.wrong() {
            return Err(Failure::at(Code::NotAllowed, field).with(bound));
        }
        let only = self.host.lock(Lock::Write).await;
        self.save(vec![state(key::LIMITS, &limits)]).await?;
        drop(only);
        self.make_room(None).await.map_err(store_failure)
    }

    pub(crate) async fn data_fetch(self: &Rc<Self>) -> Result<SyncOutcome, Failure> {
        self.meter.borrow_mut().everything = true;
        // One that runs may have left things for later already.
        let running = self.running.borrow().clone();
        if let Some(running) = running {
            let _ = running.await;
        }
        let went = self.sync().await;
        self.meter.borrow_mut().everything = false;
        went
    }

    pub(crate) async fn data_around(&self, around: Surroundings) -> Result<(), Failure> {
        self.meter.borrow_mut().around = around;
        Ok(())
    }

    /// A blob was opened or heard.
    pub(crate) fn media_used(&self, hash: Hash, bytes: u64) {
        let used_at = self.now().0;
        let row = MediaRow { bytes, used_at };
        self.media.borrow_mut().insert(hash.to_string(), row);
    }

    /// Lets pictures and sound go that have no room, the longest unused first, but not `keep`.
    pub(crate) async fn make_room(&self, keep: Option<Hash>) -> Result<(), StoreError> {
        let chosen = self.private.borrow().limits.media_bytes;
        let most = chosen.unwrap_or(MEDIA_MOST_BYTES);
        let mut rows = Vec::new();
        for name in self.host.keys(Table::Blobs).await? {
            let known = self.media.borrow().get(&name).copied();
            let row = match known {
                Some(row) => row,
                // Kept before there was a list: nobody knows when it was opened.
                None => MediaRow {
                    bytes: self.blob_bytes(&name).await?,
                    used_at: 0,
                },
            };
            rows.push((row.used_at, name, row.bytes));
        }
        rows.sort();
        let mut held: u64 = rows.iter().map(|(_, _, bytes)| bytes).sum();
        let kept = keep.map(|hash| hash.to_string());
        let mut gone = Vec::new();
        for (_, name, bytes) in rows {
            if held > most && kept.as_ref() != Some(&name) {
                held = held.saturating_sub(bytes);
                gone.push(name);
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        let mut media = self.media.borrow().clone();
        media.retain(|name, _| !gone.contains(name));
        let deletes = gone
            .iter()
            .map(|name| Change::Delete(Table::Blobs, name.clone()));
        let mut changes: Vec<Change> = deletes.collect();
        changes.push(state(key::MEDIA, &media));
        self.host.commit(changes, Durability::Relaxed).await?;
        *self.media.borrow_mut() = media;
        let mut held = self.held.borrow_mut();
        for hash in gone.iter().filter_map(|name| Hash::from_hex(name)) {
            held.remove(&hash);
        }
        Ok(())
    }

    async fn blob_bytes(&self, name: &str) -> Result<u64, StoreError> {
        let row = self.host.get(Table::Blobs, name).await?;
        Ok(row.map_or(0, |bytes| bytes.len() as u64))
    }

    /// The day that is counted: never before what was signed, so that a clock that starts in 1970 gives no
    /// new budget.
    pub(crate) fn today(&self) -> Date {
        Date::of(self.reader().now, self.host.utc_offset_minutes())
    }
}
