//! Search over everything on the device.

use bantin_model::id::RecordId;
use bantin_model::record::Body;
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
        let (reading, found) = tokio::try_join!(self.reading(), found)?;
        let keys: Vec<i64> = found.iter().map(|found| found.key).collect();
        let ids: Vec<RecordId> = found.iter().map(|found| found.record).collect();
        // A sync may have taken some out since the index was asked.
        let rows = async { Ok(stores.news.records_at(&keys).await?) };
        let (rows, marks) = tokio::try_join!(rows, reading.marks_of(&ids))?;
        let shown = |bytes: &Vec<u8>| {
            let (record, body) = opened(bytes)?;
            let marks = marks.get(&record.id).copied().unwrap_or_default();
            let found = reading.view(|context| match &body {
                Body::Article(article) => Some(Found::Notice {
                    card: notice_card(&record, article, marks, context),
                }),
                Body::Product(product) => Some(Found::Product {
                    card: product_card(&record, product, context),
                }),
                _ => None,
            });
            Ok(found.map(|found| hit(found, &body, &query, &reading.reader)))
        };
        let hits = by_two(&rows, shown)?;
        Ok(hits.into_iter().flatten().collect())
    }
}

/// Fewer are done before a second thread has begun.
const WORTH_A_THREAD: usize = 16;

/// What `shown` gives for each of `rows`, in their order. Reading texts and looking for passages in them is most of a
/// search, so a second core takes half of them.
fn by_two<Row: Sync, T: Send>(
    rows: &[Row],
    shown: impl Fn(&Row) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    if rows.len() < WORTH_A_THREAD {
        return rows.iter().map(shown).collect();
    }
    let (first, second) = rows.split_at(rows.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| second.iter().map(&shown).collect::<Result<Vec<T>>>());
        let first: Result<Vec<T>> = first.iter().map(&shown).collect();
        let rest = other.join();
        let rest = rest.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let mut all = first?;
        all.extend(rest?);
        Ok(all)
    })
}
