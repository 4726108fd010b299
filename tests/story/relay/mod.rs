//! One phone with news feeds a village: Bá's phone has synced and shares; the hub cannot be reached; Mai's
//! phone has never seen the internet.

mod full;
mod letter;
mod nearby;
mod news;

use bantin_tests::hub::PLACE;
use bantin_tests::phone::{Phone, Sharing};

use crate::village::Village;

/// Elder Bá's phone with all news.
fn ba_has_news(village: &Village) -> Phone {
    let ba = village.phone("Ba");
    ba.sync();
    ba
}

/// Mai's phone follows the commune at Bá's.
fn mai_follows(sharing: &Sharing) -> Phone {
    let mai = Phone::of("Mai");
    mai.follow(&sharing.link, PLACE);
    mai
}

/// Syncs through a relay; it must work.
#[track_caller]
fn sync_via(phone: &Phone, sharing: &Sharing) -> serde_json::Value {
    phone.ok(&["sync", "--via", sharing.url()])
}
