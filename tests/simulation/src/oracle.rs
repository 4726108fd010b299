//! What was promised, remembered outside the world, and compared with it all the time.

use std::collections::{BTreeMap, BTreeSet};

use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{ConversationId, LetterId, ReplyVerb, Signer};
use bantin_model::sync::Apply;

use crate::cast::{HUBS, RELAY, home_of, member, path};
use crate::client::{LetterState, News};
use crate::hub::{Hub, HubDisk, Said};
use crate::message::Node;
use crate::outcome::{Breach, hold};
use crate::phone::{Conversation, Phone, Written};

/// A letter that a phone said is saved.
struct Promise {
    phone: usize,
    written: Written,
}

/// A reply as its agency wrote it.
struct Spoken {
    conversation: ConversationId,
    home: usize,
}

/// Everything that must be remembered to tell right from wrong.
#[derive(Default)]
pub struct Witness {
    signed: BTreeSet<(PlaceId, u32, u64, Hash)>,
    seen: BTreeMap<(usize, PlaceId), (u32, u64)>,
    durable: BTreeSet<(usize, LetterId)>,
    promises: Vec<Promise>,
    spoken: BTreeMap<Hash, Spoken>,
}

impl Witness {
    /// A hub has signed a version.
    pub fn signed(&mut self, disk: &HubDisk) {
        if let Some(own) = &disk.own {
            let (epoch, version) = own.body.order();
            let place = own.body.place.clone();
            self.signed.insert((place, epoch, version, own.body.root));
        }
    }

    /// A letter is on the disk of a hub.
    pub fn durable(&mut self, hub: usize, letter: LetterId) {
        self.durable.insert((hub, letter));
    }

    /// A phone has said that a letter is saved.
    pub fn written(&mut self, phone: usize, written: Written) {
        self.promises.push(Promise { phone, written });
    }

    /// An agency has written a reply.
    pub fn said(&mut self, home: usize, said: &Said) {
        let conversation = said.conversation;
        self.spoken.insert(said.id, Spoken { conversation, home });
    }

