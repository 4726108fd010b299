//! What is private, read from the store: conversations with their letters, proofs and replies, marks and
//! settings. Photos and ciphertexts stay in the store until somebody needs them.

mod row;

use std::collections::{BTreeMap, BTreeSet};

use bantin_model::budget::{DataKind, Limits, Spending};
use bantin_model::cbor;
use bantin_model::conversation::Date;
use bantin_model::id::RecordId;
use bantin_model::letter::{
    ConversationId, ConversationKeys, ConversationSeed, LETTER_BYTES_MAX, Letter, LetterId,
    OpenedReply, Receipt, VerifiedReceipt, open_reply,
};
use bantin_model::sync::{MailboxState, Outgoing};
use bantin_model::time::Seconds;
use bantin_view::{SentLetter, Thread};
use bantin_wire::ipc::conversation::PhotoView;
use bantin_wire::ipc::device::Settings;

use crate::host::{Host, StoreError, Table};

pub use row::{
    ConversationRow, LetterRow, MarkRow, PhotoName, PhotoRow, ReceiptRow, ReplyRow, Row, reply_key,
};

/// Keys of [`Table::State`].
pub mod key {
    /// Number of the newest commit of private state.
    pub const GENERATION: &str = "private";
    /// The person's settings.
    pub const SETTINGS: &str = "settings";
    /// Bytes moved, before they were counted by kind.
    pub const TRAFFIC: &str = "traffic";
    /// Bytes moved, by day and kind.
    pub const SPENDING: &str = "spending";
    /// What the person allows.
    pub const LIMITS: &str = "limits";
    /// Size and last use of the blobs.
    pub const MEDIA: &str = "media";
    /// The newest issue date the person has seen a list of.
    pub const LOOKED: &str = "looked";
    /// Letters to be offered to a restored hub once more.
    pub const OFFER_AGAIN: &str = "offer-again";
}

/// A conversation in memory.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// Its row.
    pub row: ConversationRow,
    /// Its keys, from the row's seed.
    pub keys: ConversationKeys,
    /// Its letters by sequence, with their rows.
    pub letters: Vec<(SentLetter, LetterRow)>,
    /// Verified receipts of its letters.
    pub receipts: Vec<VerifiedReceipt>,
    /// Verified replies in the order in which they came, each once.
    pub replies: Vec<OpenedReply>,
    /// The number in the key of the newest of them.
    pub last_reply: u64,
}

/// Everything private.
#[derive(Clone, Debug, Default)]
pub struct Private {
    /// The commit this was read at.
    pub generation: u64,
    /// Conversations.
    pub conversations: BTreeMap<ConversationId, Conversation>,
    /// Marks by record.
    pub marks: BTreeMap<RecordId, MarkRow>,
    /// Settings.
    pub settings: Settings,
    /// Bytes moved.
    pub spending: Spending,
    /// What the person allows.
    pub limits: Limits,
    /// The newest issue date the person has seen a list of.
    pub looked: Seconds,
    /// Letters to be offered to a restored hub once more.
    pub offer_again: BTreeSet<LetterId>,
}

impl Conversation {
    fn new(row: ConversationRow) -> Self {
        let seed = ConversationSeed::from_bytes(*row.seed);
        Self {
            keys: ConversationKeys::from_seed(&seed),
            row,
            letters: Vec::new(),
            receipts: Vec::new(),
            replies: Vec::new(),
            last_reply: 0,
        }
    }

    /// As the views take it.
    pub fn thread(&self) -> Thread {
        let seed = ConversationSeed::from_bytes(*self.row.seed);
        Thread {
            id: self.keys.id(),
            agency: self.row.agency.clone(),
            claim_code: seed.claim_code(),
            letters: self.letters.iter().map(|(sent, _)| sent.clone()).collect(),
            receipts: self.receipts.clone(),
            replies: self.replies.clone(),
            replies_read: self.row.replies_read,
            claimed_at: Some(self.row.claimed_at).filter(|at| at.0 > 0),
        }
    }

    /// The number of the next letter.
    pub fn next_seq(&self) -> u32 {
        let last = self.letters.iter().map(|(sent, _)| sent.letter.seq).max();
        last.unwrap_or_default().saturating_add(1)
    }
}

impl Private {
    /// Reads everything.
    pub async fn load<H: Host>(host: &H) -> Result<Self, StoreError> {
        let mut private = Self {
            generation: generation(host).await?,
            settings: state(host, key::SETTINGS).await?.unwrap_or_default(),
            spending: spending(host).await?,
            limits: state(host, key::LIMITS).await?.unwrap_or_default(),
            looked: state(host, key::LOOKED).await?.unwrap_or_default(),
            offer_again: state(host, key::OFFER_AGAIN).await?.unwrap_or_default(),
            ..Self::default()
        };
        for (id, bytes) in host.all(Table::Marks).await? {
            if let (Some(id), Some(row)) = (RecordId::from_hex(&id), MarkRow::from_row(&bytes)) {
                private.marks.insert(id, row);
            }
        }
        for (_, bytes) in host.all(Table::Conversations).await? {
            if let Some(row) = ConversationRow::from_row(&bytes) {
                let conversation = Conversation::new(row);
                private
                    .conversations
                    .insert(conversation.keys.id(), conversation);
            }
        }
        for (_, bytes) in host.all(Table::Letters).await? {
            private.take_letter(&bytes);
        }
        for (_, bytes) in host.all(Table::Receipts).await? {
            private.take_receipt(&bytes);
        }
        for (name, bytes) in host.all(Table::Replies).await? {
            private.take_reply(&name, &bytes);
        }
        for conversation in private.conversations.values_mut() {
            conversation
                .letters
                .sort_by_key(|(sent, _)| sent.letter.seq);
        }
        Ok(private)
    }

