//! The bytes of a first sync against one stream of zstd, as tight as it packs.

use bantin_row::{Bound, Row};

use super::step::Steps;
use crate::village::Village;
use crate::work::corpus::long_bytes;

/// Everything that passed in a first sync, against the documents alone as JSON lines with the dictionary that the
/// hub packs with.
pub(super) fn row(village: &Village, ours: &Steps) -> anyhow::Result<Option<Row>> {
    let Some(bytes) = ours.bytes("first-sync") else {
        return Ok(None);
    };
    let dictionary = village.dictionary()?;
    let all = village.documents();
    let packed = long_bytes(&all, &dictionary)?;
    let note = format!(
        "JSON lines of the same documents in one stream, with the hub's dictionary of {} bytes or without it, whichever is less; ours pays for the dictionary, too",
        dictionary.len()
    );
    let row = Row::new("first-sync/bytes-packed", "bytes", bytes)
        .beside("zstd -19 --long", Some(packed as f64))
        .goal(Bound::RatioAtMost, 1.10)
        .noted(&note);
    Ok(Some(row))
}
