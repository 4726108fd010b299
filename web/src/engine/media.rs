//! Photos of letters, and pictures and sound of the news.

use bantin_media::{Limits, photo};
use bantin_model::budget::{DataKind, Holds};
use bantin_model::id::Hash;
use bantin_view::media_failure;
use bantin_wire::http::BLOBS;
use bantin_wire::ipc::media::{BlobArgs, PhotoAdded};
use bantin_wire::{Code, Failure};
use rand_core::Rng;

use super::{Engine, store_failure};
use crate::host::{Ask, Change, Durability, Host, StoreError, Table};
use crate::private::{PhotoRow, Row};

/// A photo of no letter and no draft is let go when it is this old, in seconds.
const ORPHAN_S: u64 = 7 * 86_400;

impl<H: Host> Engine<H> {
    pub(crate) async fn photo_add(&self, bytes: &[u8]) -> Result<PhotoAdded, Failure> {
        let limits = Limits::default();
        let made = photo(bytes, &limits)
            .map_err(|error| media_failure(error.code(), limits.max_bytes as u64))?;
        let full = made.full;
        let mut random = [0u8; 16];
        self.rng().fill_bytes(&mut random);
        let token: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let added = PhotoAdded {
            token: token.clone(),
            width: full.width,
            height: full.height,
            bytes: full.jpeg.len() as u64,
        };
        let row = PhotoRow {
            jpeg: full.jpeg.into(),
            width: full.width,
            height: full.height,
            added_at: self.now(),
        };
        let put = Change::Put(Table::Photos, token, row.to_row());
        let kept = self.host.commit(vec![put], Durability::Strict).await;
        kept.map_err(store_failure)?;
        Ok(added)
    }

    pub(crate) async fn photo_get(&self, token: &str) -> Result<Vec<u8>, Failure> {
        let row = self.photo_row(token).await?;
        Ok(row.jpeg.into())
    }

    pub(crate) async fn photo_row(&self, token: &str) -> Result<PhotoRow, Failure> {
        let found = self.host.get(Table::Photos, token).await;
        let row = found
            .map_err(store_failure)?
            .and_then(|b| PhotoRow::from_row(&b));
        row.ok_or_else(|| Failure::at(Code::NotFound, "photos"))
    }

    /// Lets photos go that belong to no letter and no draft any more.
    pub async fn sweep_photos(&self) -> Result<(), StoreError> {
        let drafts: Vec<String> = self
            .host
            .all(Table::Drafts)
            .await?
            .into_iter()
            .filter_map(|(_, bytes)| String::from_utf8(bytes).ok())
            .collect();
        let mut gone = Vec::new();
        for token in self.host.keys(Table::Photos).await? {
            let in_draft = drafts.iter().any(|draft| draft.contains(&token));
            if in_draft || self.photo_of_letter(&token) {
                continue;
            }
            let row = self.host.get(Table::Photos, &token).await?;
            let row = row.and_then(|bytes| PhotoRow::from_row(&bytes));
            if row.is_none_or(|row| self.now().since(row.added_at) > ORPHAN_S) {
                gone.push(Change::Delete(Table::Photos, token));
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        self.host.commit(gone, Durability::Relaxed).await
    }

    fn photo_of_letter(&self, token: &str) -> bool {
        let private = self.private.borrow();
        let mut letters = private.conversations.values().flat_map(|c| &c.letters);
        letters.any(|(sent, _)| sent.photos.iter().any(|photo| photo.token == token))
    }

    pub(crate) async fn blob_get(&self, args: BlobArgs) -> Result<Vec<u8>, Failure> {
        let hash = args.hash;
        let name = hash.to_string();
        let held = self.host.get(Table::Blobs, &name).await;
        if let Some(bytes) = held.map_err(store_failure)? {
            self.media_used(hash, bytes.len() as u64);
            return Ok(bytes);
        }
        // Only what a record names is asked for: the page cannot make this a way to anything else.
        let blob = self.news.borrow().blob(&hash);
        let blob = blob.ok_or_else(|| Failure::new(Code::NotFound))?;
        let kind = args.kind.unwrap_or(DataKind::Rest);
        let may = self.may_begin(kind, blob.bytes, args.asked);
        may.map_err(|why| match why {
            Holds::Day => Failure::at(Code::DataSpent, "day"),
            Holds::Month => Failure::at(Code::DataSpent, "month"),
            Holds::Metered | Holds::Battery => Failure::new(Code::DataWaits),
        })?;
        let ask = Ask::get(format!("{BLOBS}/{hash}"));
        let reply = self.ask_for(kind, ask).await;
        let reply = reply.map_err(|_| Failure::new(Code::Offline))?;
        match reply.status {
            200 if Hash::of(&reply.body) == hash => {}
            200 if reply.mime.starts_with("text/html") => {
                return Err(Failure::new(Code::NotAHub));
            }
            200 => return Err(Failure::new(Code::NotGenuine)),
            404 => return Err(Failure::new(Code::NotFound)),
            _ => return Err(Failure::new(Code::NotAHub)),
        }
        let put = Change::Put(Table::Blobs, name, reply.body.clone());
        // Without room it is shown all the same and asked for again another time.
        if self
            .host
            .commit(vec![put], Durability::Relaxed)
            .await
            .is_ok()
        {
            self.held.borrow_mut().insert(hash);
            self.media_used(hash, reply.body.len() as u64);
            // Another time, if the store is busy now.
            let _ = self.make_room(Some(hash)).await;
        }
        let _ = self.count_traffic().await;
        Ok(reply.body)
    }
}
