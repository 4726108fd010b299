//! The world behind the test hub: a province and a commune with their feeds, keys, letters and mailboxes.

use std::collections::BTreeMap;

use bantin_model::feed::{Author, Change, Codec, HeadsDocument, HeadsNode, LeafProof, Root};
use bantin_model::id::{Hash, Lang, PlaceId, RecordId};
use bantin_model::letter::*;
use bantin_model::record::{
    Agency, Article, Delegation, Kind, NodeKeys, PlaceInfo, Product, Record, Text, Topic, Urgency,
};
use bantin_model::sign::{Envelope, PayloadType, SecretKey};
use bantin_model::time::{Seconds, Validity};
use bantin_model::{cbor, tree};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

/// 2026-11-22 05:00:00 UTC.
pub const NOW: Seconds = Seconds(1_795_323_600);

pub const PROVINCE: &str = "vn-68";
pub const COMMUNE: &str = "vn-68-23008";

pub fn place(id: &str) -> PlaceId {
    PlaceId::new(id).unwrap()
}

fn always() -> Validity {
    Validity {
        from: Seconds(0),
        until: None,
    }
}

/// One place with all its keys.
pub struct Node {
    pub author: Author,
    pub feed_key: SecretKey,
    pub receipt_key: SecretKey,
    pub seal: SealSecret,
    pub sign: SecretKey,
    head: Vec<u8>,
}

impl Node {
    fn new(id: &str, seed: u8) -> Self {
        Self {
            author: Author {
                place: place(id),
                epoch: 1,
                version: 0,
                segments: Vec::new(),
            },
            feed_key: SecretKey::from_seed([seed; 32]),
            receipt_key: SecretKey::from_seed([seed + 1; 32]),
            seal: SealSecret::from_bytes([seed + 2; 32]),
            sign: SecretKey::from_seed([seed + 3; 32]),
            head: Vec::new(),
        }
    }

    fn keys(&self) -> NodeKeys {
        NodeKeys {
            feed: self.feed_key.public(),
            receipt: self.receipt_key.public(),
        }
    }
}

/// Everything the hub holds.
pub struct World {
    pub now: Seconds,
    root_key: SecretKey,
    pub province: Node,
    pub commune: Node,
    pub segments: BTreeMap<Hash, Vec<u8>>,
    leaves: BTreeMap<Hash, Vec<u8>>,
    pub blobs: BTreeMap<Hash, Vec<u8>>,
    pub attachments: BTreeMap<Hash, Vec<u8>>,
    pub letters: BTreeMap<LetterId, Vec<u8>>,
    pub mail: BTreeMap<MailboxId, Vec<Vec<u8>>>,
    next_id: u8,
}

impl World {
    pub fn new() -> Self {
        let mut world = Self {
            now: NOW,
            root_key: SecretKey::from_seed([9; 32]),
            province: Node::new(PROVINCE, 20),
            commune: Node::new(COMMUNE, 40),
            segments: BTreeMap::new(),
            leaves: BTreeMap::new(),
            blobs: BTreeMap::new(),
            attachments: BTreeMap::new(),
            letters: BTreeMap::new(),
            mail: BTreeMap::new(),
            next_id: 0,
        };
        let delegation = Delegation {
            place: place(COMMUNE),
            keys: world.commune.keys(),
            epoch: 1,
            after_version: 0,
            legal_basis: "thử".into(),
            valid: always(),
        };
        let province = [
            world.info(PROVINCE, "Lâm Đồng", None),
            world.agency(PROVINCE, "UBND tỉnh Lâm Đồng"),
            world.record(PROVINCE, Kind::DELEGATION, &delegation),
        ];
        world.publish(PROVINCE, province.map(Change::Put).to_vec());
        let commune = [
            world.info(COMMUNE, "Phan Sơn", Some(PROVINCE)),
            world.agency(COMMUNE, "UBND xã Phan Sơn"),
        ];
        world.publish(COMMUNE, commune.map(Change::Put).to_vec());
        world
    }

    pub fn fingerprint(&self) -> Hash {
        self.root().fingerprint()
    }

