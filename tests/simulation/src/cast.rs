//! Who takes part: seven hubs in a tree with their keys. Made once and shared by all runs, because keys are dear.

use std::sync::OnceLock;

use crate::message::Node;

use bantin_model::cbor;
use bantin_model::feed::{Pin, Root};
use bantin_model::id::{PlaceId, RecordId};
use bantin_model::letter::{ReceiptKey, SealPublic, SealSecret, Signer};
use bantin_model::record::{
    Agency, Article, Delegation, Kind, Method, Names, NodeKeys, Record, Text, Topic, Urgency,
};
use bantin_model::sign::{Envelope, PayloadType, PublicKey, SecretKey};
use bantin_model::time::{Seconds, Validity};

/// When every run begins.
pub const START: Seconds = Seconds(1_790_000_000);
/// Number of hubs.
pub const HUBS: usize = 7;
/// Number of phones.
pub const PHONES: usize = 20;
/// The hub at the top.
pub const TOP: usize = 0;
/// The hub in a village: no feed of its own, it mirrors and carries for the hub above it.
pub const RELAY: usize = 6;

/// Place and hub above of each hub.
const TREE: [(&str, Option<usize>); HUBS] = [
    ("vn", None),
    ("vn-40", Some(0)),
    ("vn-68", Some(0)),
    ("vn-68-23074", Some(2)),
    ("vn-68-23005", Some(2)),
    ("vn-40-17000", Some(1)),
    // The relay follows the place of the hub above it.
    ("vn-68-23074", Some(3)),
];

/// One hub's name and keys.
pub struct Member {
    /// Whose feed it keeps, or follows.
    pub place: PlaceId,
    /// The hub above.
    pub above: Option<usize>,
    /// Signs heads.
    pub feed: SecretKey,
    /// Signs receipts.
    pub receipt: SecretKey,
    /// Both, public.
    pub keys: NodeKeys,
    /// Opens letters.
    pub open: SealSecret,
    /// Letters are sealed to it.
    pub seal: SealPublic,
    /// Signs replies.
    pub sign: SecretKey,
    /// Replies are verified with it.
    pub reply_key: PublicKey,
}

/// Everybody.
pub struct Cast {
    /// The hubs, each after the one above it.
    pub hubs: Vec<Member>,
    /// The one key of the root of trust.
    pub root_key: SecretKey,
    /// The first root document.
    pub root: Root,
    /// What phones pin.
    pub pin: Pin,
    /// The forger's key.
    pub forger: SecretKey,
}

/// The cast.
pub fn cast() -> &'static Cast {
    static CAST: OnceLock<Cast> = OnceLock::new();
    CAST.get_or_init(Cast::gather)
}

/// One hub of the cast.
pub fn member(hub: usize) -> &'static Member {
    let hubs = &cast().hubs;
    hubs.get(hub).unwrap_or_else(|| unknown(hub))
}

fn unknown(hub: usize) -> ! {
    unreachable!("hub {hub} is not in the cast")
}

/// The hubs of a path, from the top down to `hub`.
pub fn path(hub: usize) -> Vec<usize> {
    let mut path = vec![hub];
    while let Some(above) = path.last().and_then(|last| TREE.get(*last)?.1) {
        path.push(above);
    }
    path.reverse();
    path
}

/// The hub whose copies of mailboxes somebody reads who asks `server`: a relay passes on those of the hub above it.
pub fn copy_read_at(server: Node) -> Node {
    match server {
        Node::Hub(RELAY) => member(RELAY).above.map_or(server, Node::Hub),
        other => other,
    }
}

/// The hubs that keep a feed right below the one of `hub`.
pub fn below(hub: usize) -> Vec<usize> {
    let follows = |other: &usize| {
        TREE.get(*other)
            .is_some_and(|(_, above)| *above == Some(hub))
    };
    (0..RELAY).filter(follows).collect()
}

