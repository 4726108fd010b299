//! Neighbours find one another by multicast DNS, where the network lets it through.

use super::{ba_has_news, mai_follows};
use crate::village::{NOTICE_TITLE, Village, write_notice};

#[test]
fn mai_finds_bas_phone_by_itself() {
    let village = Village::new();
    let ba = ba_has_news(&village);
    let sharing = ba.share_at("0.0.0.0:0", &[]);
    if sharing.said["announced"] != true {
        eprintln!("skipped: this machine has no multicast; the QR code is the way");
        return;
    }
    let mai = mai_follows(&sharing);
    let port = sharing
        .url()
        .rsplit(':')
        .next()
        .unwrap_or_default()
        .to_owned();
    let ours = |row: &serde_json::Value| {
        let url = row["url"].as_str().unwrap_or_default();
        url.ends_with(&format!(":{port}")) && row["same_root"] == true
    };
    let mut found = Vec::new();
    for _ in 0..3 {
        let rows = mai.ok(&["nearby", "--seconds", "5"]);
        found = rows.as_array().cloned().unwrap_or_default();
        if found.iter().any(ours) {
            break;
        }
    }
    if !found.iter().any(ours) {
        eprintln!("skipped: multicast does not come back to this machine; found {found:?}");
        return;
    }
    let times = found.iter().filter(|row| ours(row)).count();
    assert_eq!(
        times, 1,
        "one relay, however many ways lead to it: {found:?}"
    );
    village.hanh().publish(&write_notice(village.hub.beside()));
    ba.sync();
    mai.ok(&["sync", "--via", "nearby"]);
    let titles = mai.notices();
    assert!(
        titles.iter().any(|n| n["title"] == NOTICE_TITLE),
        "found without typing anything: {titles:?}"
    );
}
