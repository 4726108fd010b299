//! Every single bit of a pack of 100 KB, flipped alone.

use bantin_model::pack::scan;
use bantin_row::Row;
use bantin_tests::pack::Flipped;

use super::Terms;
use super::row::{at_most, done};
use super::run::run;

/// Parts of the pack that are flipped one after the other.
const PIECES: u64 = 100;

/// A hundredth of the bits at a time.
pub fn all(terms: &Terms<'_>) -> Vec<Row> {
    let pack = Flipped::read_by(|source| scan(source));
    let bits = pack.bits();
    let piece = |number: u64| number * bits / PIECES..(number + 1) * bits / PIECES;
    let run = run(PIECES, terms, |number| {
        let part = piece(number);
        let many = part.end - part.start;
        pack.flip(part).map(|()| many)
    });
    let flipped = run.well().sum();
    let wrong = run.wrong();
    let note = wrong.first().cloned().unwrap_or_default();
    let lost = wrong.len() as f64;
    vec![
        done("packs", "bits", flipped, bits),
        at_most("packs/broken", "bits", lost, 0.0, run.is_whole(), &note),
    ]
}
