//! A small country for the tests: the centre delegates to Lâm Đồng, Lâm Đồng to Đông Giang.

use std::collections::BTreeMap;

use bantin_model::cbor;
use bantin_model::feed::{
    Author, Change, Codec, HeadsDocument, HeadsNode, LeafProof, Op, Pin, Published, Root, Segment,
    SegmentRef,
};
use bantin_model::id::{Hash, Lang, PlaceId, RecordId};
use bantin_model::record::{
    Article, Delegation, Kind, Method, NodeKeys, Record, Text, Topic, Urgency,
};
use bantin_model::sign::{Envelope, PayloadType, SecretKey};
use bantin_model::sync::{Scope, Start};
use bantin_model::time::{Seconds, Validity};
use bantin_model::tree;

pub const NOW: Seconds = Seconds(1_790_000_000);

pub fn place(id: &str) -> PlaceId {
    PlaceId::new(id).unwrap()
}

pub fn for_ever() -> Validity {
    Validity {
        from: Seconds(0),
        until: None,
    }
}

/// A notice with a body, in Vietnamese.
pub fn notice(place: &PlaceId, number: u64, body: &str) -> Record {
    let text = Text {
        lang: Lang::vietnamese(),
        title: format!("Thông báo số {number}"),
        summary: String::new(),
        body: body.into(),
        who: String::new(),
        todo: String::new(),
        ask: String::new(),
        method: Method::Human,
        made_by: None,
        reviewed_by: None,
    };
    let article = Article {
        topic: Topic(1),
        urgency: Urgency::NORMAL,
        texts: vec![text],
        audio: vec![],
        pictures: vec![],
        sources: vec![],
        heritage: None,
        sample: false,
    };
    let id = RecordId::derived(NOW, &number.to_be_bytes());
    Record::new(id, Kind::NOTICE, place.clone(), NOW, &article)
}

/// How a phone begins a sync that follows the centre and has neither news nor letters yet.
pub fn knows_nothing() -> Start {
    Start {
        scope: Scope::Everything,
        place: place("vn"),
        pin: Pin {
            root: Hash([0; 32]),
            root_version: 0,
        },
        feeds: BTreeMap::new(),
        etag: None,
        document: None,
        outbox: vec![],
        mailboxes: vec![],
        receipt_keys: vec![],
    }
}

/// One place's hub: author, keys and files.
pub struct Node {
    pub author: Author,
    pub key: SecretKey,
    pub receipt: SecretKey,
    pub files: BTreeMap<Hash, Vec<u8>>,
    pub leaves: BTreeMap<Hash, Vec<u8>>,
    pub head: Vec<u8>,
    pub at: Seconds,
}

impl Node {
    pub fn new(id: &str, seed: u8) -> Self {
        let author = Author {
            place: place(id),
            epoch: 1,
            version: 0,
            segments: vec![],
        };
        Self {
            author,
            key: SecretKey::from_seed([seed; 32]),
            receipt: SecretKey::from_seed([seed + 100; 32]),
            files: BTreeMap::new(),
            leaves: BTreeMap::new(),
            head: vec![],
            at: NOW,
        }
    }

    pub fn keys(&self) -> NodeKeys {
        NodeKeys {
            feed: self.key.public(),
            receipt: self.receipt.public(),
        }
    }

    pub fn publish(&mut self, changes: &[Change]) -> Published {
        let files = self.files.clone();
        let mut fetch = |listed: &SegmentRef| {
            let bytes = files.get(&listed.hash)?;
            Segment::read(bytes).ok()?.unpack(None).ok()
        };
        let pack = |raw: &[u8]| (Codec::Plain, raw.to_vec());
        let published = self
            .author
            .publish(changes, self.at, &self.key, &mut fetch, &pack)
            .unwrap();
        self.files.extend(published.written.iter().cloned());
        for change in changes {
            if let Change::Put(leaf) = change {
                self.leaves.insert(tree::leaf_hash(leaf), leaf.clone());
            }
        }
        self.head = published.head.clone();
        published
    }

