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
        let reading = self.reading().await?;
        let news = &reading.stores.news;
        let keys = news.search(&query, limit).await?;
        // A sync may have taken some out since the index was asked.
        let rows = news.records_at(&keys).await?;
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
        Ok(records.iter().filter_map(shown).collect())
    }
}
