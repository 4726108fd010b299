//! From a checked act to a letter that is durable: photos encrypted to files first, then everything else
//! in one transaction, then and only then it is said to be saved.

use bantin_model::cbor;
use bantin_model::letter::{ConversationId, ConversationKeys, ConversationSeed};
use bantin_model::record::Agency;
use bantin_store::StoreError;
use bantin_store::private::{ConversationRow, NewAttachment, NewLetter};
use bantin_view::{Act, Envelope, Written, write};
use bantin_wire::{Code, Failure};

use crate::reading::Reading;
use crate::{Engine, Error, Result, file};

/// The longest name of an act, in bytes.
const ONCE_BYTES_MAX: usize = 128;

/// Where a letter belongs.
struct Post<'a> {
    row: &'a ConversationRow,
    agency: &'a Agency,
    seq: u32,
    /// The conversation begins with it.
    first: bool,
    once: &'a str,
    /// What the act returns.
    result: &'a str,
}

impl Engine {
    /// Opens a conversation with the nearest agency.
    pub(crate) async fn begin_conversation(
        &self,
        act: Act,
        action: &str,
        once: &str,
    ) -> Result<String> {
        let once = act_name(action, once)?;
        let _one_at_a_time = self.inner.writing.lock().await;
        let reading = self.reading().await?;
        if let Some(done) = reading.stores.private.once(&once).await? {
            return Ok(done);
        }
        let follow = reading
            .stores
            .news
            .follow()
            .await?
            .ok_or(Code::NoAgencyKey)?;
        let (place, agency) = reading.directory.addressee(&follow.place, reading.now())?;
        let seed = self.with_rng(ConversationSeed::generate);
        let row = ConversationRow {
            id: ConversationKeys::from_seed(&seed).id(),
            seed,
            place,
            reply_keys: reading.directory.reply_keys(),
            mail_after: 0,
            mail_life: 0,
            released: false,
            claimed_at: None,
        };
        let id = row.id.to_string();
        let post = Post {
            row: &row,
            agency,
            seq: 1,
            first: true,
            once: &once,
            result: &id,
        };
        match self.post(&reading, act, post).await {
            Err(Error::Store(StoreError::Taken)) => {
                // Another process did the same act since we asked.
                let done = reading.stores.private.once(&once).await?;
                done.ok_or_else(|| Code::Conflict.into())
            }
            posted => posted.map(|()| id),
        }
    }

    /// Adds a letter to a conversation, if `action` can be done in it now.
    pub(super) async fn continue_conversation(
        &self,
        id: &str,
        act: Act,
        action: &str,
        once: &str,
    ) -> Result<()> {
        let once = act_name(action, once)?;
        let _one_at_a_time = self.inner.writing.lock().await;
        let reading = self.reading().await?;
        if reading.stores.private.once(&once).await?.is_some() {
            return Ok(());
        }
        let thread = self.thread_of(&reading, id).await?;
        if !thread.actions().iter().any(|possible| possible == action) {
            return Err(Code::WrongState.into());
        }
        // Where it began: forwarding is the hub's work, and its first hub knows where it went.
        let agency = reading.directory.agency(&thread.agency, reading.now());
        let agency = agency.ok_or(Code::NoAgencyKey)?;
        let mut row = self.row(&reading, thread.id).await?;
        row.place = thread.agency.clone();
        let letters = u32::try_from(thread.letters.len()).unwrap_or(u32::MAX);
        let seq = letters.saturating_add(1);
        let post = Post {
            row: &row,
            agency,
            seq,
            first: false,
            once: &once,
            result: id,
        };
        match self.post(&reading, act, post).await {
            Err(Error::Store(StoreError::Taken)) => Ok(()),
            posted => posted,
        }
    }

    async fn row(&self, reading: &Reading, id: ConversationId) -> Result<ConversationRow> {
        let row = reading.stores.private.conversation(id).await?;
        row.ok_or_else(|| Failure::at(Code::NotFound, "id").into())
    }

    async fn post(&self, reading: &Reading, act: Act, post: Post<'_>) -> Result<()> {
        let tokens = act.photos().to_vec();
        let mut photos = Vec::new();
        for token in &tokens {
            let jpeg = self.photo(token).await;
            photos.push(jpeg.map_err(at_photos)?);
        }
        let keys = ConversationKeys::from_seed(&post.row.seed);
        let envelope = Envelope {
            keys: &keys,
            seq: post.seq,
            agency: &post.agency.seal_key,
            written_at: self.now(),
            lang: reading.reader.language(),
        };
        let written = self.with_rng(|rng| write(act, &photos, &envelope, rng))?;
        let mut attachments = Vec::new();
        for ((hash, sealed), photo) in written.attachments.iter().zip(tokens) {
            file::write_durable(&self.inner.folders.outgoing_file(hash), sealed).await?;
            attachments.push(NewAttachment { hash: *hash, photo });
        }
        let saved = self.save(reading, &post, &written, &attachments).await;
        if let Err(error) = saved {
            // The photos themselves stay for another try. A disk that fails at the end of a transaction may
            // have kept it all the same: then the letter is there at the next start and needs its files,
            // and if it is not they are swept later.
            if matches!(error, Error::Store(StoreError::Taken)) || error.is_full() {
                for (hash, _) in &written.attachments {
                    file::delete(&self.inner.folders.outgoing_file(hash)).await?;
                }
            }
            return Err(error);
        }
        self.tell_changed();
        self.tell_letter_saved();
        Ok(())
    }

    async fn save(
        &self,
        reading: &Reading,
        post: &Post<'_>,
        written: &Written,
        attachments: &[NewAttachment],
    ) -> Result<()> {
        let new = NewLetter {
            conversation: post.row,
            first: post.first,
            id: written.id,
            plain: &cbor::to_vec(&written.letter),
            sealed: &written.sealed,
            agency_key: post.agency.key_id(),
            saved_at: self.now(),
            attachments,
            once: (post.once, post.result),
        };
        Ok(reading.stores.private.save_letter(new).await?)
    }
}

/// The name of an act among all acts of this person.
fn act_name(action: &str, once: &str) -> Result<String> {
    if once.is_empty() || once.len() > ONCE_BYTES_MAX {
        return Err(Failure::at(Code::NotAllowed, "once").into());
    }
    Ok(format!("{action}:{once}"))
}

fn at_photos(error: Error) -> Error {
    match error {
        Error::Refused(failure) => Failure::at(failure.code, "photos").into(),
        other => other,
    }
}
