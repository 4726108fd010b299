//! Sessions against the small country: first sync, nothing new, changes, cuts and lies.

use std::collections::BTreeMap;

use bantin_model::feed::{Change, Known, Ledger, Op, OpRef};
use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::sync::{
    Apply, Effect, Event, FeedState, Request, Scope, Session, Start, Summary, Trouble,
};
use bantin_model::tree;

use crate::country::{Country, NOW, notice, place};

/// Mai's phone, in memory.
#[derive(Default)]
struct Phone {
    known: BTreeMap<PlaceId, Known>,
    ledgers: BTreeMap<PlaceId, BTreeMap<Hash, Ledger>>,
    records: BTreeMap<PlaceId, BTreeMap<RecordId, Vec<u8>>>,
    etag: Option<String>,
    fetched: Vec<Hash>,
}

/// What goes wrong on the way.
#[derive(Default)]
struct Weather {
    lost: Option<Hash>,
    altered: Option<Hash>,
    no_ledgers: bool,
    disk_full: bool,
}

impl Phone {
    fn sync(&mut self, country: &Country, weather: &Weather) -> Summary {
        let feed = |(place, known): (&PlaceId, &Known)| {
            let segments = self.ledgers[place].keys().copied().collect();
            (
                place.clone(),
                FeedState {
                    known: *known,
                    segments,
                    above: None,
                },
            )
        };
        let mut session = Session::new(Start {
            scope: Scope::Everything,
            place: place("vn-68-23074"),
            pin: country.pin(),
            feeds: self.known.iter().map(feed).collect(),
            etag: self.etag.clone(),
            document: None,
            outbox: vec![],
            mailboxes: vec![],
            receipt_keys: vec![],
        });
        self.fetched.clear();
        let mut events = vec![Event::Begin];
        while let Some(event) = events.pop() {
            for effect in session.step(event, NOW) {
                match effect {
                    Effect::Finish(summary) => return summary,
                    Effect::Open(unopened) => events.insert(0, unopened.open()),
                    Effect::Request(request) => {
                        events.insert(0, self.answer(country, weather, request));
                    }
                    Effect::Apply(_) if weather.disk_full => {
                        events.push(Event::ApplyFailed(Trouble::DiskFull));
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

    fn answer(&mut self, country: &Country, weather: &Weather, request: Request) -> Event {
        match request.clone() {
            Request::Heads { etag, .. } => {
                let bytes = country.document().to_bytes();
                let now = Hash::of(&bytes).to_string();
                if etag.as_deref() == Some(&now) {
                    return Event::HeadsUnchanged;
                }
                Event::Heads {
                    bytes,
                    etag: Some(now),
                }
            }
            Request::Ledgers { place, .. } if weather.no_ledgers => Event::Ledgers {
                place,
                ledgers: vec![],
            },
            Request::Ledgers { place, segments } => {
                let held = &self.ledgers[&place];
                let ledgers = segments
                    .iter()
                    .map(|hash| (*hash, held[hash].clone()))
                    .collect();
                Event::Ledgers { place, ledgers }
            }
            Request::Segment { hash, .. } if weather.lost == Some(hash) => Event::Failed {
                request,
                trouble: Trouble::Offline,
            },
            Request::Segment { place, hash, .. } => {
                self.fetched.push(hash);
                let mut bytes = country.segment(&hash).unwrap();
                if weather.altered == Some(hash) {
                    *bytes.last_mut().unwrap() ^= 1;
                }
                Event::Segment { place, hash, bytes }
            }
            other => panic!("no letters in this story: {other:?}"),
        }
    }

    fn apply(&mut self, apply: Apply) {
        match apply {
            Apply::Feed(change) => {
                let head = &change.head.head;
                let place = head.place.clone();
                let (order, root, issued_at) = (head.order(), head.root, head.issued_at);
                self.known.insert(
                    place.clone(),
                    Known {
                        order,
                        root,
                        issued_at,
                    },
                );
                let ledgers = self.ledgers.entry(place.clone()).or_default();
                let records = self.records.entry(place).or_default();
                if change.anew {
                    ledgers.clear();
                    records.retain(|id, _| change.set.contains_key(id));
                }
                ledgers.retain(|hash, _| !change.forget.contains(hash));
                records.retain(|id, _| !change.remove.contains(id));
                for segment in &change.segments {
                    ledgers.insert(segment.hash, segment.ledger.clone());
                    for op in Op::split(&segment.raw).unwrap() {
                        let OpRef::Put(leaf) = op else { continue };
                        if change.put.contains(&tree::leaf_hash(leaf)) {
                            let id = bantin_model::record::Record::from_bytes(leaf).unwrap().id;
                            records.insert(id, leaf.to_vec());
                        }
                    }
                }
                let held: BTreeMap<RecordId, Hash> = records
                    .iter()
                    .map(|(id, leaf)| (*id, tree::leaf_hash(leaf)))
                    .collect();
                assert_eq!(
                    held, change.set,
                    "after an apply the phone holds exactly the signed set"
                );
            }
            Apply::Heads { etag, .. } => self.etag = etag,
            Apply::Unchanged { .. } => {}
            other => panic!("no letters in this story: {other:?}"),
        }
    }

    fn commune_records(&self) -> usize {
        self.records
            .get(&place("vn-68-23074"))
            .map_or(0, BTreeMap::len)
    }
}

#[test]
fn the_first_sync_brings_all_feeds_and_the_next_brings_nothing() {
    let country = Country::new();
    let mut mai = Phone::default();
    let first = mai.sync(&country, &Weather::default());
    assert!(
        first.troubles.is_empty(),
        "nothing stands in the way: {first:?}"
    );
    assert_eq!(first.records_changed, 3, "two delegations and one notice");
    let second = mai.sync(&country, &Weather::default());
    assert_eq!(
        second,
        Summary::default(),
        "nothing new costs one unchanged answer"
    );
    assert!(mai.fetched.is_empty(), "and no segment");
}

#[test]
fn only_new_segments_are_fetched_through_long_histories() {
    let mut country = Country::new();
    let mut mai = Phone::default();
    let mut fetched = 0;
    for number in 2..61 {
        let record = notice(&place("vn-68-23074"), number, "x");
        country.commune().put(&record);
        if number % 7 == 0 {
            let gone = notice(&place("vn-68-23074"), number - 3, "x").id;
            country.commune().publish(&[Change::Withdraw(gone)]);
        }
        if number % 3 == 0 {
            let went = mai.sync(&country, &Weather::default());
            assert!(
                went.troubles.is_empty(),
                "an honest hub is never doubted: {went:?}"
            );
            fetched += mai.fetched.len();
        }
    }
    assert_eq!(mai.commune_records(), 52, "60 published, 8 withdrawn");
    assert!(
        fetched < 100,
        "segments held are not fetched again: {fetched}"
    );
}

#[test]
fn a_cut_leaves_the_other_feeds_and_is_made_good() {
    let country = Country::new();
    let hers = country.nodes[2].author.segments[0].0.hash;
    let mut mai = Phone::default();
    let cut = mai.sync(
        &country,
        &Weather {
            lost: Some(hers),
            ..Weather::default()
        },
    );
    assert_eq!(cut.troubles, [Trouble::Offline].into(), "the cut is said");
    assert_eq!(cut.records_changed, 2, "what came counts");
    assert!(mai.etag.is_none(), "the next sync must ask again");
    let healed = mai.sync(&country, &Weather::default());
    assert_eq!(
        (healed.records_changed, mai.commune_records()),
        (1, 1),
        "the rest follows"
    );
}

#[test]
fn an_altered_segment_changes_nothing() {
    let country = Country::new();
    let hers = country.nodes[2].author.segments[0].0.hash;
    let mut mai = Phone::default();
    let lied = mai.sync(
        &country,
        &Weather {
            altered: Some(hers),
            ..Weather::default()
        },
    );
    assert_eq!(lied.troubles, [Trouble::NotGenuine].into());
    assert_eq!(mai.commune_records(), 0, "altered content is never shown");
}

#[test]
fn lost_ledgers_are_made_good_by_a_full_fetch() {
    let mut country = Country::new();
    let mut mai = Phone::default();
    mai.sync(&country, &Weather::default());
    let second = notice(&place("vn-68-23074"), 2, "Mới");
    country.commune().put(&second);
    let went = mai.sync(
        &country,
        &Weather {
            no_ledgers: true,
            ..Weather::default()
        },
    );
    assert!(
        went.troubles.is_empty(),
        "a damaged store heals itself: {went:?}"
    );
    assert_eq!(mai.commune_records(), 2);
}

#[test]
fn a_full_disk_ends_the_session_and_keeps_the_old_state() {
    let country = Country::new();
    let mut mai = Phone::default();
    let went = mai.sync(
        &country,
        &Weather {
            disk_full: true,
            ..Weather::default()
        },
    );
    assert_eq!(went.troubles, [Trouble::DiskFull].into());
    assert!(mai.known.is_empty() && mai.etag.is_none(), "no half state");
    assert!(
        mai.sync(&country, &Weather::default()).troubles.is_empty(),
        "and it can go on later"
    );
}

#[test]
fn a_rolled_back_hub_is_noticed() {
    let mut country = Country::new();
    let old = Country::new();
    let second = notice(&place("vn-68-23074"), 2, "Mới");
    country.commune().put(&second);
    let mut mai = Phone::default();
    mai.sync(&country, &Weather::default());
    let back = mai.sync(&old, &Weather::default());
    assert_eq!(back.troubles, [Trouble::RolledBack].into());
    assert_eq!(mai.commune_records(), 2, "what she had stays readable");
}

#[test]
fn a_store_that_mixes_up_what_it_holds_shows_the_signed_set_all_the_same() {
    // Mai's phone names its ledgers by hash here, which is not the order in which they count.
    for number in 10..20 {
        let mut country = Country::new();
        let hers = place("vn-68-23074");
        let three = [number, number + 100, number + 200].map(|n| notice(&hers, n, "x"));
        let puts = three.each_ref().map(|r| Change::Put(r.to_bytes()));
        country.commune().publish(&puts);
        country.commune().publish(&[Change::Withdraw(three[0].id)]);
        let mut mai = Phone::default();
        mai.sync(&country, &Weather::default());
        assert_eq!(
            mai.commune_records(),
            3,
            "four were published, one taken back"
        );
        // The very same record comes back, as after a restore.
        country.commune().put(&three[0]);
        let went = mai.sync(&country, &Weather::default());
        assert!(went.troubles.is_empty(), "nothing is wrong: {went:?}");
        assert_eq!(
            mai.commune_records(),
            4,
            "what is in force again is shown again"
        );
    }
}
