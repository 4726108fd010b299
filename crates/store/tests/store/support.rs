//! Feeds made by hand: records of the commune, and the change that brings them.

use std::sync::Arc;

use std::collections::BTreeMap;

use bantin_model::feed::{Codec, Head, Op, OpenedSegment, Segment, TrustedHead};
use bantin_model::id::{Hash, Lang, PlaceId, RecordId};
use bantin_model::record::{Article, Body, Kind, NodeKeys, Record, Text, Topic, Urgency};
use bantin_model::sign::PublicKey;
use bantin_model::sync::{FeedChange, NewSegment};
use bantin_model::time::{Seconds, Validity};
use bantin_model::tree;
use bantin_store::{Bounds, News};
use tempfile::TempDir;

/// 2026-11-22 05:00:00 UTC.
pub const NOW: Seconds = Seconds(1_795_323_600);

pub struct Device {
    pub news: News,
    pub dir: TempDir,
}

pub async fn device() -> Device {
    let dir = tempfile::tempdir().unwrap();
    let news = open(&dir, Bounds::default()).await;
    Device { news, dir }
}

pub async fn open(dir: &TempDir, bounds: Bounds) -> News {
    News::open(&dir.path().join("news.db"), bounds)
        .await
        .unwrap()
}

pub fn commune() -> PlaceId {
    PlaceId::new("vn-68-23008").unwrap()
}

pub fn id(number: u16) -> RecordId {
    let mut id = [0u8; 16];
    id[14..].copy_from_slice(&number.to_be_bytes());
    RecordId(id)
}

pub fn article(title: &str) -> Article {
    Article {
        topic: Topic(1),
        urgency: Urgency::NORMAL,
        texts: vec![Text {
            lang: Lang::vietnamese(),
            title: title.into(),
            summary: String::new(),
            body: String::new(),
            who: String::new(),
            todo: String::new(),
            ask: String::new(),
            method: Default::default(),
            made_by: None,
            reviewed_by: None,
        }],
        audio: Vec::new(),
        pictures: Vec::new(),
        sources: Vec::new(),
        heritage: None,
        sample: false,
    }
}

/// A notice of the commune.
pub fn notice(number: u16, at: u64, title: &str) -> Record {
    Record::new(
        id(number),
        Kind::NOTICE,
        commune(),
        Seconds(at),
        &article(title),
    )
}

/// An urgent one, in force until `until`.
pub fn urgent(number: u16, at: u64, until: u64) -> Record {
    let mut article = article("Khẩn");
    article.urgency = Urgency::URGENT;
    let mut record = Record::new(id(number), Kind::NOTICE, commune(), Seconds(at), &article);
    record.in_force = Some(Validity {
        from: Seconds(0),
        until: Some(Seconds(until)),
    });
    record
}

/// A change that brings `put`, takes `remove` away and leaves exactly `set`.
pub fn change(version: u64, put: &[Record], set: &[Record], remove: &[RecordId]) -> FeedChange {
    let leaf = |record: &Record| tree::leaf_hash(&record.to_bytes());
    let ops: Vec<Op> = put
        .iter()
        .map(|record| Op::Put(record.to_bytes()))
        .collect();
    let raw = Op::join(&ops);
    let key = PublicKey([1; 32]);
    let head = Head {
        format: Head::FORMAT,
        place: commune(),
        epoch: 1,
        version,
        root: Hash::of(&version.to_be_bytes()),
        count: set.len() as u64,
        segments: Vec::new(),
        issued_at: NOW,
        expires_at: NOW.plus(7 * Seconds::DAY),
    };
    FeedChange {
        head: TrustedHead {
            head,
            envelope: vec![1],
            keys: NodeKeys {
                feed: key,
                receipt: key,
            },
            above: None,
        },
        segments: vec![segment(&raw)],
        forget: Vec::new(),
        put: put.iter().map(leaf).collect(),
        remove: remove.to_vec(),
        anew: version == 1,
        set: set
            .iter()
            .map(|record| (record.id, leaf(record)))
            .collect::<BTreeMap<_, _>>(),
    }
}

/// The segment with this payload, as a session gives it.
fn segment(raw: &[u8]) -> NewSegment {
    let bytes = Segment::write(Codec::Plain, raw.len(), raw);
    OpenedSegment::open(Hash::of(&bytes), &bytes, None)
        .unwrap()
        .into()
}

/// What is searched in these tests: the headline.
pub fn headline(_: &Record, body: &Body) -> Option<String> {
    match body {
        Body::Article(article) => Some(article.texts[0].title.clone()),
        _ => None,
    }
}

impl Device {
    pub async fn apply(&self, change: &FeedChange) {
        let change = Arc::new(change.clone());
        self.news.apply_feed(&change, NOW, headline).await.unwrap();
    }
}
