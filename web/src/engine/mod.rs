//! The use-cases, one file per noun. Every command begins with [`Engine::fresh`], so that what another
//! tab committed is seen; every change of private state is decided and committed under one lock.

mod apply;
mod conversation;
mod data;
mod device;
mod dispatch;
mod letter;
mod media;
mod notice;
mod place;
mod product;
mod release;
mod request;
mod resend;
mod save;
mod search;
mod sync;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use bantin_model::id::Hash;
use bantin_model::time::Seconds;
use bantin_view::{Context, Reader, judged};
use bantin_wire::{Code, Failure};
use futures::lock::Mutex;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::host::{Host, StoreError, Table};
use crate::news::{FeedRow, Follow, News, replay};
use crate::private::{self, Private};

pub use dispatch::Answer;

/// Keys of [`Table::State`] that are about news.
mod key {
    /// Number of the newest commit of news.
    pub const GENERATION: &str = "news";
    /// What is followed.
    pub const FOLLOW: &str = "follow";
    /// How far each feed came.
    pub const FEEDS: &str = "feeds";
    /// The newest heads document, as it came.
    pub const HEADS: &str = "heads";
}

/// Records indexed before others may use the thread.
const INDEX_AT_ONCE: usize = 100;

/// The engine of one tab.
pub struct Engine<H: Host> {
    host: H,
    news: RefCell<News>,
    private: RefCell<Private>,
    /// Blobs in the store.
    held: RefCell<BTreeSet<Hash>>,
    /// Segments that came and are not yet applied, as they travelled.
    came: RefCell<BTreeMap<Hash, Vec<u8>>>,
    /// Attachments whose upload was cut in this tab.
    cut: RefCell<BTreeSet<Hash>>,
    news_generation: Cell<Option<u64>>,
    /// Another tab said that it changed something.
    stale: Cell<bool>,
    loading: Mutex<()>,
    running: RefCell<Option<sync::Running>>,
    last_failure: Cell<Option<Code>>,
    failures: Cell<u32>,
    /// What was counted, heard and left for later.
    meter: RefCell<data::Meter>,
    /// Size and last use of the blobs in the store, by name.
    media: RefCell<BTreeMap<String, data::MediaRow>>,
    /// A letter was written that no sync has tried yet.
    letters_new: Cell<bool>,
}

impl<H: Host> Engine<H> {
    /// An engine that has not read its store yet.
    pub fn new(host: H) -> Rc<Self> {
        Rc::new(Self {
            host,
            news: RefCell::default(),
            private: RefCell::default(),
            held: RefCell::default(),
            came: RefCell::default(),
            cut: RefCell::default(),
            news_generation: Cell::new(None),
            stale: Cell::new(true),
            loading: Mutex::new(()),
            running: RefCell::default(),
            last_failure: Cell::new(None),
            failures: Cell::new(0),
            meter: RefCell::default(),
            media: RefCell::default(),
            letters_new: Cell::new(false),
        })
    }

    /// Its surroundings.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// Another tab changed something.
    pub fn heard_change(&self) {
        self.stale.set(true);
    }

    /// Whether a place is followed, so that there is something to sync.
    pub fn follows(&self) -> bool {
        self.news.borrow().follow.is_some()
    }

    /// When news were last asked for, be it by another tab.
    pub fn checked_at(&self) -> Option<Seconds> {
        self.news.borrow().follow.as_ref()?.checked_at
    }

    /// Failed syncs in a row.
    pub fn failures(&self) -> u32 {
        self.failures.get()
    }

    /// Whether a letter was written that no sync has tried yet.
    pub fn has_letters_new(&self) -> bool {
        self.letters_new.get()
    }

    /// Reads what changed in the store since it was last read, be it by another tab.
    pub async fn fresh(&self) -> Result<(), Failure> {
        let _one_at_a_time = self.loading.lock().await;
        let news = private::state(&self.host, key::GENERATION).await;
        let news: u64 = news.map_err(store_failure)?.unwrap_or_default();
        if self.news_generation.get() != Some(news) {
            self.load_news().await.map_err(store_failure)?;
            self.news_generation.set(Some(news));
        }
        let written = private::generation(&self.host).await;
        let written = written.map_err(store_failure)?;
        let read = self.private.borrow().generation;
        if self.stale.get() || read != written {
            self.load_private().await?;
        }
        Ok(())
    }

    pub(crate) async fn load_private(&self) -> Result<(), Failure> {
        self.stale.set(false);
        let private = Private::load(&self.host).await.map_err(store_failure)?;
        *self.private.borrow_mut() = private;
        Ok(())
    }

    async fn load_news(&self) -> Result<(), StoreError> {
        let follow: Option<Follow> = private::state(&self.host, key::FOLLOW).await?;
        let feeds = private::state(&self.host, key::FEEDS).await?;
        let mut news = News::begin(follow, feeds.unwrap_or_default());
        let mut segments = BTreeMap::new();
        for (name, bytes) in self.host.all(Table::Segments).await? {
            segments.extend(Hash::from_hex(&name).map(|hash| (hash, bytes)));
        }
        let rows: Vec<_> = news.feeds.clone().into_iter().collect();
        for (place, row) in rows.into_iter().filter(|(_, row)| !row.segments.is_empty()) {
            match replay(&row, &segments) {
                Some(replayed) => {
                    replayed.leaves.iter().for_each(|leaf| news.put(leaf));
                    news.ledgers.insert(place, replayed.ledgers);
                }
                // Damaged here: asked for again from its first segment.
                None => {
                    let segments = Vec::new();
                    news.feeds.insert(place, FeedRow { segments, ..row });
                    if let Some(follow) = &mut news.follow {
                        follow.etag = None;
                    }
                }
            }
        }
        let media = private::state(&self.host, private::key::MEDIA).await?;
        *self.media.borrow_mut() = media.unwrap_or_default();
        let blobs = self.host.keys(Table::Blobs).await?;
        *self.held.borrow_mut() = blobs.iter().filter_map(|hex| Hash::from_hex(hex)).collect();
        *self.news.borrow_mut() = news;
        Ok(())
    }

    /// Indexes what is not indexed yet, a little at a time, so that lists answer meanwhile.
    pub async fn index(&self) {
        while self.news.borrow_mut().index_some(INDEX_AT_ONCE) {
            self.host.breathe().await;
        }
    }

    /// The reader of now.
    pub(crate) fn reader(&self) -> Reader {
        let clock = self.host.now();
        let now = match &self.news.borrow().follow {
            Some(follow) => judged(clock, follow.newest_signed, follow.clock_wrong),
            None => clock,
        };
        let offset = self.host.utc_offset_minutes();
        Reader::new(&self.private.borrow().settings, now, offset)
    }

    /// Runs `show` with everything views are made from.
    pub(crate) fn with_context<T>(
        &self,
        reader: &Reader,
        show: impl FnOnce(&News, &Private, &Context<'_>) -> T,
    ) -> T {
        let (news, private, held) = (
            self.news.borrow(),
            self.private.borrow(),
            self.held.borrow(),
        );
        let context = Context {
            reader,
            directory: &news.directory,
            held: &|hash| held.contains(hash),
        };
        show(&news, &private, &context)
    }

    pub(crate) fn rng(&self) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(self.host.seed())
    }

    pub(crate) fn now(&self) -> Seconds {
        self.host.now()
    }
}

/// What a person hears when the store does not do it.
pub(crate) fn store_failure(error: StoreError) -> Failure {
    Failure::new(match error {
        StoreError::Full => Code::DiskFull,
        StoreError::Broken => Code::Internal,
    })
}
