//! Where the bytes went, and what waits.

use std::collections::BTreeMap;

use bantin_model::budget::{DataKind, Holds, Spent, Wish, judge};
use bantin_model::conversation::Date;
use bantin_view::judged;
use bantin_wire::ipc::data::{DAYS_SHOWN, DataUse, DayUse, Waiting};

use crate::{Engine, Result};

impl Engine {
    /// What the person allows, what was spent on what, what waits and why.
    ///
    /// # Errors
    /// The store.
    pub async fn data_use(&self) -> Result<DataUse> {
        self.keep_counts().await;
        let (spending, today) = self.renew_meter().await?;
        let meter = &self.inner.wire.meter;
        let spent = meter.spent();
        let days = spending.newest(today, DAYS_SHOWN).into_iter();
        Ok(DataUse {
            limits: meter.limits(),
            today_bytes: spent.today,
            month_bytes: spent.month,
            month: spending.month(today),
            days: days.map(|(day, kinds)| DayUse { day, kinds }).collect(),
            holds: meter.used_up(),
            waits: self.waits().await?,
            media_bytes: self.stores().await.news.blob_bytes().await?,
            media_most_bytes: self.media_most_bytes(),
            around: meter.around(),
        })
    }

    /// Everything known that would not come with the next sync, one line for a kind and a reason.
    async fn waits(&self) -> Result<Vec<Waiting>> {
        let meter = &self.inner.wire.meter;
        let (limits, around) = (meter.limits(), meter.around());
        let Spent {
            mut today,
            mut month,
        } = meter.spent();
        let mut lines: BTreeMap<(usize, Holds), Waiting> = BTreeMap::new();
        if let Some(later) = meter.later() {
            let text = Waiting {
                kind: DataKind::Text,
                why: later.why,
                count: later.count,
                bytes: later.bytes,
            };
            lines.insert((DataKind::Text.rank(), later.why), text);
        }
        for (kind, blob) in self.wanted_within_room().await? {
            if self.inner.folders.blob(&blob.hash).exists() {
                continue;
            }
            let spent = Spent { today, month };
            let goes = judge(kind, blob.bytes, Wish::Unasked, &limits, spent, &around);
            let Err(why) = goes else {
                (today, month) = (today + blob.bytes, month + blob.bytes);
                continue;
            };
            let line = lines.entry((kind.rank(), why)).or_insert(Waiting {
                kind,
                why,
                count: 0,
                bytes: 0,
            });
            line.count += 1;
            line.bytes = line.bytes.saturating_add(blob.bytes);
        }
        Ok(lines.into_values().collect())
    }

    /// The day that is counted: by the clock of this device, but never before what was signed, so that a
    /// clock that starts in 1970 gives no new budget.
    pub(crate) async fn today_judged(&self) -> Result<Date> {
        let freshness = self.stores().await.news.freshness().await?;
        let now = judged(self.now(), freshness.newest_signed, freshness.clock_wrong);
        Ok(Date::of(now, self.inner.config.utc_offset_minutes))
    }
}
