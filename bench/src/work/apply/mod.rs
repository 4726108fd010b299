//! Verifying, applying and indexing a first sync, against SQLite writing the same rows and nothing else.

mod bare;
mod staged;

use super::say;
use crate::village::{Phone, Village};
use bantin_row::{Bound, Row};

/// How often each is done, by turns.
const ROUNDS: usize = 5;
/// Heads, dictionary and small segments are asked for; the large ones are on the disk already.
const FETCHED_BYTES_MAX: u64 = 512 << 10;

/// Records a second of both.
pub(super) fn measure(village: &mut Village, phone: &Phone) -> anyhow::Result<Row> {
    say("verify, apply and index, beside a bare insert");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let bare = runtime.block_on(bare::Rows::of(phone.data()))?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let fresh = village.phone(&format!("mai-apply-{round}"), false)?;
        staged::stage(village, &fresh)?;
        let seconds = runtime.block_on(staged::sync(village, &fresh, FETCHED_BYTES_MAX))?;
        ours.push(bare.count() as f64 / seconds);
        let folder = village.path(&format!("bare-{round}"));
        let seconds = runtime.block_on(bare.insert(&folder))?;
        theirs.push(bare.count() as f64 / seconds);
    }
    Ok(Row::of_many("apply/rate", "records/s", &ours)
        .beside("bare insert", Some(bantin_row::median(&theirs)))
        .goal(Bound::RatioAtLeast, 0.6)
        .noted("the engine's sync with every segment already on the disk; the same rows and words, folded before, in one transaction"))
}