    fn root(&self) -> Root {
        Root {
            format: Root::FORMAT,
            version: 1,
            place: place(PROVINCE),
            threshold: 1,
            keys: vec![self.root_key.public()],
            node: self.province.keys(),
            epoch: 1,
            after_version: 0,
            valid: always(),
        }
    }

    pub fn node(&mut self, id: &str) -> &mut Node {
        if id == PROVINCE {
            &mut self.province
        } else {
            &mut self.commune
        }
    }

    fn info(&mut self, id: &str, name: &str, parent: Option<&str>) -> Vec<u8> {
        let info = PlaceInfo {
            id: place(id),
            names: [(Lang::vietnamese(), name.to_owned())].into(),
            official_code: None,
            kind_text: "xã".into(),
            parent: parent.map(place),
            valid: always(),
            successors: Vec::new(),
        };
        self.record(id, Kind::PLACE, &info)
    }

    fn agency(&mut self, id: &str, name: &str) -> Vec<u8> {
        let node = self.node(id);
        let agency = Agency {
            names: [(Lang::vietnamese(), name.to_owned())].into(),
            seal_key: node.seal.public(),
            sign_key: node.sign.public(),
            valid: always(),
            contact: BTreeMap::new(),
            former: Vec::new(),
        };
        self.record(id, Kind::AGENCY, &agency)
    }

    pub fn record<B: minicbor::Encode<()>>(&mut self, id: &str, kind: Kind, body: &B) -> Vec<u8> {
        self.next_id += 1;
        let record = RecordId::new(self.now, [self.next_id; 10]);
        Record::new(record, kind, place(id), self.now, body).to_bytes()
    }

    /// A notice of the commune.
    pub fn notice(&mut self, title: &str, body: &str) -> RecordId {
        let article = article(title, body);
        let leaf = self.record(COMMUNE, Kind::NOTICE, &article);
        let id = Record::from_bytes(&leaf).unwrap().id;
        self.publish(COMMUNE, vec![Change::Put(leaf)]);
        id
    }

    /// A product of the commune's catalogue.
    pub fn product(&mut self, product: &Product) -> RecordId {
        let leaf = self.record(COMMUNE, Kind::PRODUCT, product);
        let id = Record::from_bytes(&leaf).unwrap().id;
        self.publish(COMMUNE, vec![Change::Put(leaf)]);
        id
    }

    pub fn publish(&mut self, id: &str, changes: Vec<Change>) {
        for change in &changes {
            if let Change::Put(leaf) = change {
                self.leaves.insert(tree::leaf_hash(leaf), leaf.clone());
            }
        }
        let (now, segments) = (self.now, self.segments.clone());
        let node = self.node(id);
        let mut fetch = |listed: &bantin_model::feed::SegmentRef| {
            let bytes = segments.get(&listed.hash)?;
            bantin_model::feed::Segment::read(bytes)
                .ok()?
                .unpack(None)
                .ok()
        };
        let pack = |raw: &[u8]| (Codec::Plain, raw.to_vec());
        let key = node.feed_key.clone();
        let done = node
            .author
            .publish(&changes, now, &key, &mut fetch, &pack)
            .unwrap();
        node.head = done.head;
        self.segments.extend(done.written);
    }

    /// Signs all heads again, as is done daily.
    pub fn sign_again(&mut self) {
        let now = self.now;
        for node in [&mut self.province, &mut self.commune] {
            node.head = node.author.sign(now, &node.feed_key).1;
        }
    }

    /// The commune's hub came back from a backup; the province signs its new epoch.
    pub fn restore_commune(&mut self) {
        let delegation = Delegation {
            place: place(COMMUNE),
            keys: self.commune.keys(),
            epoch: 2,
            after_version: 0,
            legal_basis: "thử".into(),
            valid: always(),
        };
        let old = self.delegation().0;
        let old = Record::from_bytes(&self.leaves[&old]).unwrap();
        let mut new = Record::new(
            old.id,
            Kind::DELEGATION,
            place(PROVINCE),
            self.now,
            &delegation,
        );
        new.revision = 2;
        self.publish(PROVINCE, vec![Change::Put(new.to_bytes())]);
        self.commune.author.epoch = 2;
        self.letters.clear();
        self.sign_again();
    }

