//! Search over everything in memory.

use bantin_model::record::Body;
use bantin_search::{Limits, Query};
use bantin_view::{Context, hit, passage, product_card};
use bantin_wire::Failure;
use bantin_wire::ipc::search::{Found, Hit};

use super::Engine;
use super::notice::card_of;
use crate::host::Host;
use crate::news::Held;
use crate::private::Private;

/// Most hits of one search.
const HITS_MAX: u32 = 50;

impl<H: Host> Engine<H> {
    pub(crate) async fn search(&self, text: String, limit: u32) -> Result<Vec<Hit>, Failure> {
        let query = Query::parse(&text, Limits::default());
        if query.is_empty() {
            return Ok(Vec::new());
        }
        self.index().await;
        let reader = self.reader();
        let limit = limit.min(HITS_MAX) as usize;
        Ok(self.with_context(&reader, |news, private, context| {
            let held = news.search(&query, limit);
            held.into_iter()
                .filter_map(|held| {
                    let found = found(held, private, context)?;
                    Some(hit(found, passage(&held.body, &query, &reader)))
                })
                .collect()
        }))
    }
}

fn found(held: &Held, private: &Private, context: &Context<'_>) -> Option<Found> {
    match &held.body {
        Body::Article(article) => Some(Found::Notice {
            card: card_of(held, article, private, context),
        }),
        Body::Product(product) => Some(Found::Product {
            card: product_card(&held.record, product, context),
        }),
        _ => None,
    }
}
