//! The catalogue.

use bantin_model::record::{Body, Group};
use bantin_store::news::Window;
use bantin_view::product_card;
use bantin_wire::ipc::product::{ProductCard, ProductList};
use bantin_wire::{Code, Failure};

use crate::reading::opened;
use crate::{Engine, Result};

impl Engine {
    /// Products, in season and available first, then newest.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] at `group`.
    pub async fn products(&self, list: &ProductList) -> Result<Vec<ProductCard>> {
        let group = list.group.as_deref().map(|name| {
            Group::from_name(name).ok_or_else(|| Failure::at(Code::NotAllowed, "group"))
        });
        let group = group.transpose()?.map(|group| group.0);
        let reading = self.reading().await?;
        let limit = list.limit.min(crate::notice::LIST_MAX);
        let window = Window {
            offset: list.offset,
            limit,
        };
        let month = u32::from(reading.reader.month());
        let mut cards = Vec::new();
        for row in reading.stores.news.products(group, month, window).await? {
            let (record, body) = opened(&row.bytes)?;
            if let Body::Product(product) = body {
                cards.push(reading.view(|context| product_card(&record, &product, context)));
            }
        }
        Ok(cards)
    }
}