    /// The delegation's leaf and its number among the leaves.
    fn delegation(&self) -> (Hash, usize) {
        let set = self.province.author.set();
        let mut leaves = set.values().enumerate();
        let kind = |leaf: &Hash| Record::from_bytes(&self.leaves[leaf]).unwrap().kind;
        let found = leaves.find(|(_, leaf)| kind(leaf) == Kind::DELEGATION);
        found.map(|(index, leaf)| (*leaf, index)).unwrap()
    }

    pub fn heads(&self) -> Vec<u8> {
        let root = cbor::to_vec(&self.root());
        let root = Envelope::seal(PayloadType::Root, root, &[&self.root_key]).to_bytes();
        let (leaf, index) = self.delegation();
        let leaves: Vec<Hash> = self.province.author.set().values().copied().collect();
        let proof = LeafProof {
            leaf: self.leaves[&leaf].clone().into(),
            index: index as u64,
            path: tree::path(&leaves, index).unwrap(),
        };
        let nodes = vec![
            HeadsNode {
                head: self.province.head.clone().into(),
                delegation: None,
                handed: None,
            },
            HeadsNode {
                head: self.commune.head.clone().into(),
                delegation: Some(proof),
                handed: None,
            },
        ];
        HeadsDocument {
            roots: vec![root.into()],
            nodes,
        }
        .to_bytes()
    }

    /// Takes a letter as a hub does: every attachment must be here.
    pub fn accept(&mut self, bytes: &[u8]) -> Result<Vec<u8>, usize> {
        let sealed = SealedLetter::read(bytes).unwrap();
        let lacks = |a: &OuterAttachment| !self.attachments.contains_key(&a.hash);
        if let Some(missing) = sealed.attachments.iter().position(lacks) {
            return Err(missing);
        }
        self.letters.insert(sealed.id, bytes.to_vec());
        let (at, key) = (self.now, &self.commune.receipt_key);
        Ok(Receipt::issue(
            sealed.id,
            ReceiptStep::Accepted,
            at,
            place(COMMUNE),
            key,
        ))
    }

    /// Officer Hạnh opens all letters.
    pub fn opened(&self) -> Vec<OpenedLetter> {
        let open = |bytes: &Vec<u8>| bantin_model::letter::open(bytes, &self.commune.seal).unwrap();
        self.letters.values().map(open).collect()
    }

    /// Officer Hạnh writes back.
    pub fn answer(&mut self, to: &OpenedLetter, verb: ReplyVerb, text: &str) {
        let entries = self.mail.entry(to.mailbox).or_default();
        let seq = entries.len() as u32 + 1;
        let mut reply = Reply::new(verb, seq, Some(to.id), self.now, "UBND xã Phan Sơn");
        reply.text = text.to_owned();
        let mut rng = ChaCha20Rng::from_seed([seq as u8; 32]);
        let (sign, seal) = (&self.commune.sign, &to.letter.seal);
        entries.push(seal_reply(&reply, to.mailbox, seal, sign, &mut rng).unwrap());
    }

    pub fn poll(&self, request: &PollRequest) -> PollResponse {
        let page = |cursor: &BoxCursor| {
            let entries = self.mail.get(&cursor.read_key.mailbox());
            let entries = entries.into_iter().flatten().zip(1u64..);
            let new = entries.filter(|(_, number)| *number > cursor.after);
            let item = |(bytes, cursor): (&Vec<u8>, u64)| MailItem {
                cursor,
                bytes: bytes.clone().into(),
            };
            BoxPage {
                entries: new.map(item).collect(),
                more: false,
            }
        };
        PollResponse {
            boxes: request.boxes.iter().map(page).collect(),
        }
    }
}

pub fn text(lang: &str, title: &str, body: &str) -> Text {
    Text {
        lang: Lang::new(lang).unwrap(),
        title: title.into(),
        summary: String::new(),
        body: body.into(),
        who: String::new(),
        todo: String::new(),
        ask: String::new(),
        method: Default::default(),
        made_by: None,
        reviewed_by: None,
    }
}

pub fn article(title: &str, body: &str) -> Article {
    Article {
        topic: Topic(1),
        urgency: Urgency::NORMAL,
        texts: vec![text("vi", title, body)],
        audio: Vec::new(),
        pictures: Vec::new(),
        sources: Vec::new(),
        heritage: None,
        sample: false,
    }
}
