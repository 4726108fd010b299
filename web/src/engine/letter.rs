//! Writing a letter: checked, sealed once, and durable with everything that belongs to it in one commit
//! before anybody is told that it is saved.

use bantin_model::cbor;
use bantin_model::id::PlaceId;
use bantin_model::letter::{ConversationId, ConversationKeys, ConversationSeed, SealPublic};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use bantin_view::{Act, Envelope, Written, write};
use bantin_wire::{Code, Failure};
use minicbor::bytes::ByteArray;

use super::{Engine, store_failure};
use crate::host::{Change, Host, Lock, Table};
use crate::private::{ConversationRow, LetterRow, PhotoName, Row};

/// The longest name of an act.
const ONCE_BYTES_MAX: usize = 64;

impl<H: Host> Engine<H> {
    /// Opens a conversation with the agency of the followed place, or returns the one that the act of
    /// this name opened already.
    pub(crate) async fn open_conversation(&self, act: Act, once: &str) -> Result<String, Failure> {
        check_once(once)?;
        let _only = self.host.lock(Lock::Write).await;
        self.fresh().await?;
        if let Some(done) = self.done(once).await? {
            return Ok(done);
        }
        let (place, key, reply_keys) = self.addressee(None)?;
        let seed = ConversationSeed::generate(&mut self.rng());
        let row = ConversationRow {
            seed: ByteArray::from(*seed.to_bytes()),
            agency: place,
            reply_keys,
            after: 0,
            life: 0,
            replies_read: 0,
            claimed_at: Seconds(0),
        };
        let keys = ConversationKeys::from_seed(&seed);
        let id = keys.id().to_string();
        let mut changes = vec![Change::Put(Table::Conversations, id.clone(), row.to_row())];
        changes.extend(self.letter(act, &keys, (1, 0), &key).await?);
        self.save_letter(changes, once, &id).await?;
        Ok(id)
    }

    /// Adds a letter, if `action` can be done now.
    pub(crate) async fn continue_conversation(
        &self,
        id: ConversationId,
        action: &str,
        act: Act,
        once: &str,
    ) -> Result<(), Failure> {
        check_once(once)?;
        let _only = self.host.lock(Lock::Write).await;
        self.fresh().await?;
        if self.done(once).await?.is_some() {
            return Ok(());
        }
        let found = self.private.borrow().conversations.get(&id).cloned();
        let conversation = found.ok_or_else(|| Failure::at(Code::NotFound, "id"))?;
        let thread = conversation.thread().at_home(&self.news.borrow().directory);
        let actions = thread.actions();
        if !actions.iter().any(|possible| possible == action) {
            return Err(Failure::new(Code::WrongState));
        }
        let (_, key, reply_keys) = self.addressee(Some(&thread.agency))?;
        let held = u32::try_from(conversation.replies.len()).unwrap_or(u32::MAX);
        let place_in_it = (conversation.next_seq(), held);
        let mut changes = self
            .letter(act, &conversation.keys, place_in_it, &key)
            .await?;
        let mut row = conversation.row;
        row.agency = thread.agency;
        row.reply_keys.extend(reply_keys);
        row.reply_keys.sort_unstable();
        row.reply_keys.dedup();
        changes.push(Change::Put(
            Table::Conversations,
            id.to_string(),
            row.to_row(),
        ));
        self.save_letter(changes, once, &id.to_string()).await
    }

    async fn save_letter(
        &self,
        mut changes: Vec<Change>,
        once: &str,
        id: &str,
    ) -> Result<(), Failure> {
        let done = id.as_bytes().to_vec();
        changes.push(Change::Put(Table::Once, once.to_owned(), done));
        self.save(changes).await?;
        self.letters_new.set(true);
        Ok(())
    }

    /// What the act of this name did before.
    async fn done(&self, once: &str) -> Result<Option<String>, Failure> {
        let found = self.host.get(Table::Once, once).await;
        let found = found.map_err(store_failure)?;
        Ok(found.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    /// Whose key a letter is sealed to now: the given place's agency, or the one nearest to the followed
    /// place; and the keys that may answer.
    pub(crate) fn addressee(
        &self,
        place: Option<&PlaceId>,
    ) -> Result<(PlaceId, SealPublic, Vec<PublicKey>), Failure> {
        let now = self.reader().now;
        let news = self.news.borrow();
        let nowhere = || Failure::new(Code::NoAgencyKey);
        let place = match place {
            Some(place) => place.clone(),
            None => news.follow.as_ref().ok_or_else(nowhere)?.place.clone(),
        };
        let (place, agency) = news.directory.addressee(&place, now)?;
        Ok((place, agency.seal_key, news.directory.reply_keys()))
    }

    /// Seals a letter; what has to be written for it.
    async fn letter(
        &self,
        act: Act,
        keys: &ConversationKeys,
        (seq, replies_before): (u32, u32),
        agency: &SealPublic,
    ) -> Result<Vec<Change>, Failure> {
        let (mut names, mut photos) = (Vec::new(), Vec::new());
        for token in act.photos() {
            let row = self.photo_row(token).await?;
            names.push(PhotoName {
                token: token.clone(),
                width: row.width,
                height: row.height,
            });
            photos.push(row.jpeg.into());
        }
        let envelope = Envelope {
            keys,
            seq,
            agency,
            written_at: self.now(),
            lang: self.reader().language(),
        };
        let Written {
            id,
            letter,
            sealed,
            attachments,
        } = write(act, &photos, &envelope, &mut self.rng())?;
        let row = LetterRow {
            conversation: ByteArray::from(keys.id().0),
            letter: cbor::to_vec(&letter).into(),
            sealed: sealed.into(),
            saved_at: self.now(),
            replies_before,
            refused: false,
            photos: names,
        };
        let mut changes = vec![Change::Put(Table::Letters, id.to_string(), row.to_row())];
        changes.extend(
            attachments
                .into_iter()
                .map(|(hash, bytes)| Change::Put(Table::Attachments, hash.to_string(), bytes)),
        );
        Ok(changes)
    }
}

fn check_once(once: &str) -> Result<(), Failure> {
    if once.is_empty() || once.len() > ONCE_BYTES_MAX {
        return Err(Failure::at(Code::NotAllowed, "once"));
    }
    Ok(())
}
