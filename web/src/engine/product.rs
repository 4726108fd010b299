//! Products: the catalogue, and what a household submits.

use bantin_model::id::RecordId;
use bantin_model::record::{Body, Product};
use bantin_view::{product_act, product_card, product_order, product_page, product_shown};
use bantin_wire::ipc::product::{ProductCard, ProductForm, ProductList, ProductPage};
use bantin_wire::{Code, Failure};
use rand_core::Rng;

use super::Engine;
use super::notice::LIST_MAX;
use crate::host::Host;
use crate::news::Held;

impl<H: Host> Engine<H> {
    pub(crate) async fn product_list(
        &self,
        asked: ProductList,
    ) -> Result<Vec<ProductCard>, Failure> {
        let reader = self.reader();
        Ok(self.with_context(&reader, |news, _, context| {
            let products = news.all().filter_map(|held| match &held.body {
                Body::Product(product) => Some((held, product)),
                _ => None,
            });
            let mut found: Vec<(&Held, &Product)> = products
                .filter(|(_, product)| product_shown(product, asked.group.as_deref()))
                .collect();
            found.sort_by_key(|(held, product)| product_order(&held.record, product, &reader));
            found
                .into_iter()
                .skip(asked.offset as usize)
                .take(asked.limit.min(LIST_MAX) as usize)
                .map(|(held, product)| product_card(&held.record, product, context))
                .collect()
        }))
    }

    pub(crate) async fn product_read(
        &self,
        id: RecordId,
        lang: Option<String>,
    ) -> Result<ProductPage, Failure> {
        let reader = self.reader().preferring(lang.as_deref());
        let page = self.with_context(&reader, |news, _, context| {
            let held = news.get(&id)?;
            let Body::Product(product) = &held.body else {
                return None;
            };
            let mark = news.mark(&held.record.place);
            Some(product_page(&held.record, product, mark, context))
        });
        page.ok_or_else(|| Failure::new(Code::NotFound))
    }

    pub(crate) async fn product_submit(
        &self,
        form: ProductForm,
        once: String,
    ) -> Result<String, Failure> {
        let mut random = [0u8; 10];
        self.rng().fill_bytes(&mut random);
        let act = product_act(&form, RecordId::new(self.now(), random))?;
        self.open_conversation(act, &once).await
    }
}
