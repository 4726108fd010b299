//! News pass from phone to phone, and prove themselves.

use bantin_tests::hub::PLACE;
use bantin_tests::phone::Phone;

use super::{ba_has_news, mai_follows, sync_via};
use crate::village::{NOTICE_TITLE, Village, write_notice};

#[test]
fn mai_reads_and_searches_what_bas_phone_has_without_any_internet() {
    let village = Village::new();
    let notice = village.hanh().publish(&write_notice(village.hub.beside()));
    let ba = ba_has_news(&village);
    village.network.cut();
    let sharing = ba.share(&[]);
    let places = sharing.said["places"].as_array().expect("a list of places");
    assert!(
        places.iter().any(|place| place["id"] == PLACE),
        "Bá sees what he shares: {places:?}"
    );
    let mai = mai_follows(&sharing);
    mai.sync();
    assert_eq!(
        mai.notices().len(),
        ba.notices().len(),
        "everything Bá has, Mai has"
    );
    let hits = mai.search("ho tro");
    let found = hits
        .iter()
        .any(|hit| hit["found"]["notice"]["card"]["id"] == notice);
    assert!(found, "and finds it: {hits:?}");
    let page = mai.show(&notice);
    assert_eq!(page["text"]["title"], NOTICE_TITLE, "and reads it");
    assert_eq!(
        page["authenticity"]["state"], "current",
        "it proves itself, whoever brought it"
    );
    assert_eq!(
        mai.status()["clock_wrong"],
        false,
        "news by hand say nothing about Mai's clock"
    );
}

#[test]
fn when_mai_leaves_the_village_her_phone_goes_to_the_hub() {
    let village = Village::new();
    let ba = ba_has_news(&village);
    let sharing = ba.share(&[]);
    let mai = mai_follows(&sharing);
    drop(sharing);
    village.hanh().publish(&write_notice(village.hub.beside()));
    mai.sync();
    let titles = mai.notices();
    assert!(
        titles.iter().any(|n| n["title"] == NOTICE_TITLE),
        "her phone knows the hub that Bá's phone follows: {titles:?}"
    );
}

#[test]
fn a_neighbour_with_older_news_takes_nothing_away() {
    let village = Village::new();
    let ba = ba_has_news(&village);
    village.hanh().publish(&write_notice(village.hub.beside()));
    let mai = village.phone("Mai");
    mai.sync();
    village.network.cut();
    let sharing = ba.share(&[]);
    let said = sync_via(&mai, &sharing);
    assert_eq!(said["records_changed"], 0, "nothing came, nothing is wrong");
    let titles = mai.notices();
    assert!(
        titles.iter().any(|n| n["title"] == NOTICE_TITLE),
        "the newer news stay"
    );
    assert_eq!(
        mai.status()["last_failure"],
        serde_json::Value::Null,
        "nobody is accused"
    );
}

#[test]
fn a_relay_of_another_root_is_refused() {
    let village = Village::new();
    let ba = ba_has_news(&village);
    let sharing = ba.share(&[]);
    let mai = village.phone("Mai");
    let link = format!("{}#root={}", sharing.url(), "5e".repeat(32));
    let said = mai.run(&["sync", "--via", &link]);
    assert_eq!(
        said.failure(),
        "root-mismatch",
        "trust is the root's, never the answerer's: {said:?}"
    );
    let said = Phone::of("Thu").run(&["follow", &link, PLACE]);
    assert_eq!(
        said.failure(),
        "root-mismatch",
        "a newcomer whose link names another root believes nothing: {said:?}"
    );
    let hub = mai.run(&["sync", "--via", &village.network.url()]);
    assert_eq!(
        hub.failure(),
        "not-found",
        "a hub is no relay, and is not taken for one: {hub:?}"
    );
}

#[test]
fn nothing_private_can_be_asked_of_a_relay() {
    let village = Village::new();
    let ba = ba_has_news(&village);
    let photo = bantin_tests::photo::take(ba.files(), "ruong-lua.jpg", "ruong.jpg");
    ba.ask("Chuyện riêng của Bá.", &[&photo]);
    let sharing = ba.share(&[]);
    let mut asked = 0;
    for entry in walk(&ba.data()) {
        let bytes = std::fs::read(&entry).unwrap_or_default();
        let hash = bantin_model::id::Hash::of(&bytes);
        let private = entry
            .components()
            .any(|part| part.as_os_str() == "profiles");
        if !private {
            continue;
        }
        asked += 1;
        for route in ["blobs", "segments", "attachments"] {
            let url = format!("{}/v1/{route}/{hash}", sharing.url());
            let status = get(&url);
            assert!(
                status == 404 || status == 405,
                "{} is Bá's own, and {url} answered {status}",
                entry.display()
            );
        }
    }
    assert!(
        asked >= 2,
        "his letter and his photo lie there: {asked} files"
    );
    for path in ["/", "/private.db", "/v1/letters", "/v1/attachments/../key"] {
        let status = get(&format!("{}{path}", sharing.url()));
        assert!(matches!(status, 404 | 405), "{path} answered {status}");
    }
}

fn get(url: &str) -> u16 {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let answer = agent.get(url).call().expect("the relay answers");
    answer.status().as_u16()
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)
        .expect("a folder of ours")
        .flatten()
    {
        let path = entry.path();
        match path.is_dir() {
            true => files.extend(walk(&path)),
            false => files.push(path),
        }
    }
    files
}
