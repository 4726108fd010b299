//! Lists of notices.

use bantin_model::id::RecordId;
use bantin_model::record::{Article, Body, Kind, Record, Topic};
use bantin_store::news::{RecordRow, Window};
use bantin_view::{Marks, notice_card, notice_order, notice_shown};
use bantin_wire::ipc::notice::{NoticeCard, NoticeList};
use bantin_wire::{Code, Failure};

use crate::reading::{Reading, opened};
use crate::{Engine, Result};

/// The largest stretch of a list.
pub(crate) const LIST_MAX: u32 = 200;

impl Engine {
    /// Notices, urgent ones in force first, then newest first.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] at `kind` or `topic`.
    pub async fn notices(&self, list: &NoticeList) -> Result<Vec<NoticeCard>> {
        let kind = match list.kind.as_str() {
            "notice" => Kind::NOTICE,
            "heritage" => Kind::HERITAGE,
            _ => return Err(Failure::at(Code::NotAllowed, "kind").into()),
        };
        let topic = list.topic.as_deref().map(|name| {
            Topic::from_name(name).ok_or_else(|| Failure::at(Code::NotAllowed, "topic"))
        });
        let topic = topic.transpose()?;
        let reading = self.reading().await?;
        if list.saved {
            return kept(&reading, list).await;
        }
        let window = Window {
            offset: list.offset,
            limit: list.limit.min(LIST_MAX),
        };
        let topic = topic.map(|topic| topic.0);
        let rows = reading
            .stores
            .news
            .articles(kind, topic, reading.now(), window)
            .await?;
        if kind == Kind::NOTICE && list.offset == 0 {
            reading.stores.private.set_looked(self.now()).await?;
        }
        cards(&reading, &rows).await
    }
}

/// What the person keeps; what was withdrawn since stays among it.
async fn kept(reading: &Reading, list: &NoticeList) -> Result<Vec<NoticeCard>> {
    let mut found: Vec<(Record, Article)> = Vec::new();
    for id in reading.stores.private.saved().await? {
        let Some(row) = reading.current_or_gone(id).await?.map(|(row, _)| row) else {
            continue;
        };
        let (record, body) = opened(&row.bytes)?;
        if let Body::Article(article) = body
            && notice_shown(&record, &article, &list.kind, list.topic.as_deref())
        {
            found.push((record, article));
        }
    }
    found.sort_by_key(|(record, article)| notice_order(record, article, reading.now()));
    let window = found
        .iter()
        .skip(list.offset as usize)
        .take(list.limit.min(LIST_MAX) as usize);
    let mut cards = Vec::new();
    for (record, article) in window {
        cards.push(card(reading, record, article).await?);
    }
    Ok(cards)
}

pub(super) async fn cards(reading: &Reading, rows: &[RecordRow]) -> Result<Vec<NoticeCard>> {
    let mut articles = Vec::with_capacity(rows.len());
    for row in rows {
        let (record, body) = opened(&row.bytes)?;
        if let Body::Article(article) = body {
            articles.push((record, article));
        }
    }
    let ids: Vec<RecordId> = articles.iter().map(|(record, _)| record.id).collect();
    let marks = reading.marks_of(&ids).await?;
    let card = |(record, article): &(Record, Article)| {
        let marks = marks.get(&record.id).copied().unwrap_or_default();
        reading.view(|context| notice_card(record, article, marks, context))
    };
    Ok(articles.iter().map(card).collect())
}

pub(super) async fn card(
    reading: &Reading,
    record: &Record,
    article: &Article,
) -> Result<NoticeCard> {
    let marks: Marks = reading.marks(record.id).await?;
    Ok(reading.view(|context| notice_card(record, article, marks, context)))
}
