//! This device: the line of truth, settings, drafts, what lies here, and forgetting it all.

use bantin_view::{FeedMark, check_draft, check_settings};
use bantin_wire::Failure;
use bantin_wire::ipc::device::{DeviceStatus, Settings, Storage};

use super::save::state;
use super::{Engine, store_failure};
use crate::host::{Change, Durability, Host, Lock, Table};
use crate::news::{FeedRow, News};
use crate::private::{Private, key};

/// Tables that hold what is private and counts as such in [`Storage`].
const PRIVATE: [Table; 7] = [
    Table::Drafts,
    Table::Photos,
    Table::Conversations,
    Table::Letters,
    Table::Attachments,
    Table::Receipts,
    Table::Replies,
];

impl<H: Host> Engine<H> {
    pub(crate) async fn device_status(&self) -> Result<DeviceStatus, Failure> {
        let reader = self.reader();
        let notices_new = self.notices_new();
        let (news, private) = (self.news.borrow(), self.private.borrow());
        let Some(follow) = &news.follow else {
            return Ok(DeviceStatus::default());
        };
        let mark = news.feeds.get(&follow.place).map(FeedRow::mark);
        let unread = private
            .conversations
            .values()
            .filter(|c| c.thread().unread());
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        Ok(DeviceStatus {
            place: Some(news.directory.place_view(&follow.place, &reader)),
            updated_at: follow.checked_at,
            signed_at: mark.map(|mark: FeedMark| mark.signed_at),
            stale: mark.is_some_and(|mark| mark.is_old(reader.now)),
            letters_waiting: count(private.waiting()),
            answers_unread: count(unread.count()),
            notices_new,
            last_failure: self.last_failure.get(),
            clock_wrong: follow.clock_wrong,
            trusts_origin: follow.trusts_origin,
            syncing: self.running.borrow().is_some(),
            holds: self.holds(),
        })
    }

    pub(crate) async fn settings_get(&self) -> Result<Settings, Failure> {
        Ok(self.private.borrow().settings.clone())
    }

    pub(crate) async fn settings_set(&self, settings: Settings) -> Result<(), Failure> {
        check_settings(&settings)?;
        let _only = self.host.lock(Lock::Write).await;
        self.save(vec![state(key::SETTINGS, &settings)]).await
    }

    pub(crate) async fn draft_set(&self, name: String, text: String) -> Result<(), Failure> {
        check_draft(&name, &text)?;
        let change = if text.is_empty() {
            Change::Delete(Table::Drafts, name)
        } else {
            Change::Put(Table::Drafts, name, text.into_bytes())
        };
        let kept = self.host.commit(vec![change], Durability::Strict).await;
        kept.map_err(store_failure)
    }

    pub(crate) async fn draft_get(&self, name: String) -> Result<Option<String>, Failure> {
        let found = self.host.get(Table::Drafts, &name).await;
        let found = found.map_err(store_failure)?;
        Ok(found.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    pub(crate) async fn storage_get(&self) -> Result<Storage, Failure> {
        let mut storage = Storage {
            news_bytes: self.bytes(Table::Segments).await?,
            media_bytes: self.bytes(Table::Blobs).await?,
            ..Storage::default()
        };
        for table in PRIVATE {
            storage.private_bytes += self.bytes(table).await?;
        }
        let spent = self.spent();
        storage.traffic_today_bytes = spent.today;
        storage.traffic_month_bytes = spent.month;
        Ok(storage)
    }

    async fn bytes(&self, table: Table) -> Result<u64, Failure> {
        self.host.bytes(table).await.map_err(store_failure)
    }

    pub(crate) async fn device_forget(&self) -> Result<(), Failure> {
        let _only = self.host.lock(Lock::Write).await;
        let all = Table::ALL.into_iter().map(Change::Clear).collect();
        let done = self.host.commit(all, Durability::Strict).await;
        done.map_err(store_failure)?;
        *self.news.borrow_mut() = News::default();
        *self.private.borrow_mut() = Private::default();
        self.held.borrow_mut().clear();
        self.cut.borrow_mut().clear();
        self.news_generation.set(None);
        self.last_failure.set(None);
        self.forget_meter();
        self.host.changed();
        Ok(())
    }
}
