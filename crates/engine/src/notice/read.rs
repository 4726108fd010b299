//! One notice.

use bantin_model::id::RecordId;
use bantin_model::record::Body;
use bantin_store::news::RecordRow;
use bantin_view::notice_page;
use bantin_wire::Code;
use bantin_wire::ipc::notice::{Genuine, NoticePage};

use crate::reading::{Reading, opened};
use crate::{Engine, Result};

impl Engine {
    /// One notice, in `lang` if there is such a text; marks it as read.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn notice(&self, id: RecordId, lang: Option<&str>) -> Result<NoticePage> {
        let reading = self.reading().await?;
        let (row, gone) = reading.current_or_gone(id).await?.ok_or(Code::NotFound)?;
        let (record, body) = opened(&row.bytes)?;
        let Body::Article(article) = body else {
            return Err(Code::NotFound.into());
        };
        let marks = reading.marks(id).await?;
        let reader = reading.reader.preferring(lang);
        let feed = reading.feed(&row.place);
        let mut page = reading.view_for(&reader, |context| {
            notice_page(&record, &article, marks, feed, context)
        });
        if gone {
            page.authenticity.state = Genuine::Replaced;
        }
        if !marks.read {
            reading.stores.private.set_read(id, self.now()).await?;
            self.tell_changed();
        }
        Ok(page)
    }
}

impl Reading {
    /// The record, or what this device had of it before it was withdrawn (true).
    pub(crate) async fn current_or_gone(&self, id: RecordId) -> Result<Option<(RecordRow, bool)>> {
        if let Some(row) = self.stores.news.record(id).await? {
            return Ok(Some((row, false)));
        }
        let gone = self.stores.news.gone(id).await?;
        Ok(gone.map(|(place, bytes)| {
            (
                RecordRow {
                    key: 0,
                    place,
                    bytes,
                },
                true,
            )
        }))
    }
}
