//! Search over everything on the device.

use bantin_model::id::RecordId;
use bantin_model::record::{Body, Record};
use bantin_search::{Limits, Query};
use bantin_view::{hit, notice_card, product_card};
use bantin_wire::ipc::search::{Found, Hit};

use crate::reading::opened;
use crate::{Engine, Result};

impl Engine {
    /// Finds as a person types: tones and đ do not matter, exact accents come first.
    ///
    /// # Errors
    /// The store.
    pub async fn search(&self, text: &str, limit: u32) -> Result<Vec<Hit>> {
        let query = Query::parse(text, Limits::default());
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let stores = self.stores().await;
        let found = async { Ok(stores.news.search(&query, limit).await?) };
        let (reading, keys) = tokio::try_join!(self.reading(), found)?;
        // A sync may have taken some out since the index was asked.
        let rows = reading.stores.news.records_at(&keys).await?;
        let records: Vec<(Record, Body)> = rows.iter().map(opened).collect::<Result<_>>()?;
        let ids: Vec<RecordId> = records.iter().map(|(record, _)| record.id).collect();
        let marks = reading.marks_of(&ids).await?;
        let shown = |(record, body): &(Record, Body)| {
            let marks = marks.get(&record.id).copied().unwrap_or_default();
            let found = reading.view(|context| match body {
                Body::Article(article) => Some(Found::Notice {
                    card: notice_card(record, article, marks, context),
                }),
                Body::Product(product) => Some(Found::Product {
                    card: product_card(record, product, context),
                }),
                _ => None,
            });
            found.map(|found| hit(found, body, &query, &reading.reader))
        };
        Ok(by_two(&records, shown))
    }
}

/// Fewer are done before a second thread has begun.
const WORTH_A_THREAD: usize = 16;

/// What `shown` gives for each of `records`, in their order. Looking for a passage in each text is most of a search, so
/// a second core takes half of them.
fn by_two<T: Send>(
    records: &[(Record, Body)],
    shown: impl Fn(&(Record, Body)) -> Option<T> + Sync,
) -> Vec<T> {
    if records.len() < WORTH_A_THREAD {
        return records.iter().filter_map(shown).collect();
    }
    let (first, second) = records.split_at(records.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| second.iter().filter_map(&shown).collect::<Vec<T>>());
        let mut all: Vec<T> = first.iter().filter_map(&shown).collect();
        match other.join() {
            Ok(rest) => all.extend(rest),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        all
    })
}
