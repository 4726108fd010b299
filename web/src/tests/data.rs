//! Mai pays for every megabyte in the browser too.

use bantin_model::budget::{DataKind, Holds, Limits, Surroundings};
use bantin_model::id::{Hash, RecordId};
use bantin_model::record::{Article, Blob, Kind, Mime, Picture, Record, Topic, Urgency};
use bantin_wire::ipc::data::{DataAround, DataFetch, DataGet, DataSet};
use bantin_wire::ipc::media::BLOB_GET;
use bantin_wire::{Code, Failure};

use super::country::{NOW, place};
use super::hub::COMMUNE;
use super::tab::{Browser, Tab};
use crate::host::Table;

fn limits(tab: &Tab, limits: Limits) {
    tab.run(&DataSet { limits }).unwrap();
}

#[test]
fn bytes_are_counted_by_kind_and_kept_for_every_tab() {
    let browser = Browser::new();
    let tab = browser.tab();
    tab.follow();
    let used = tab.run(&DataGet {}).unwrap();
    for kind in [DataKind::Ask, DataKind::Text] {
        assert!(
            used.month.get(&kind) > Some(&0),
            "{kind:?} has its share: {used:?}"
        );
    }
    let sum: u64 = used.month.values().sum();
    assert_eq!(
        (used.today_bytes, used.days.len()),
        (sum, 1),
        "the month is one day old"
    );
    let later = browser.tab().run(&DataGet {}).unwrap();
    assert_eq!(later.month, used.month, "another tab knows the same");
}

/// A notice with three pictures of 2 MB; their names.
fn pictured(browser: &Browser) -> Vec<Hash> {
    let mut hub = browser.hub.borrow_mut();
    let mut blob = |bytes: Vec<u8>| {
        let hash = Hash::of(&bytes);
        let blob = Blob {
            hash,
            bytes: bytes.len() as u64,
            mime: Mime::Jpeg,
        };
        hub.blobs.insert(hash, bytes);
        blob
    };
    let pictures: Vec<Picture> = (1..=3u8)
        .map(|number| Picture {
            thumb: blob(vec![number; 100]),
            screen: blob(vec![number; 2_000_000]),
            full: None,
            width: 960,
            height: 640,
            alt: Default::default(),
        })
        .collect();
    let names = pictures.iter().map(|picture| picture.screen.hash).collect();
    let article = Article {
        topic: Topic(1),
        urgency: Urgency::NORMAL,
        texts: Vec::new(),
        audio: Vec::new(),
        pictures,
        sources: Vec::new(),
        heritage: None,
        sample: false,
    };
    let id = RecordId::derived(NOW, b"pictured");
    hub.publish(&Record::new(
        id,
        Kind::NOTICE,
        place(COMMUNE),
        NOW,
        &article,
    ));
    names
}

fn get(tab: &Tab, hash: Hash, asked: bool) -> Result<(), Failure> {
    let args = format!("{{\"hash\":\"{hash}\",\"kind\":\"rest\",\"asked\":{asked}}}");
    tab.raw(BLOB_GET, &args, None).map(|_| ())
}

#[test]
fn a_spent_budget_and_mobile_data_hold_pictures_back() {
    let browser = Browser::new();
    let [a, b, _] = pictured(&browser)[..] else {
        panic!("three pictures")
    };
    let tab = browser.tab();
    tab.follow();
    let wifi = Limits {
        only_wifi: true,
        ..Limits::default()
    };
    limits(&tab, wifi);
    let failure = get(&tab, a, false).unwrap_err();
    assert_eq!(
        failure.code,
        Code::DataWaits,
        "nobody knows whether this is Wi-Fi"
    );
    get(&tab, a, true).expect("a tap is a wish");
    let around = Surroundings {
        metered: Some(false),
        ..Surroundings::default()
    };
    tab.run(&DataAround { around }).unwrap();
    get(&tab, b, false).expect("over Wi-Fi it comes by itself");
    let day = Limits {
        day_bytes: Some(1_000_000),
        ..Limits::default()
    };
    limits(&tab, day);
    assert_eq!(
        tab.status().holds,
        Some(Holds::Day),
        "four megabytes are more than one"
    );
    get(&tab, b, false).expect("what is here costs nothing");
    let used = tab.run(&DataGet {}).unwrap();
    assert!(
        used.month[&DataKind::Rest] >= 4_000_000,
        "both pictures were counted: {used:?}"
    );
}

#[test]
fn the_picture_opened_longest_ago_makes_room() {
    let browser = Browser::new();
    let [a, b, c] = pictured(&browser)[..] else {
        panic!("three pictures")
    };
    let tab = browser.tab();
    tab.follow();
    let room = Limits {
        media_bytes: Some(5_000_000),
        ..Limits::default()
    };
    limits(&tab, room);
    for (minute, hash) in [a, b, a, c].into_iter().enumerate() {
        browser.later.set(60 * minute as u64);
        get(&tab, hash, true).unwrap();
    }
    let here = |hash: Hash| {
        browser
            .rows
            .borrow()
            .contains_key(&(Table::Blobs, hash.to_string()))
    };
    assert!(here(a) && here(c), "what was opened last is here");
    assert!(!here(b), "what was not opened for longest left");
    assert_eq!(
        tab.run(&DataGet {}).unwrap().media_bytes,
        4_000_000,
        "they fit"
    );
}

#[test]
fn nonsense_is_refused_at_its_field_and_fetching_all_is_for_once() {
    let browser = Browser::new();
    let tab = browser.tab();
    tab.follow();
    let wrong = Limits {
        month_bytes: Some(1),
        ..Limits::default()
    };
    let failure = tab.run(&DataSet { limits: wrong }).unwrap_err();
    assert_eq!(
        failure.field.as_deref(),
        Some("month_bytes"),
        "the field is named"
    );
    let used = tab.run(&DataGet {}).unwrap();
    assert_eq!(
        used.limits,
        Limits::default(),
        "what counted before counts on"
    );
    tab.run(&DataFetch {}).unwrap();
    assert_eq!(
        tab.status().holds,
        None::<Holds>,
        "no budget, nothing is held back"
    );
}