/// The hub that keeps the feed of a place.
pub fn home_of(place: &PlaceId) -> Option<usize> {
    TREE.iter().position(|(name, _)| *name == place.as_str())
}

/// For ever, as far as this country is concerned.
pub fn for_ever() -> Validity {
    Validity {
        from: Seconds(START.0 - 1000 * Seconds::DAY),
        until: None,
    }
}

/// The record by which the hub above lets the feed of `hub` speak.
pub fn grant_id(hub: usize) -> RecordId {
    RecordId::derived(START, format!("grant {hub}").as_bytes())
}

/// What that record says.
pub fn grant(hub: usize, epoch: u32, after_version: u64) -> Delegation {
    Delegation {
        place: member(hub).place.clone(),
        keys: member(hub).keys,
        epoch,
        after_version,
        legal_basis: "thử nghiệm".into(),
        valid: for_ever(),
    }
}

/// The key of the relay, which phones learn when they pair with it: it proves no step.
pub fn relay_key() -> ReceiptKey {
    ReceiptKey {
        key: member(RELAY).keys.receipt,
        place: member(RELAY).place.clone(),
        signer: Signer::Relay,
    }
}

/// A notice of a hub.
pub fn notice(hub: usize, number: u64, at: Seconds) -> Record {
    let text = Text {
        lang: bantin_model::id::Lang::vietnamese(),
        title: format!("Thông báo số {number}"),
        summary: String::new(),
        body: "Mời bà con đến nhà văn hoá.".into(),
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
    let id = RecordId::derived(START, format!("notice {hub} {number}").as_bytes());
    Record::new(id, Kind::NOTICE, member(hub).place.clone(), at, &article)
}

/// The record of a hub's agency, with the keys to write to it.
pub fn agency(hub: &Member) -> Record {
    let agency = Agency {
        names: Names::new(),
        seal_key: hub.seal,
        sign_key: hub.reply_key,
        valid: for_ever(),
        contact: Names::new(),
        former: Vec::new(),
    };
    let id = RecordId::derived(START, format!("agency {}", hub.place).as_bytes());
    Record::new(id, Kind::AGENCY, hub.place.clone(), START, &agency)
}

impl Cast {
    fn gather() -> Self {
        let hubs: Vec<Member> = TREE.iter().enumerate().map(Member::of).collect();
        let root_key = SecretKey::from_seed([250; 32]);
        let top = hubs.first().unwrap_or_else(|| unknown(TOP));
        let root = Root {
            format: Root::FORMAT,
            version: 1,
            place: top.place.clone(),
            threshold: 1,
            keys: vec![root_key.public()],
            node: top.keys,
            epoch: 1,
            after_version: 0,
            valid: for_ever(),
        };
        let pin = Pin {
            root: root.fingerprint(),
            root_version: 0,
        };
        Self {
            hubs,
            root_key,
            root,
            pin,
            forger: SecretKey::from_seed([251; 32]),
        }
    }

    /// The envelope of a root document.
    pub fn sign_root(&self, root: &Root) -> Vec<u8> {
        Envelope::seal(PayloadType::Root, cbor::to_vec(root), &[&self.root_key]).to_bytes()
    }
}

impl Member {
    fn of((at, (place, above)): (usize, &(&str, Option<usize>))) -> Self {
        let seed = |role: u8| [role.wrapping_add(u8::try_from(at).unwrap_or_default()); 32];
        let (feed, receipt) = (
            SecretKey::from_seed(seed(10)),
            SecretKey::from_seed(seed(30)),
        );
        let (open, sign) = (
            SealSecret::from_bytes(seed(50)),
            SecretKey::from_seed(seed(70)),
        );
        Self {
            place: PlaceId::new(*place).unwrap_or_else(|_| unknown(at)),
            above: *above,
            keys: NodeKeys {
                feed: feed.public(),
                receipt: receipt.public(),
            },
            seal: open.public(),
            reply_key: sign.public(),
            feed,
            receipt,
            open,
            sign,
        }
    }
}
