//! Writing a pack: what matters most first, because a cut takes the end.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use bantin_model::feed::Segment;
use bantin_model::id::Hash;
use bantin_model::letter::ConversationKeys;
use bantin_model::pack::{Ask, PACK_EXTENSION, PackWriter, RecordKind};
use bantin_store::private::CarriedRow;
use bantin_wire::Failure;
use bantin_wire::http::SEGMENTS;
use bantin_wire::ipc::pack::{PackChoice, PackMade};
use tokio::fs;

use super::source::blocking;
use crate::shelf::ShelfFeed;
use crate::{Engine, Error, Result, file};

/// A pack that is being written, beside its place.
struct Draft {
    writer: PackWriter<BufWriter<File>>,
    part: PathBuf,
}

impl Engine {
    /// Writes a pack to a file, whole or not at all; a file that is there is replaced.
    ///
    /// # Errors
    /// [`bantin_wire::Code::NotFound`] at `place` before a place is followed; no room; no access.
    pub async fn export_pack(&self, to: &Path, choice: &PackChoice) -> Result<PackMade> {
        let follow = self.stores().await.news.follow().await?;
        follow.ok_or_else(|| Failure::at(bantin_wire::Code::NotFound, "place"))?;
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = to.with_file_name(name);
        let made = self.fill(part.clone(), choice).await;
        let mut made = match made {
            Ok(made) => made,
            Err(error) => {
                file::delete(&part).await?;
                return Err(error);
            }
        };
        fs::rename(&part, to).await?;
        file::sync_folder(to).await?;
        made.file = to.display().to_string();
        Ok(made)
    }

    /// Writes a pack named after its place and day into a folder, which is made if it is missing.
    ///
    /// # Errors
    /// As [`Engine::export_pack`].
    pub async fn export_pack_into(&self, folder: &Path, choice: &PackChoice) -> Result<PackMade> {
        let follow = self.stores().await.news.follow().await?;
        let place = follow.map(|follow| follow.place.to_string());
        let (place, day) = (place.unwrap_or_default(), self.today_judged().await?);
        fs::create_dir_all(folder).await?;
        let name = format!("ban-tin-{place}-{day}.{PACK_EXTENSION}");
        self.export_pack(&folder.join(name), choice).await
    }

    async fn fill(&self, part: PathBuf, choice: &PackChoice) -> Result<PackMade> {
        let mut made = PackMade::default();
        let mut draft = Draft::begin(part).await?;
        let shelf = self.shelf().await;
        if let Some(document) = shelf.document().await? {
            draft = draft.put(RecordKind::HEADS, document).await?.0;
        }
        let carried = match choice.letters {
            true => self.stores().await.private.carried().await?,
            false => Vec::new(),
        };
        // Small things of people before news, large ones after.
        if choice.letters {
            draft = self.put_letters(draft, &mut made).await?;
        }
        draft = self.put_carried(draft, &carried, false, &mut made).await?;
        draft = self.put_segments(draft, choice, &mut made).await?;
        if choice.letters {
            draft = self.put_attachments(draft).await?;
        }
        draft = self.put_carried(draft, &carried, true, &mut made).await?;
        if choice.media {
            draft = self.put_media(draft, &mut made).await?;
        }
        made.bytes = draft.finish().await?;
        Ok(made)
    }

    /// Own letters that no hub has accepted, and for each open conversation the question for answers.
    async fn put_letters(&self, mut draft: Draft, made: &mut PackMade) -> Result<Draft> {
        let private = self.stores().await.private;
        for outgoing in private.outbox().await? {
            let Some(sealed) = private.sealed(outgoing.letter).await? else {
                continue;
            };
            let put;
            (draft, put) = draft.put(RecordKind::LETTER, sealed).await?;
            made.letters += u32::from(put);
        }
        // In the order of their names: which mailbox is the newest is nobody's business.
        let mut mailboxes = BTreeSet::new();
        for row in private.conversations().await? {
            if !row.released {
                mailboxes.insert(ConversationKeys::from_seed(&row.seed).mailbox());
            }
        }
        for mailbox in mailboxes {
            let ask = Ask { mailbox }.to_bytes();
            draft = draft.put(RecordKind::ASK, ask).await?.0;
        }
        Ok(draft)
    }

    async fn put_attachments(&self, mut draft: Draft) -> Result<Draft> {
        let private = self.stores().await.private;
        let outbox = private.outbox().await?;
        for hash in outbox.into_iter().flat_map(|outgoing| outgoing.attachments) {
            let path = self.inner.folders.outgoing_file(&hash);
            if let Some(bytes) = file::read(&path).await? {
                draft = draft.put(RecordKind::ATTACHMENT, bytes).await?.0;
            }
        }
        Ok(draft)
    }

