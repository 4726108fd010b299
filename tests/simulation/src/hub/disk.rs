//! The disk of a hub. A copy of it is a backup.

use std::collections::BTreeMap;
use std::sync::Arc;

use bantin_model::conversation::Status;
use bantin_model::feed::{HeadsDocument, HeadsNode, LeafProof, root_of};
use bantin_model::id::{Hash, RecordId};
use bantin_model::letter::{ConversationId, LetterId, MailboxId, SealPublic};
use bantin_model::record::{Body, Delegation, Record};
use bantin_model::sync::Apply;
use bantin_model::time::Seconds;
use bantin_model::tree;

use super::feed::OwnFeed;
use super::mail::Mailbox;
use crate::cast::{RELAY, grant_id, member};
use crate::client::{LetterState, Letters, News};
use crate::flaw::Flaw;

/// A letter that was accepted here.
#[derive(Clone)]
pub struct HubLetter {
    /// The sealed bytes.
    pub bytes: Arc<[u8]>,
    /// When it was accepted first.
    pub at: Seconds,
    /// The conversation, once it was opened. Stays empty where letters are only carried.
    pub opened: Option<ConversationId>,
}

/// A conversation at the agency.
#[derive(Clone)]
pub struct Thread {
    /// Where it stands.
    pub status: Status,
    /// Replies go here.
    pub mailbox: MailboxId,
    /// Replies are sealed to it.
    pub seal: SealPublic,
    /// Letters in the order in which they were opened.
    pub letters: Vec<LetterId>,
    /// Replies so far.
    pub replies: u32,
}

/// Documents kept, so that who has one of them is told only what is different.
const SERVED_BEFORE: usize = 4;

/// The heads document as it is served.
#[derive(Clone)]
pub struct Served {
    /// Its tag.
    pub tag: String,
    /// The document.
    pub bytes: Arc<[u8]>,
}

/// Everything durable.
#[derive(Clone, Default)]
pub struct HubDisk {
    /// The feed it keeps; none at the relay.
    pub own: Option<OwnFeed>,
    /// Root documents; only at the top.
    pub roots: Vec<Vec<u8>>,
    /// The feeds above.
    pub mirror: News,
    /// The document as it was last whole.
    pub served: Option<Served>,
    /// Documents served before, newest last.
    pub served_before: Vec<Served>,
    /// Letters accepted.
    pub letters: BTreeMap<LetterId, HubLetter>,
    /// Those of them for a hub above.
    pub carried: Letters,
    /// Conversations at home here.
    pub threads: BTreeMap<ConversationId, Thread>,
    /// Receipts of the hub above for letters carried.
    pub receipts: BTreeMap<LetterId, Vec<u8>>,
    /// Mailboxes, of conversations at home here and of letters carried. The relay's are in memory only.
    pub mail: BTreeMap<MailboxId, Mailbox>,
    /// How far the mailboxes of carried letters are mirrored from the hub above, in which life of its.
    pub above: BTreeMap<MailboxId, (u64, u64)>,
    /// The life of the hub above that the entries in `mail` belong to; only at the relay.
    pub mail_life: u64,
    /// It serves nothing until it has a new epoch.
    pub resting: bool,
    /// The epoch that operators have asked the place above for.
    pub awaits: Option<u32>,
    /// Notices published so far.
    pub notices: u64,
}

/// The tag of a document, as `hub/src/feed/heads.rs` makes it.
fn content(document: &[u8]) -> String {
    let read = HeadsDocument::from_bytes(document);
    read.map_or_else(|_| String::new(), |read| format!("\"{}\"", read.content()))
}

impl HubDisk {
    /// What the hub above says about the feed here, as far as it was mirrored.
    pub fn grant(&self, hub: usize) -> Option<Delegation> {
        let above = member(hub).above?;
        let feed = self.mirror.feeds.get(&member(above).place)?;
        let record = Record::from_bytes(feed.records.get(&grant_id(hub))?).ok()?;
        match record.body().ok()? {
            Body::Delegation(grant) => Some(grant),
            _ => None,
        }
    }

    /// Before a new epoch of a hub above is kept: every letter carried waits again, because that hub may have lost
    /// it. True if something changed.
    pub fn prepare(&mut self, apply: &Apply, flaw: Option<Flaw>) -> bool {
        let restored = match apply {
            Apply::Feed(change) => self.mirror.begins_epoch(std::slice::from_ref(&change.head)),
            Apply::Heads { heads, .. } => self.mirror.begins_epoch(heads),
            _ => false,
        };
        if restored && flaw != Some(Flaw::CarrierTrustsAbove) {
            self.carried.again(&[LetterState::Accepted], |_| true);
        }
        restored
    }

    /// What a relay knows of its guests' mailboxes it never writes down.
    pub fn only_written(&mut self) {
        if self.own.is_none() {
            self.mail.clear();
            self.above.clear();
        }
    }

    /// Puts the document together anew if all its parts fit; otherwise the one before stays.
    pub fn assemble(&mut self, hub: usize) {
        if let Some(bytes) = self.document(hub) {
            let tag = content(&bytes);
            if self.served.as_ref().is_some_and(|served| served.tag == tag) {
                return;
            }
            let served = Served {
                tag,
                bytes: bytes.into(),
            };
            self.served_before.extend(self.served.replace(served));
            let over = self.served_before.len().saturating_sub(SERVED_BEFORE);
            self.served_before.drain(..over);
        }
    }

    fn document(&self, hub: usize) -> Option<Vec<u8>> {
        if hub == RELAY {
            return self.mirror.document.as_deref().map(<[u8]>::to_vec);
        }
        let own = self.own.as_ref()?;
        let Some(above) = member(hub).above else {
            let roots = self.roots.iter().cloned().map(Into::into).collect();
            let head = own.head.clone().into();
            let nodes = vec![HeadsNode {
                head,
                delegation: None,
                handed: None,
            }];
            return Some(HeadsDocument { roots, nodes }.to_bytes());
        };
        let fits = |grant: &Delegation| {
            grant.epoch == own.author.epoch && grant.after_version < own.author.version
        };
        self.grant(hub)
            .filter(fits)
            .filter(|_| self.mirror.settled)?;
        let mut document = HeadsDocument::from_bytes(self.mirror.document.as_deref()?).ok()?;
        let proof = self.proof(above, grant_id(hub))?;
        document.nodes.push(HeadsNode {
            head: own.head.clone().into(),
            delegation: Some(proof),
            handed: None,
        });
        Some(document.to_bytes())
    }

    /// A record of the mirrored feed of the hub above, with its way up to that feed's root.
    fn proof(&self, above: usize, id: RecordId) -> Option<LeafProof> {
        let feed = self.mirror.feeds.get(&member(above).place)?;
        let leaf = |(id, bytes): (&RecordId, &Arc<[u8]>)| (*id, tree::leaf_hash(bytes));
        let set: BTreeMap<RecordId, Hash> = feed.records.iter().map(leaf).collect();
        if root_of(&set) != feed.known.root {
            return None;
        }
        let index = set.keys().position(|held| *held == id)?;
        let leaves: Vec<Hash> = set.values().copied().collect();
        Some(LeafProof {
            leaf: feed.records.get(&id)?.to_vec().into(),
            index: index as u64,
            path: tree::path(&leaves, index)?,
        })
    }
}
