//! Search over everything on the device.

use bantin_model::record::Body;
use bantin_search::{Limits, Query};
use bantin_view::{hit, product_card};
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
        let mut hits = Vec::new();
        for key in reading.stores.news.search(&query, limit).await? {
            // A sync may have taken it out since the index was asked.
            let Some(row) = reading.stores.news.record_at(key).await? else {
                continue;
            };
            let (record, body) = opened(&row)?;
            let found = match &body {
                Body::Article(article) => {
                    let card = crate::notice::card(&reading, &record, article).await?;
                    Found::Notice { card }
                }
                Body::Product(product) => {
                    let card = reading.view(|context| product_card(&record, product, context));
                    Found::Product { card }
                }
                _ => continue,
            };
            hits.push(hit(found, &body, &query, &reading.reader));
        }
        Ok(hits)
    }
}
