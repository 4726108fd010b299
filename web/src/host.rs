//! What the engine needs of its surroundings.

use std::future::Future;

use bantin_model::time::Seconds;

/// A table of the store: keys are texts, values bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Single values: what is followed, settings, counters.
    State,
    /// Segments of the news by hash.
    Segments,
    /// Pictures and sound of the news by hash.
    Blobs,
    /// What the person did with a record, by its id.
    Marks,
    /// Half-filled forms by key.
    Drafts,
    /// Photos of drafts and letters by token.
    Photos,
    /// Conversations by id.
    Conversations,
    /// Letters by their hash.
    Letters,
    /// Ciphertexts of attachments by hash.
    Attachments,
    /// Receipts by letter and their own hash.
    Receipts,
    /// Replies by conversation and cursor.
    Replies,
    /// What an act already did, by its name.
    Once,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::State,
        Self::Segments,
        Self::Blobs,
        Self::Marks,
        Self::Drafts,
        Self::Photos,
        Self::Conversations,
        Self::Letters,
        Self::Attachments,
        Self::Receipts,
        Self::Replies,
        Self::Once,
    ];

    /// Its name in the store. Never changed: it holds people's letters.
    pub fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Segments => "segments",
            Self::Blobs => "blobs",
            Self::Marks => "marks",
            Self::Drafts => "drafts",
            Self::Photos => "photos",
            Self::Conversations => "conversations",
            Self::Letters => "letters",
            Self::Attachments => "attachments",
            Self::Receipts => "receipts",
            Self::Replies => "replies",
            Self::Once => "once",
        }
    }
}

/// One change of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Writes a value.
    Put(Table, String, Vec<u8>),
    /// Removes a value; none there is no error.
    Delete(Table, String),
    /// Removes all values of a table.
    Clear(Table),
}

/// How sure a commit must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// On the disk before it is reported: what is private.
    Strict,
    /// Atomic, but the system may take its time: what a hub can give again.
    Relaxed,
}

/// Why the store did not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// No room.
    Full,
    /// Anything else: closed, deleted by the person, forbidden in this window.
    Broken,
}

/// A request to the page's own hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// `GET`, `HEAD`, `PUT` or `POST`.
    pub method: &'static str,
    /// Path from the origin's root.
    pub path: String,
    /// `If-None-Match`.
    pub etag: Option<String>,
    /// `Content-Range`.
    pub range: Option<String>,
    /// What is sent.
    pub body: Option<Vec<u8>>,
}

impl Ask {
    /// `GET` of a path.
    pub fn get(path: String) -> Self {
        Self {
            method: "GET",
            path,
            etag: None,
            range: None,
            body: None,
        }
    }

    /// The same with a body, by another method.
    pub fn send(method: &'static str, path: String, body: Vec<u8>) -> Self {
        Self {
            method,
            body: Some(body),
            ..Self::get(path)
        }
    }
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Content-Type`; empty if there is none.
    pub mime: String,
    /// `Upload-Offset`.
    pub upload_offset: Option<u64>,
    /// The body.
    pub body: Vec<u8>,
}

/// No answer: no network, refused or cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreachable;

/// What only one may do at a time, over all tabs of this origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Reading, deciding and committing.
    Write,
    /// A sync, from its first request to its last.
    Sync,
}

/// The surroundings. Everything runs on one thread, so no future need be `Send`.
pub trait Host: 'static {
    /// Lets a lock go when dropped.
    type Guard;

    /// All rows of a table, in order of key.
    fn all(&self, table: Table)
    -> impl Future<Output = Result<Vec<(String, Vec<u8>)>, StoreError>>;

    /// All keys of a table, in order.
    fn keys(&self, table: Table) -> impl Future<Output = Result<Vec<String>, StoreError>>;

    /// One row.
    fn get(
        &self,
        table: Table,
        key: &str,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>>;

    /// Bytes of a table's values.
    fn bytes(&self, table: Table) -> impl Future<Output = Result<u64, StoreError>>;

    /// Makes all changes in their order, or none.
    fn commit(
        &self,
        changes: Vec<Change>,
        durability: Durability,
    ) -> impl Future<Output = Result<(), StoreError>>;

    /// Asks the hub.
    fn ask(&self, ask: Ask) -> impl Future<Output = Result<Reply, Unreachable>>;

    /// Waits for a lock.
    fn lock(&self, lock: Lock) -> impl Future<Output = Self::Guard>;

    /// Lets what waits on this thread run.
    fn breathe(&self) -> impl Future<Output = ()>;

    /// This device's clock.
    fn now(&self) -> Seconds;

    /// Local time, in minutes east of Greenwich.
    fn utc_offset_minutes(&self) -> i32;

    /// 32 unpredictable bytes.
    fn seed(&self) -> [u8; 32];

    /// Tells the page, and other tabs, that something changed.
    fn changed(&self);
}