    fn take_letter(&mut self, bytes: &[u8]) -> Option<()> {
        let row = LetterRow::from_row(bytes)?;
        let letter: Letter = cbor::from_slice(&row.letter, LETTER_BYTES_MAX).ok()?;
        let photo = |name: &PhotoName| PhotoView {
            token: name.token.clone(),
            width: name.width,
            height: name.height,
        };
        let sent = SentLetter {
            id: row.id(),
            letter,
            saved_at: row.saved_at,
            replies_before: row.replies_before,
            refused: row.refused,
            photos: row.photos.iter().map(photo).collect(),
        };
        let of = ConversationId(*row.conversation);
        self.conversations.get_mut(&of)?.letters.push((sent, row));
        Some(())
    }

    fn take_receipt(&mut self, bytes: &[u8]) -> Option<()> {
        let row = ReceiptRow::from_row(bytes)?;
        let verified = Receipt::verify(&row.bytes, &[row.key()]).ok()?;
        let of = self.of_letter(verified.receipt.letter)?;
        self.conversations.get_mut(&of)?.receipts.push(verified);
        Some(())
    }

    fn take_reply(&mut self, name: &str, bytes: &[u8]) -> Option<()> {
        let (id, number) = name.split_once('/')?;
        let of = ConversationId::from_hex(id)?;
        let conversation = self.conversations.get_mut(&of)?;
        let row = ReplyRow::from_row(bytes)?;
        let opened = open_reply(&row.bytes, &conversation.keys, &[row.signed_by]).ok()?;
        conversation.last_reply = conversation.last_reply.max(number.parse().ok()?);
        if conversation.replies.iter().all(|held| held.id != opened.id) {
            conversation.replies.push(opened);
        }
        Some(())
    }

    /// The conversation a letter belongs to.
    pub fn of_letter(&self, letter: LetterId) -> Option<ConversationId> {
        let has = |conversation: &&Conversation| {
            let mut letters = conversation.letters.iter();
            letters.any(|(sent, _)| sent.id == letter)
        };
        let found = self.conversations.values().find(has)?;
        Some(found.keys.id())
    }

    /// The row of a letter.
    pub fn letter(&self, letter: LetterId) -> Option<&LetterRow> {
        let all = self.conversations.values().flat_map(|c| &c.letters);
        let mut of_id = all.filter(|(sent, _)| sent.id == letter);
        of_id.next().map(|(_, row)| row)
    }

    /// Letters no hub has accepted, oldest first; those refused for good are left out.
    pub fn outbox(&self) -> Vec<Outgoing> {
        let mut waiting: Vec<&(SentLetter, LetterRow)> = Vec::new();
        for conversation in self.conversations.values() {
            let thread = conversation.thread();
            let waits = |(sent, _): &&(SentLetter, LetterRow)| {
                !sent.refused && (self.offer_again.contains(&sent.id) || thread.waits(sent))
            };
            waiting.extend(conversation.letters.iter().filter(waits));
        }
        waiting.sort_by_key(|(sent, _)| (sent.saved_at, sent.letter.seq, sent.id));
        let outgoing = |(sent, row): &(SentLetter, LetterRow)| Outgoing {
            letter: sent.id,
            attachments: row.attachments().iter().map(|a| a.hash).collect(),
        };
        waiting.into_iter().map(outgoing).collect()
    }

    /// Letters of which no hub is proven to have them, those refused included.
    pub fn waiting(&self) -> usize {
        let of = |conversation: &Conversation| {
            let thread = conversation.thread();
            let waits = thread.letters.iter().filter(|sent| thread.waits(sent));
            waits.count()
        };
        self.conversations.values().map(of).sum()
    }

    /// Mailboxes to look into: those of conversations that a hub may know of.
    pub fn mailboxes(&self) -> Vec<MailboxState> {
        let state = |conversation: &Conversation| MailboxState {
            seed: ConversationSeed::from_bytes(*conversation.row.seed),
            after: conversation.row.after,
            life: conversation.row.life,
            agency: conversation.row.reply_keys.clone(),
        };
        self.conversations.values().map(state).collect()
    }
}

/// The number of the newest commit of private state; 0 before the first.
pub async fn generation<H: Host>(host: &H) -> Result<u64, StoreError> {
    Ok(state(host, key::GENERATION).await?.unwrap_or_default())
}

/// The counters; those of an older version counted a day and its month alone.
async fn spending<H: Host>(host: &H) -> Result<Spending, StoreError> {
    #[derive(serde::Deserialize)]
    struct Traffic {
        day: Date,
        today_bytes: u64,
    }
    if let Some(spending) = state(host, key::SPENDING).await? {
        return Ok(spending);
    }
    let mut spending = Spending::default();
    if let Some(Traffic { day, today_bytes }) = state(host, key::TRAFFIC).await? {
        spending.put(day, DataKind::Other, today_bytes);
    }
    Ok(spending)
}

/// A value of [`Table::State`]; none if it is missing or damaged.
pub async fn state<H: Host, T: serde::de::DeserializeOwned>(
    host: &H,
    name: &str,
) -> Result<Option<T>, StoreError> {
    let bytes = host.get(Table::State, name).await?;
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}