    /// A phone has made a change durable.
    pub fn applied(&mut self, number: usize, phone: &Phone, apply: &Apply) -> Result<(), Breach> {
        match apply {
            Apply::Feed(_) | Apply::Heads { .. } => {
                self.genuine(&phone.disk.news)?;
                for (place, feed) in &phone.disk.news.feeds {
                    let key = (number, place.clone());
                    let seen = self.seen.entry(key).or_insert(feed.known.order);
                    hold!(
                        *seen <= feed.known.order,
                        "phone {number} went back from {seen:?} of {place} to {:?}",
                        feed.known.order
                    );
                    *seen = feed.known.order;
                }
            }
            Apply::Receipt(change) if change.verified.signer != Signer::Relay => {
                let receipt = &change.verified.receipt;
                let hub = home_of(&receipt.place).unwrap_or(HUBS);
                hold!(
                    self.durable.contains(&(hub, receipt.letter)),
                    "phone {number} holds a receipt of {} that was on no disk of hub {hub}",
                    receipt.letter
                );
            }
            Apply::Mail(change) => {
                for (_, _, opened) in &change.replies {
                    let spoken = self.spoken.get(&opened.id);
                    hold!(
                        spoken.is_some_and(|s| s.conversation == change.conversation),
                        "phone {number} shows reply {} that nobody wrote to it",
                        opened.id
                    );
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Everything shown is the set of a version that its place has signed.
    pub fn genuine(&self, news: &News) -> Result<(), Breach> {
        news.check()?;
        for (place, feed) in &news.feeds {
            let (epoch, version) = feed.known.order;
            let key = (place.clone(), epoch, version, feed.known.root);
            hold!(
                self.signed.contains(&key),
                "{place}: version {version} of epoch {epoch} was signed by nobody who may"
            );
        }
        Ok(())
    }

    /// No letter has two effects.
    pub fn once(&self, hub: usize, hubs: &[Hub]) -> Result<(), Breach> {
        let threads = hubs.get(hub).map(|hub| hub.disk.threads.values());
        for thread in threads.into_iter().flatten() {
            let distinct: BTreeSet<&LetterId> = thread.letters.iter().collect();
            hold!(
                distinct.len() == thread.letters.len(),
                "hub {hub} has opened a letter twice"
            );
        }
        Ok(())
    }

    /// Replies that nobody will ever read, because no copy is left; told only once the world is at rest.
    pub fn lost(&self, hubs: &[Hub], phones: &[Phone]) -> u64 {
        let mailboxes = hubs.iter().flat_map(|hub| hub.disk.mail.values());
        let kept: BTreeSet<Hash> = mailboxes
            .flat_map(|mailbox| mailbox.entries.iter().map(|entry| entry.1))
            .collect();
        let conversations = phones
            .iter()
            .flat_map(|phone| phone.disk.conversations.values());
        let read: BTreeSet<Hash> = conversations
            .flat_map(|conversation| conversation.replies.iter().map(|reply| reply.0))
            .collect();
        let lost = |id: &&Hash| !kept.contains(*id) && !read.contains(*id);
        self.spoken.keys().filter(lost).count() as u64
    }

    /// What is not yet as it must be in the end, if anything.
    pub fn left(&self, hubs: &[Hub], phones: &[Phone]) -> Result<Option<String>, Breach> {
        for (number, phone) in phones.iter().enumerate().filter(|(_, phone)| !phone.gone) {
            self.genuine(&phone.disk.news)?;
            threads(number, phone, &self.spoken, hubs)?;
            let left = busy(number, phone)
                .or_else(|| {
                    behind(
                        &format!("phone {number}"),
                        phone.home,
                        &phone.disk.news,
                        hubs,
                    )
                })
                .or_else(|| unread(number, phone, hubs));
            if left.is_some() {
                return Ok(left);
            }
        }
        for (number, hub) in hubs.iter().enumerate() {
            self.once(number, hubs)?;
            let left = unready(number, hub, hubs);
            if left.is_some() {
                return Ok(left);
            }
        }
        Ok(self.undelivered(hubs, phones))
    }

    fn undelivered(&self, hubs: &[Hub], phones: &[Phone]) -> Option<String> {
        for Promise { phone, written } in &self.promises {
            let Some(alive) = phones.get(*phone).filter(|phone| !phone.gone) else {
                continue;
            };
            let letter = alive.disk.letters.get(&written.letter);
            if letter.is_some_and(|letter| letter.closed) {
                // It was answered and closed; then its letters may go. If a restored hub has forgotten that and answers
                // once more, what is written next brings none of them back.
                continue;
            }
            let threads = hubs.get(written.to).map(|hub| &hub.disk.threads);
            let thread = threads.and_then(|threads| threads.get(&written.conversation));
            if !thread.is_some_and(|thread| thread.letters.contains(&written.letter)) {
                return Some(format!(
                    "letter {} of phone {phone} is not at hub {}",
                    written.letter, written.to
                ));
            }
        }
        None
    }
}

fn busy(number: usize, phone: &Phone) -> Option<String> {
    let waiting = phone
        .disk
        .letters
        .iter()
        .find(|l| l.state != LetterState::Accepted);
    match (phone.driver.is_some() || !phone.up, waiting) {
        (true, _) => Some(format!("phone {number} is still at it")),
        (_, Some(letter)) => Some(format!(
            "letter {} on phone {number} is {:?}",
            letter.id, letter.state
        )),
        _ => None,
    }
}

/// The first feed of the path to `to` that is not at its newest version.
fn behind(who: &str, to: usize, news: &News, hubs: &[Hub]) -> Option<String> {
    for home in path(to).into_iter().filter(|home| *home != RELAY) {
        let place = &member(home).place;
        let newest = &hubs.get(home)?.disk.own.as_ref()?.body;
        let held = news.feeds.get(place).map(|feed| feed.known);
        if held.is_none_or(|held| held.order != newest.order() || held.root != newest.root) {
            let held = held.map(|held| held.order);
            return Some(format!(
                "{who} has {held:?} of {place}, not {:?}",
                newest.order()
            ));
        }
    }
    None
}

/// A reply that lies in a mailbox of the hub it asks, or at home, and has not come.
fn unread(number: usize, phone: &Phone, hubs: &[Hub]) -> Option<String> {
    for (name, conversation) in &phone.disk.conversations {
        let read: BTreeSet<Hash> = conversation.replies.iter().map(|reply| reply.0).collect();
        let asked = match phone.server {
            Node::Hub(hub) => hub,
            _ => phone.home,
        };
        let mailbox = mailbox_of(conversation);
        for hub in [conversation.to, asked] {
            let entries = hubs.get(hub)?.disk.mail.get(&mailbox);
            let missing = entries.and_then(|m| m.entries.iter().find(|e| !read.contains(&e.1)));
            if let Some((cursor, id, _)) = missing {
                return Some(format!(
                    "reply {id} of {name} at hub {hub} under {cursor} has not come to phone {number}"
                ));
            }
        }
    }
    None
}

fn mailbox_of(conversation: &Conversation) -> bantin_model::letter::MailboxId {
    bantin_model::letter::ConversationKeys::from_seed(&conversation.seed).mailbox()
}

/// No reply stands twice in a thread, and a letter is delivered once in each life of its hub.
fn threads(
    number: usize,
    phone: &Phone,
    spoken: &BTreeMap<Hash, Spoken>,
    hubs: &[Hub],
) -> Result<(), Breach> {
    for conversation in phone.disk.conversations.values() {
        let mut delivered: BTreeMap<LetterId, u32> = BTreeMap::new();
        let mut ids = BTreeSet::new();
        for (id, verb, re) in &conversation.replies {
            hold!(ids.insert(*id), "reply {id} stands twice on phone {number}");
            let home = spoken.get(id).map_or(HUBS, |spoken| spoken.home);
            let lives = 1 + hubs.get(home).map_or(0, |hub| hub.restored);
            if let (ReplyVerb::Delivered, Some(letter)) = (*verb, re) {
                let times = delivered.entry(*letter).or_default();
                *times += 1;
                hold!(
                    *times <= lives,
                    "letter {letter} was delivered {times} times in {lives} lives"
                );
            }
        }
    }
    Ok(())
}

fn unready(number: usize, hub: &Hub, hubs: &[Hub]) -> Option<String> {
    if !hub.up || hub.driver.is_some() || hub.disk.resting || hub.disk.awaits.is_some() {
        return Some(format!("hub {number} is still at it"));
    }
    let waiting = hub
        .disk
        .carried
        .iter()
        .find(|l| l.state != LetterState::Accepted);
    if let Some(letter) = waiting {
        let (id, state) = (letter.id, letter.state);
        return Some(format!("letter {id} carried by hub {number} is {state:?}"));
    }
    let above = member(number).above?;
    behind(&format!("hub {number}"), above, &hub.disk.mirror, hubs)
}