    pub fn put(&mut self, record: &Record) {
        self.publish(&[Change::Put(record.to_bytes())]);
    }

    pub fn delegation_of(&self, below: &Node, epoch: u32, after_version: u64) -> Record {
        let delegation = Delegation {
            place: below.author.place.clone(),
            keys: below.keys(),
            epoch,
            after_version,
            legal_basis: "thử nghiệm".into(),
            valid: for_ever(),
        };
        let id = RecordId::derived(NOW, below.author.place.as_str().as_bytes());
        Record::new(
            id,
            Kind::DELEGATION,
            self.author.place.clone(),
            NOW,
            &delegation,
        )
    }

    pub fn proof(&self, id: RecordId) -> LeafProof {
        let set = self.author.set();
        let index = set.keys().position(|held| *held == id).unwrap();
        let leaves: Vec<Hash> = set.values().copied().collect();
        let leaf = self.leaves[&set[&id]].clone();
        let path = tree::path(&leaves, index).unwrap();
        LeafProof {
            leaf: leaf.into(),
            index: index as u64,
            path,
        }
    }
}

/// Centre, Lâm Đồng, Đông Giang.
pub struct Country {
    pub nodes: Vec<Node>,
    pub root_keys: Vec<SecretKey>,
    pub root: Root,
    pub grants: Vec<RecordId>,
}

impl Country {
    pub fn new() -> Self {
        let mut root_keys: Vec<SecretKey> =
            (1..=3).map(|n| SecretKey::from_seed([n; 32])).collect();
        root_keys.sort_by_key(SecretKey::public);
        let mut nodes = vec![
            Node::new("vn", 10),
            Node::new("vn-68", 20),
            Node::new("vn-68-23074", 30),
        ];
        let root = Root {
            format: Root::FORMAT,
            version: 1,
            place: place("vn"),
            threshold: 2,
            keys: root_keys.iter().map(SecretKey::public).collect(),
            node: nodes[0].keys(),
            epoch: 1,
            after_version: 0,
            valid: for_ever(),
        };
        let mut grants = vec![];
        for above in 0..2 {
            let record = nodes[above].delegation_of(&nodes[above + 1], 1, 0);
            grants.push(record.id);
            nodes[above].put(&record);
        }
        let first = notice(&place("vn-68-23074"), 1, "Bà con đến nhà văn hoá.");
        nodes[2].put(&first);
        Self {
            nodes,
            root_keys,
            root,
            grants,
        }
    }

    pub fn pin(&self) -> Pin {
        Pin {
            root: self.root.fingerprint(),
            root_version: 0,
        }
    }

    pub fn root_envelope(&self, signers: usize) -> Vec<u8> {
        let keys: Vec<&SecretKey> = self.root_keys.iter().take(signers).collect();
        Envelope::seal(PayloadType::Root, cbor::to_vec(&self.root), &keys).to_bytes()
    }

    pub fn commune(&mut self) -> &mut Node {
        &mut self.nodes[2]
    }

    pub fn document(&self) -> HeadsDocument {
        let nodes = self.nodes.iter().enumerate().map(|(at, node)| HeadsNode {
            head: node.head.clone().into(),
            delegation: at
                .checked_sub(1)
                .map(|above| self.nodes[above].proof(self.grants[above])),
            handed: None,
        });
        HeadsDocument {
            roots: vec![self.root_envelope(2).into()],
            nodes: nodes.collect(),
        }
    }

    pub fn segment(&self, hash: &Hash) -> Option<Vec<u8>> {
        self.nodes
            .iter()
            .find_map(|node| node.files.get(hash).cloned())
    }
}

/// Raw ops of a listed segment of a node.
pub fn ops(node: &Node, listed: &SegmentRef) -> Vec<Op> {
    let raw = Segment::read(&node.files[&listed.hash])
        .unwrap()
        .unpack(None)
        .unwrap();
    Op::split(&raw).unwrap().into_iter().map(Op::from).collect()
}
