//! A relay without room says so, and nothing else is affected.

use super::{ba_has_news, mai_follows};
use crate::village::Village;

#[test]
fn a_full_relay_refuses_letters_and_goes_on_giving_news() {
    let village = Village::new();
    let ba = ba_has_news(&village);
    village.network.cut();
    let sharing = ba.share(&["--carry-mib", "0"]);
    let mai = mai_follows(&sharing);
    mai.sync();
    assert!(!mai.notices().is_empty(), "news need no room there");
    let asked = mai.ask("Có ai còn chỗ không?", &[]);
    let said = mai.run(&["sync", "--via", sharing.url()]);
    assert_eq!(
        (said.code, said.failure()),
        (Some(7), "disk-full"),
        "Mai hears why: {said:?}"
    );
    let page = mai.conversation(&asked);
    assert!(
        page["messages"][0]["carried_at"].is_null(),
        "nobody claims to carry it"
    );
    drop(sharing);
    village.network.mend();
    mai.sync();
    assert!(
        mai.outbox().is_empty(),
        "her own phone brings it to the hub"
    );
}
