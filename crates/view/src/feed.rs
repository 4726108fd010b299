//! What is known of the feed a record stands in.

use bantin_model::feed::Head;
use bantin_model::record::Record;
use bantin_model::time::Seconds;
use bantin_wire::ipc::notice::{Authenticity, Genuine};

use crate::{Directory, Reader};

/// The verified head of a feed, as far as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedMark {
    /// Its version.
    pub version: u64,
    /// When it was signed.
    pub signed_at: Seconds,
    /// From then on it is shown as old.
    pub expires_at: Seconds,
}

impl From<&Head> for FeedMark {
    fn from(head: &Head) -> Self {
        Self {
            version: head.version,
            signed_at: head.issued_at,
            expires_at: head.expires_at,
        }
    }
}

impl FeedMark {
    /// Past its expiry: true as of its date.
    pub fn is_old(&self, now: Seconds) -> bool {
        now >= self.expires_at
    }
}

/// What stands behind the words *Đã xác thực* of a record of the current set of its feed.
pub fn authenticity(
    record: &Record,
    feed: FeedMark,
    directory: &Directory,
    reader: &Reader,
) -> Authenticity {
    Authenticity {
        agency: directory.agency_name(&record.place, reader),
        place: record.place.clone(),
        signed_at: feed.signed_at,
        version: feed.version,
        state: if feed.is_old(reader.now) {
            Genuine::Old
        } else {
            Genuine::Current
        },
    }
}
