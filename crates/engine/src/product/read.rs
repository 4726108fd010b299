//! One product.

use bantin_model::id::RecordId;
use bantin_model::record::Body;
use bantin_view::product_page;
use bantin_wire::Code;
use bantin_wire::ipc::notice::Genuine;
use bantin_wire::ipc::product::ProductPage;

use crate::reading::opened;
use crate::{Engine, Result};

impl Engine {
    /// One product, in `lang` if there is such a text.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn product(&self, id: RecordId, lang: Option<&str>) -> Result<ProductPage> {
        let reading = self.reading().await?;
        let (row, gone) = reading.current_or_gone(id).await?.ok_or(Code::NotFound)?;
        let (record, body) = opened(&row.bytes)?;
        let Body::Product(product) = body else {
            return Err(Code::NotFound.into());
        };
        let reader = reading.reader.preferring(lang);
        let feed = reading.feed(&row.place);
        let mut page = reading.view_for(&reader, |context| {
            product_page(&record, &product, feed, context)
        });
        if gone {
            page.authenticity.state = Genuine::Replaced;
        }
        Ok(page)
    }
}
