//! Search over everything on the device.

use bantin_model::id::RecordId;
use bantin_model::record::{Body, Record};
use bantin_search::{Limits, Query, Snippet};
use bantin_view::{Marks, hit, notice_card, passage, product_card};
use bantin_wire::ipc::search::{Found, Hit};

use crate::reading::{Reading, opened};
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
        let rows = async {
            let keys = stores.news.search(&query, limit).await?;
            // A sync may have taken some out since the lists were asked.
            Ok(stores.news.records_at(&keys).await?)
        };
        let (reading, rows) = tokio::try_join!(self.reading(), rows)?;
        let page: Vec<(Record, Body)> = rows
            .iter()
            .map(|bytes| opened(bytes))
            .collect::<Result<_>>()?;
        let ids: Vec<RecordId> = page.iter().map(|(record, _)| record.id).collect();
        // The private store is asked first: it answers while passages are looked for, which is most of a search.
        let passages = async {
            let bodies = page.iter().map(|(_, body)| body);
            Ok(bodies
                .map(|body| passage(body, &query, &reading.reader))
                .collect::<Vec<_>>())
        };
        let (marks, passages) = tokio::try_join!(biased; reading.marks_of(&ids), passages)?;
        let shown = |((record, body), passage): (&(Record, Body), Snippet)| {
            let marks = marks.get(&record.id).copied().unwrap_or_default();
            Some(hit(found(record, body, marks, &reading)?, passage))
        };
        Ok(page.iter().zip(passages).filter_map(shown).collect())
    }
}

/// A record as it stands in the results; none for what is not listed.
fn found(record: &Record, body: &Body, marks: Marks, reading: &Reading) -> Option<Found> {
    reading.view(|context| match body {
        Body::Article(article) => Some(Found::Notice {
            card: notice_card(record, article, marks, context),
        }),
        Body::Product(product) => Some(Found::Product {
            card: product_card(record, product, context),
        }),
        _ => None,
    })
}
