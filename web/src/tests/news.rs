//! Mai follows her commune, reads, closes the tab, and reads on without a network.

use bantin_model::id::RecordId;
use bantin_wire::Code;
use bantin_wire::ipc::device::StorageGet;
use bantin_wire::ipc::notice::{Genuine, NoticeCard, NoticeList, NoticeRead, NoticeSave};
use bantin_wire::ipc::search::{Found, Search};

use super::country::{notice, place};
use super::hub::{COMMUNE, Weather};
use super::tab::{Browser, Tab};
use crate::host::Table;

fn list(tab: &Tab, saved: bool) -> Vec<NoticeCard> {
    tab.run(&NoticeList {
        kind: "notice".into(),
        topic: None,
        saved,
        offset: 0,
        limit: 50,
    })
    .unwrap()
}

fn find(tab: &Tab, text: &str) -> Vec<RecordId> {
    let text = text.to_owned();
    let hits = tab.run(&Search { text, limit: 20 }).unwrap();
    hits.into_iter()
        .map(|hit| match hit.found {
            Found::Notice { card } => card.id,
            Found::Product { card } => card.id,
        })
        .collect()
}

#[test]
fn what_was_synced_is_read_and_found_offline_after_a_restart() {
    let browser = Browser::new();
    let first = browser.tab();
    assert!(first.status().place.is_none(), "nothing is followed yet");
    first.follow();
    assert_eq!(first.status().notices_new, 1, "one notice she has not seen");
    let cards = list(&first, false);
    assert_eq!(cards.len(), 1, "only what people read is listed");
    assert_eq!(cards[0].agency, "UBND xã Đông Giang", "with who says it");
    assert_eq!(first.status().notices_new, 0, "she has looked");

    browser.hub.borrow_mut().weather = Weather::Cut;
    let later = browser.tab();
    let cards = list(&later, false);
    let id = cards[0].id;
    let page = later.run(&NoticeRead { id, lang: None }).unwrap();
    assert_eq!(page.text.body, "Bà con đến nhà văn hoá.", "the whole text");
    assert_eq!(
        page.authenticity.state,
        Genuine::Current,
        "signed and fresh"
    );
    assert_eq!(find(&later, "van hoa"), [id], "found without its accents");
    let failure = later.sync().unwrap_err();
    assert_eq!(
        failure.code,
        Code::Offline,
        "and the app says why nothing came"
    );
    let status = later.status();
    assert_eq!(status.last_failure, Some(Code::Offline));
    assert!(status.trusts_origin, "a browser trusts the page's origin");
    assert!(!list(&later, false)[0].unread, "she has read it");
}

#[test]
fn news_come_once_and_only_what_is_new_is_fetched() {
    let browser = Browser::new();
    let tab = browser.tab();
    tab.follow();
    browser.hub.borrow_mut().asked.clear();
    let outcome = tab.sync().unwrap();
    assert_eq!(outcome.records_changed, 0, "nothing new");
    assert_eq!(browser.hub.borrow().asked.len(), 1, "costs one round trip");
    let record = notice(&place(COMMUNE), 2, "Phun thuốc muỗi sáng thứ bảy.");
    browser.hub.borrow_mut().publish(&record);
    assert_eq!(tab.sync().unwrap().records_changed, 1, "the new notice");
    assert_eq!(find(&tab, "muoi"), [record.id], "is found at once");
    let storage = tab.run(&StorageGet {}).unwrap();
    assert!(storage.traffic_today_bytes > 0, "what it cost is counted");
    assert!(storage.news_bytes > 0, "and what it takes here");
}

#[test]
fn a_kept_notice_stays_kept_and_another_tab_sees_it() {
    let browser = Browser::new();
    let (one, two) = (browser.tab(), browser.tab());
    one.follow();
    let id = list(&two, false)[0].id;
    one.run(&NoticeSave { id, saved: true }).unwrap();
    two.0.heard_change();
    assert_eq!(list(&two, true).len(), 1, "the second tab sees the mark");
}

#[test]
fn an_altered_store_shows_nothing_and_heals() {
    let browser = Browser::new();
    browser.tab().follow();
    for ((table, _), row) in browser.rows.borrow_mut().iter_mut() {
        if *table == Table::Segments {
            *row.last_mut().unwrap() ^= 1;
        }
    }
    let tab = browser.tab();
    assert!(
        list(&tab, false).is_empty(),
        "altered content is never shown"
    );
    tab.sync().unwrap();
    assert_eq!(list(&tab, false).len(), 1, "the hub gives it again");
}
