//! A line that ends every connection after 64 KB.

use super::POUCH;
use super::ours::Ours;
use super::theirs::{Broken, Theirs};
use crate::work::say;
use bantin_row::{Bound, Row};

/// What a connection lives for.
const CUT_AFTER_BYTES: u64 = 64 << 10;

/// Bytes until everything is here, against those of a line that holds; and whether the peer gets there at all.
pub(super) fn rows(ours: &mut Ours<'_>, theirs: Option<&mut Theirs>) -> anyhow::Result<Vec<Row>> {
    say("a line that is cut every 64 KB");
    let whole = ours.village.phone("mai-whole", false)?;
    ours.first_sync(&whole)?;
    let payload = ours.steps.bytes("first-sync");
    let (syncs, bytes) = ours.broken(CUT_AFTER_BYTES)?;
    let mut rows = vec![
        Row::new("cut/bytes", "bytes", bytes as f64)
            .beside("uncut", payload)
            .goal(Bound::RatioAtMost, 1.10)
            .noted(&format!(
                "up and down until all is there; {syncs} times bantin sync"
            )),
    ];
    let tried = match theirs {
        Some(theirs) => theirs.broken(CUT_AFTER_BYTES)?,
        None => Vec::new(),
    };
    let finished = tried.first().map(|first| u8::from(first.finished).into());
    let notes: Vec<String> = tried.iter().map(note).collect();
    rows.push(
        Row::new("cut/finishes", "(1 is yes)", 1.0)
            .beside(POUCH, finished)
            .noted(&notes.join("; ")),
    );
    Ok(rows)
}

fn note(tried: &Broken) -> String {
    let Broken {
        finished,
        batch,
        bytes,
        attempts,
    } = tried;
    let how = if *finished {
        "gets there"
    } else {
        "does not get there"
    };
    format!("the peer, {batch} documents at a time, {how}: {attempts} tries, {bytes} bytes")
}
