//! Keeping the counts, while bytes move and afterwards.

use std::pin::pin;

use bantin_model::budget::{Limits, Spending};
use bantin_model::conversation::Date;
use futures::future::{Either, select};

use crate::{Engine, Result};

impl Engine {
    /// Does what moves bytes, and keeps their counts meanwhile and at its end.
    pub(crate) async fn metered<T>(&self, work: impl Future<Output = T>) -> T {
        // Polled beside the work, never instead of it: the work may hold the database.
        let keeper = async {
            loop {
                self.inner.wire.meter.due().await;
                self.keep_counts().await;
            }
        };
        let done = {
            // Gone at the end of this block: a keeper that stands still would keep others from counting.
            let (work, keeper) = (pin!(work), pin!(keeper));
            match select(work, keeper).await {
                Either::Left((done, _)) => done,
                Either::Right((never, _)) => never,
            }
        };
        self.keep_counts().await;
        done
    }

    /// Keeps what was counted. On a full disk it stays in memory until there is room.
    pub(crate) async fn keep_counts(&self) {
        let meter = &self.inner.wire.meter;
        let _one = meter.keeping.lock().await;
        let moved = meter.loose();
        if moved.is_empty() {
            return;
        }
        let kept = async {
            let today = self.today_judged().await?;
            self.stores().await.news.add_spent(today, &moved).await?;
            Ok::<_, crate::Error>(())
        };
        match kept.await {
            // Only now: cut in between, bytes count twice rather than not at all.
            Ok(()) => meter.kept(&moved),
            Err(error) => tracing::warn!(%error, "what the line carried could not be counted"),
        }
    }

    /// Brings the meter up to date with the store, the day and the device; gives what the store counted, and the day.
    pub(crate) async fn renew_meter(&self) -> Result<(Spending, Date)> {
        let meter = &self.inner.wire.meter;
        let _one = meter.keeping.lock().await;
        let news = self.stores().await.news;
        let spending = news.spending().await?;
        let today = self.today_judged().await?;
        // Limits of another version that cannot be read are as good as none.
        let limits: Limits = serde_json::from_str(&news.data_limits().await?).unwrap_or_default();
        meter.renew(
            limits,
            spending.spent(today),
            (self.inner.config.surroundings)(),
        );
        Ok((spending, today))
    }
}
