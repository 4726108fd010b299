//! Search over everything on the device.

use std::collections::BTreeMap;
use std::sync::Arc;

use bantin_model::id::RecordId;
use bantin_model::record::Body;
use bantin_search::{Limits, Query};
use bantin_view::{Marks, hit, notice_card, product_card};
use bantin_wire::ipc::search::{Found, Hit};

use crate::reading::{Reading, opened};
use crate::{Engine, Error, Result};

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
        let found = async {
            let keys = stores.news.search(&query, limit).await?;
            // A sync may have taken some out since the lists were asked.
            Ok(stores.news.records_at(&keys).await?)
        };
        let (reading, rows) = tokio::try_join!(self.reading(), found)?;
        let ids = rows.iter().map(|bytes| Ok(opened(bytes)?.0.id));
        let marks = reading.marks_of(&ids.collect::<Result<Vec<RecordId>>>()?).await?;
        let page = Arc::new(Page {
            reading,
            marks,
            query,
        });
        page.shown(rows).await
    }
}

/// Fewer are done before a second thread has begun.
const WORTH_A_THREAD: usize = 16;

/// What a page of answers is made with.
struct Page {
    reading: Reading,
    marks: BTreeMap<RecordId, Marks>,
    query: Query,
}

impl Page {
    /// What is shown of each of `rows`, in their order. Reading texts and looking for passages in them is most of a
    /// search, so a second core takes half of them.
    async fn shown(self: Arc<Self>, mut rows: Vec<Vec<u8>>) -> Result<Vec<Hit>> {
        if rows.len() < WORTH_A_THREAD {
            return self.hits(&rows);
        }
        let second = rows.split_off(rows.len() / 2);
        let page = Arc::clone(&self);
        let other = tokio::task::spawn_blocking(move || page.hits(&second));
        let mut hits = self.hits(&rows)?;
        hits.extend(
            other
                .await
                .map_err(|_| Error::Broken("a page of answers"))??,
        );
        Ok(hits)
    }

    fn hits(&self, rows: &[Vec<u8>]) -> Result<Vec<Hit>> {
        let hits = rows.iter().map(|bytes| self.hit(bytes));
        hits.filter_map(Result::transpose).collect()
    }

    fn hit(&self, bytes: &[u8]) -> Result<Option<Hit>> {
        let (record, body) = opened(bytes)?;
        let marks = self.marks.get(&record.id).copied().unwrap_or_default();
        let found = self.reading.view(|context| match &body {
            Body::Article(article) => Some(Found::Notice {
                card: notice_card(&record, article, marks, context),
            }),
            Body::Product(product) => Some(Found::Product {
                card: product_card(&record, product, context),
            }),
            _ => None,
        });
        Ok(found.map(|found| hit(found, &body, &self.query, &self.reading.reader)))
    }
}
