//! The bytes of a first sync against one stream of zstd, as tight as it packs.

use bantin_model::feed::{Codec, Segment};

use super::step::Steps;
use crate::corpus::{SEED, documents};
use crate::village::Village;
use crate::work::corpus::long_bytes;
use bantin_row::{Bound, Row};

/// Everything that passed in a first sync, against the documents alone as JSON lines with the dictionary that the
/// hub packs with.
pub(super) fn row(village: &Village, ours: &Steps) -> anyhow::Result<Option<Row>> {
    let Some(bytes) = ours.bytes("first-sync") else {
        return Ok(None);
    };
    let dictionary = dictionary(village)?;
    let all: Vec<_> = documents(SEED, village.notices).collect();
    let packed = long_bytes(&all, &dictionary)?;
    let note = match dictionary.len() {
        0 => "JSON lines of the same documents in one stream; the hub packs without a dictionary"
            .into(),
        bytes => format!(
            "JSON lines of the same documents in one stream, with the hub's dictionary of {bytes} bytes, which is not counted there"
        ),
    };
    let row = Row::new("first-sync/bytes-packed", "bytes", bytes)
        .beside("zstd -19 --long", Some(packed as f64))
        .goal(Bound::RatioAtMost, 1.10)
        .noted(&note);
    Ok(Some(row))
}

/// The dictionary that segments of the hub name; empty if they name none.
fn dictionary(village: &Village) -> anyhow::Result<Vec<u8>> {
    for file in std::fs::read_dir(village.hub_data().join("segments"))? {
        let bytes = std::fs::read(file?.path())?;
        if let Codec::ZstdDictionary(hash) = Segment::read(&bytes)?.codec() {
            let blob = village.hub_data().join("blobs").join(hash.to_string());
            return Ok(std::fs::read(blob)?);
        }
    }
    Ok(Vec::new())
}
