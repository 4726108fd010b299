//! People who write.

use bantin_model::feed::Pin;
use bantin_model::id::{Lang, PlaceId};
use bantin_model::letter::{
    Attachment, AttachmentKey, AttachmentKind, BoxCursor, ConversationKeys, ConversationSeed,
    Letter, LetterId, OpenedReply, PollRequest, PollResponse, SealPublic, Verb, encrypt,
    open_reply, seal,
};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::TestHub;

/// Somebody with one conversation.
pub struct Person {
    /// For the messages of tests.
    pub name: &'static str,
    /// The conversation's keys.
    pub keys: ConversationKeys,
    rng: ChaCha20Rng,
    seq: u32,
    cursor: u64,
}

impl Person {
    /// The same name always has the same keys.
    pub fn new(name: &'static str) -> Self {
        let seed = bantin_model::id::Hash::of(name.as_bytes());
        let mut rng = ChaCha20Rng::from_seed(seed.0);
        let keys = ConversationKeys::from_seed(&ConversationSeed::generate(&mut rng));
        Self {
            name,
            keys,
            rng,
            seq: 0,
            cursor: 0,
        }
    }

    /// Mai the villager.
    pub fn mai() -> Self {
        Self::new("Mai")
    }

    /// Thu who sells rượu cần.
    pub fn thu() -> Self {
        Self::new("Thu")
    }

    /// Bá the elder.
    pub fn ba() -> Self {
        Self::new("Bá")
    }

    /// The next letter of the conversation, not yet sealed.
    pub fn letter(&mut self, verb: Verb, text: &str) -> Letter {
        self.seq += 1;
        Letter::new(
            &self.keys,
            verb,
            self.seq,
            Seconds(1),
            Lang::vietnamese(),
            text,
        )
    }

    /// Encrypts a file; the letter's part of it and the ciphertext.
    pub fn attach(&mut self, kind: AttachmentKind, file: &[u8]) -> (Attachment, Vec<u8>) {
        let key = AttachmentKey::generate(&mut self.rng);
        let sealed = encrypt(file, &key).expect("encrypted");
        let hash = bantin_model::id::Hash::of(&sealed);
        (
            Attachment {
                hash,
                key,
                bytes: file.len() as u64,
                kind,
            },
            sealed,
        )
    }

    /// Seals a letter to a place's agency.
    pub fn seal(&mut self, hub: &TestHub, place: &str, letter: &Letter) -> (LetterId, Vec<u8>) {
        let to = agency(hub, place).0;
        seal(letter, &self.keys, &to, &mut self.rng).expect("sealed")
    }

    /// Seals and sends a letter; panics unless it is accepted.
    pub async fn send(&mut self, hub: &TestHub, place: &str, letter: &Letter) -> LetterId {
        self.send_by(hub, hub, place, letter).await
    }

    /// Gives a letter to an agency of `home` to another hub, which is to carry it.
    pub async fn send_by(
        &mut self,
        hub: &TestHub,
        home: &TestHub,
        place: &str,
        letter: &Letter,
    ) -> LetterId {
        let (id, bytes) = self.seal(home, place, letter);
        let answer = hub.post("/v1/letters", bytes).await;
        assert_eq!(
            answer.status,
            200,
            "{}'s letter is accepted: {}",
            self.name,
            answer.code()
        );
        id
    }

    /// Asks a question.
    pub async fn ask(&mut self, hub: &TestHub, place: &str, text: &str) -> LetterId {
        let letter = self.letter(Verb::Question, text);
        self.send(hub, place, &letter).await
    }

    /// New replies in the mailbox.
    pub async fn replies(&mut self, hub: &TestHub, place: &str) -> Vec<OpenedReply> {
        self.replies_by(hub, hub, place).await
    }

    /// New replies in the mailbox as a phone believes them that follows `place` at this hub: those of its
    /// agency, and of agencies that it was passed on to with proof.
    pub async fn read(&mut self, hub: &TestHub, place: &str) -> Vec<OpenedReply> {
        let pin = Pin {
            root: hub.hub.fingerprint().await.expect("a root"),
            root_version: 0,
        };
        let mut signers = vec![agency(hub, place).1];
        let mut replies = Vec::new();
        for entry in self.entries(hub).await {
            let Ok(opened) = open_reply(&entry, &self.keys, &signers) else {
                continue;
            };
            signers.extend(opened.reply.passed_keys(pin));
            replies.push(opened);
        }
        replies
    }

    /// Everything new in the mailbox, sealed.
    pub async fn entries(&mut self, hub: &TestHub) -> Vec<Vec<u8>> {
        let read_key = self.keys.read.clone();
        let request = PollRequest {
            boxes: vec![BoxCursor {
                read_key,
                after: self.cursor,
            }],
        };
        let answer = hub.post("/v1/mailbox", request.to_bytes()).await;
        let pages = PollResponse::from_bytes(&answer.body, &request).expect("an answer");
        let mut entries = Vec::new();
        for entry in pages.boxes.into_iter().flat_map(|page| page.entries) {
            self.cursor = entry.cursor;
            entries.push(entry.bytes.into());
        }
        entries
    }

    /// New replies of an agency of `home` in the mailbox at another hub.
    pub async fn replies_by(
        &mut self,
        hub: &TestHub,
        home: &TestHub,
        place: &str,
    ) -> Vec<OpenedReply> {
        let sign = agency(home, place).1;
        let mut replies = Vec::new();
        for entry in self.entries(hub).await {
            replies.push(open_reply(&entry, &self.keys, &[sign]).expect("genuine"));
        }
        replies
    }
}

fn agency(hub: &TestHub, place: &str) -> (SealPublic, PublicKey) {
    let keys = hub
        .hub
        .keys
        .of(&PlaceId::new(place).expect("a place"))
        .expect("keys");
    (keys.seal_public(), keys.agency.sign.public())
}