    async fn put_carried(
        &self,
        mut draft: Draft,
        rows: &[CarriedRow],
        large: bool,
        made: &mut PackMade,
    ) -> Result<Draft> {
        let is_large = |row: &&CarriedRow| {
            !matches!(
                RecordKind(row.kind),
                RecordKind::LETTER | RecordKind::ASK | RecordKind::RECEIPT | RecordKind::MAIL
            )
        };
        for row in rows.iter().filter(|row| is_large(row) == large) {
            if let Some(body) = self.carried_body(row).await? {
                let put;
                (draft, put) = draft.put(RecordKind(row.kind), body).await?;
                let letter = row.kind == RecordKind::LETTER.0;
                made.carried += u32::from(put && letter);
            }
        }
        Ok(draft)
    }

    async fn put_segments(
        &self,
        mut draft: Draft,
        choice: &PackChoice,
        made: &mut PackMade,
    ) -> Result<Draft> {
        let wanted =
            |feed: &ShelfFeed| choice.places.is_empty() || choice.places.contains(&feed.place);
        let shelf = self.shelf().await;
        let mut reach = true;
        let mut dictionaries = BTreeSet::new();
        for feed in shelf.feeds().await?.iter().filter(|feed| wanted(feed)) {
            let mut whole = true;
            for segment in feed.segments.iter().rev() {
                let mut bytes = shelf.segment(&segment.hash).await?;
                if bytes.is_none() && reach {
                    bytes = self.fetch_segment(&segment.hash, segment.bytes).await;
                    // One try is enough to know that there is no way to the hub now.
                    reach = bytes.is_some();
                }
                let mut put = false;
                if let Some(bytes) = bytes {
                    let named = Segment::read(&bytes).ok().and_then(|s| s.dictionary());
                    if let Some(named) = named.filter(|named| dictionaries.insert(*named))
                        && let Some(dictionary) = shelf.blob(&named).await?
                    {
                        draft = draft.put(RecordKind::DICTIONARY, dictionary).await?.0;
                    }
                    (draft, put) = draft.put(RecordKind::SEGMENT, bytes).await?;
                }
                made.segments_missing += u32::from(!put);
                whole &= put;
            }
            if whole {
                made.places.push(feed.place.clone());
            }
        }
        Ok(draft)
    }

    /// A segment that came before this device kept its file, or that it lost.
    async fn fetch_segment(&self, hash: &Hash, bytes: u64) -> Option<Vec<u8>> {
        let follow = self.stores().await.news.follow().await.ok()??;
        let partial = self.inner.folders.partial_file(hash);
        let hub = self.inner.wire.hub(&follow.hub);
        let fetched = hub.file(SEGMENTS, hash, bytes, &partial).await.ok()?;
        let genuine = Hash::of(&fetched) == *hash;
        if genuine {
            crate::shelf::keep::put(&self.inner.folders, std::iter::once(hash)).await;
        } else if let Err(error) = file::delete(&partial).await {
            tracing::warn!(%error, "a damaged piece stays");
        }
        genuine.then_some(fetched)
    }

    async fn put_media(&self, mut draft: Draft, made: &mut PackMade) -> Result<Draft> {
        let shelf = self.shelf().await;
        for hash in self.public_blobs().await?.into_keys() {
            if let Some(bytes) = shelf.blob(&hash).await? {
                let put;
                (draft, put) = draft.put(RecordKind::BLOB, bytes).await?;
                made.media += u32::from(put);
            }
        }
        Ok(draft)
    }
}

impl Draft {
    async fn begin(part: PathBuf) -> Result<Self> {
        blocking(move || {
            let writer = PackWriter::new(BufWriter::new(File::create(&part)?))?;
            Ok(Self { writer, part })
        })
        .await?
    }

    /// Adds a record; whether there was room for it.
    async fn put(mut self, kind: RecordKind, body: Vec<u8>) -> Result<(Self, bool)> {
        blocking(move || {
            let put = self.writer.record(kind, &body)?;
            Ok((self, put))
        })
        .await?
    }

    /// Ends it durably; its size in bytes.
    async fn finish(self) -> Result<u64> {
        let part = self.part.clone();
        blocking(move || {
            let out = self.writer.finish()?;
            let file = out
                .into_inner()
                .map_err(std::io::IntoInnerError::into_error)?;
            file.sync_all()?;
            Ok::<u64, Error>(std::fs::metadata(part)?.len())
        })
        .await?
    }
}
