//! Mai's phone: it follows Đông Giang, believes what a session believes and remembers it.

use std::collections::BTreeMap;

use bantin_model::feed::{HeadsDocument, Known, Pin, TrustError, Verified, verify};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::sync::{
    Apply, Effect, Event, FeedState, Request, Scope, Session, Start, Summary, Trouble,
};
use bantin_model::time::Seconds;

use crate::country::{Country, NOW, place};

pub const COMMUNE: &str = "vn-68-23074";

pub struct Phone {
    pub pin: Pin,
    pub known: BTreeMap<PlaceId, Known>,
    pub parents: BTreeMap<PlaceId, PlaceId>,
    pub document: Option<Vec<u8>>,
    pub clock_wrong: bool,
    pub now: Seconds,
}

impl Phone {
    pub fn paired(country: &Country) -> Self {
        Self {
            pin: country.pin(),
            known: BTreeMap::new(),
            parents: BTreeMap::new(),
            document: None,
            clock_wrong: false,
            now: NOW,
        }
    }

    /// What the rules say of a document, without fetching anything.
    pub fn judge(&self, document: &HeadsDocument) -> Result<Verified, TrustError> {
        verify(document, &place(COMMUNE), self.pin, &self.known)
    }

    /// A sync with a hub that serves this document and these files.
    pub fn sync(&mut self, document: Vec<u8>, files: &dyn Fn(&Hash) -> Option<Vec<u8>>) -> Summary {
        let feed = |(place, known): (&PlaceId, &Known)| {
            let held = FeedState {
                known: *known,
                segments: vec![],
                above: self.parents.get(place).cloned(),
            };
            (place.clone(), held)
        };
        let mut session = Session::new(Start {
            scope: Scope::Everything,
            document: None,
            place: place(COMMUNE),
            pin: self.pin,
            feeds: self.known.iter().map(feed).collect(),
            etag: None,
            outbox: vec![],
            mailboxes: vec![],
            receipt_keys: vec![],
        });
        let mut events = vec![Event::Begin];
        while let Some(event) = events.pop() {
            for effect in session.step(event, self.now) {
                match effect {
                    Effect::Finish(summary) => return summary,
                    Effect::Open(unopened) => events.insert(0, unopened.open()),
                    Effect::Request(request) => {
                        events.insert(0, answer(request, &document, files));
                    }
                    Effect::Apply(apply) => {
                        self.apply(*apply);
                        events.insert(0, Event::Applied);
                    }
                }
            }
        }
        panic!("a session without anything under way must have finished");
    }

    /// A sync with the country's honest hub.
    pub fn sync_with(&mut self, country: &Country) -> Summary {
        let files = |hash: &Hash| country.segment(hash);
        self.sync(country.document().to_bytes(), &files)
    }

    /// (epoch, version) held of the commune.
    pub fn holds(&self) -> (u32, u64) {
        self.known[&place(COMMUNE)].order
    }

    fn apply(&mut self, apply: Apply) {
        match apply {
            Apply::Feed(change) => {
                let head = change.head.head;
                let known = Known {
                    order: head.order(),
                    root: head.root,
                    issued_at: head.issued_at,
                };
                self.parents
                    .extend(change.head.above.map(|above| (head.place.clone(), above)));
                self.known.insert(head.place, known);
            }
            Apply::Heads {
                document,
                heads,
                root_version,
                clock_wrong,
                ..
            } => {
                for trusted in heads {
                    let issued_at = trusted.head.issued_at;
                    self.known.get_mut(&trusted.head.place).unwrap().issued_at = issued_at;
                }
                self.pin.root_version = self.pin.root_version.max(root_version);
                self.clock_wrong = clock_wrong;
                self.document = document;
            }
            other => panic!("only news in these stories: {other:?}"),
        }
    }
}

fn answer(request: Request, document: &[u8], files: &dyn Fn(&Hash) -> Option<Vec<u8>>) -> Event {
    match request.clone() {
        Request::Heads { .. } => Event::Heads {
            bytes: document.to_vec(),
            etag: Some("etag".into()),
        },
        Request::Segment { place, hash, .. } => match files(&hash) {
            Some(bytes) => Event::Segment { place, hash, bytes },
            None => Event::Failed {
                request,
                trouble: Trouble::Offline,
            },
        },
        other => panic!("only news in these stories: {other:?}"),
    }
}
