//! Notices, heritage and *Nghe bản tin*.

use bantin_model::id::RecordId;
use bantin_model::record::{Article, Body};
use bantin_model::time::Seconds;
use bantin_view::{
    Context, Marks, can_be_heard, notice_card, notice_order, notice_page, notice_shown,
};
use bantin_wire::ipc::notice::{NoticeCard, NoticeList, NoticePage};
use bantin_wire::{Code, Failure};

use super::save::state;
use super::{Engine, store_failure};
use crate::host::{Change, Durability, Host, Lock, Table};
use crate::news::{Held, News};
use crate::private::{MarkRow, Private, Row, key};

/// Most cards of one list.
pub(crate) const LIST_MAX: u32 = 200;
/// Most notices one bulletin plays.
const BULLETIN_MAX: usize = 100;

impl<H: Host> Engine<H> {
    pub(crate) async fn notice_list(&self, asked: NoticeList) -> Result<Vec<NoticeCard>, Failure> {
        let reader = self.reader();
        let cards = self.with_context(&reader, |news, private, context| {
            let topic = asked.topic.as_deref();
            let mut found: Vec<(&Held, &Article)> = articles(news)
                .filter(|(held, article)| notice_shown(&held.record, article, &asked.kind, topic))
                .filter(|(held, _)| !asked.saved || marks(private, held).saved)
                .collect();
            found.sort_by_key(|(held, article)| notice_order(&held.record, article, reader.now));
            found
                .into_iter()
                .skip(asked.offset as usize)
                .take(asked.limit.min(LIST_MAX) as usize)
                .map(|found| card(found, private, context))
                .collect()
        });
        if asked.kind == "notice" {
            self.look().await?;
        }
        Ok(cards)
    }

    /// Remembers how far the person has looked.
    async fn look(&self) -> Result<(), Failure> {
        let newest = newest(&self.news.borrow());
        if self.private.borrow().looked >= newest {
            return Ok(());
        }
        self.private.borrow_mut().looked = newest;
        let looked = vec![state(key::LOOKED, &newest)];
        let kept = self.host.commit(looked, Durability::Relaxed).await;
        kept.map_err(store_failure)
    }

    /// Notices that came since the person last looked.
    pub(crate) fn notices_new(&self) -> u32 {
        let (news, private) = (self.news.borrow(), self.private.borrow());
        let new = articles(&news)
            .filter(|(held, article)| notice_shown(&held.record, article, "notice", None))
            .filter(|(held, _)| held.record.issued_at > private.looked)
            .filter(|(held, _)| !marks(&private, held).read);
        u32::try_from(new.count()).unwrap_or(u32::MAX)
    }

    pub(crate) async fn notice_read(
        &self,
        id: RecordId,
        lang: Option<String>,
    ) -> Result<NoticePage, Failure> {
        let reader = self.reader().preferring(lang.as_deref());
        let page = self.with_context(&reader, |news, private, context| {
            let held = news.get(&id)?;
            let Body::Article(article) = &held.body else {
                return None;
            };
            let mark = news.mark(&held.record.place);
            let marks = marks(private, held);
            Some(notice_page(&held.record, article, marks, mark, context))
        });
        let page = page.ok_or_else(|| Failure::new(Code::NotFound))?;
        self.mark(id, |row| row.read = true).await?;
        Ok(page)
    }

    pub(crate) async fn notice_save(&self, id: RecordId, saved: bool) -> Result<(), Failure> {
        if self.news.borrow().get(&id).is_none() {
            return Err(Failure::new(Code::NotFound));
        }
        self.mark(id, |row| row.saved = saved).await
    }

    pub(crate) async fn bulletin_list(&self) -> Result<Vec<NoticeCard>, Failure> {
        let reader = self.reader();
        Ok(self.with_context(&reader, |news, private, context| {
            let mut found: Vec<(&Held, &Article)> = articles(news)
                .filter(|(held, article)| can_be_heard(&held.record, article, &reader))
                .collect();
            found.sort_by_key(|(held, article)| {
                let row = private.marks.get(&held.record.id);
                let heard = row.is_some_and(|row| row.heard);
                (heard, notice_order(&held.record, article, reader.now))
            });
            found
                .into_iter()
                .take(BULLETIN_MAX)
                .map(|found| card(found, private, context))
                .collect()
        }))
    }

    pub(crate) async fn bulletin_heard(&self, id: RecordId) -> Result<(), Failure> {
        self.mark(id, |row| row.heard = true).await
    }

    /// Changes the mark of a record, if that changes anything.
    async fn mark(&self, id: RecordId, change: impl FnOnce(&mut MarkRow)) -> Result<(), Failure> {
        let _only = self.host.lock(Lock::Write).await;
        self.fresh().await?;
        let old = self.private.borrow().marks.get(&id).copied();
        let mut row = old.unwrap_or_default();
        change(&mut row);
        if Some(row) == old {
            return Ok(());
        }
        let put = Change::Put(Table::Marks, id.to_string(), row.to_row());
        let kept = self.host.commit(vec![put], Durability::Strict).await;
        kept.map_err(store_failure)?;
        self.private.borrow_mut().marks.insert(id, row);
        self.host.changed();
        Ok(())
    }
}

fn card(
    (held, article): (&Held, &Article),
    private: &Private,
    context: &Context<'_>,
) -> NoticeCard {
    notice_card(&held.record, article, marks(private, held), context)
}

/// As a list shows it, for search.
pub(crate) fn card_of(
    held: &Held,
    article: &Article,
    private: &Private,
    context: &Context<'_>,
) -> NoticeCard {
    card((held, article), private, context)
}

fn articles(news: &News) -> impl Iterator<Item = (&Held, &Article)> {
    news.all().filter_map(|held| match &held.body {
        Body::Article(article) => Some((held, article)),
        _ => None,
    })
}

fn newest(news: &News) -> Seconds {
    let issued = articles(news).map(|(held, _)| held.record.issued_at);
    issued.max().unwrap_or_default()
}

fn marks(private: &Private, held: &Held) -> Marks {
    let row = private.marks.get(&held.record.id);
    let row = row.copied().unwrap_or_default();
    Marks {
        read: row.read || row.heard,
        saved: row.saved,
    }
}
