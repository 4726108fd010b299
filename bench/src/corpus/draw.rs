//! Chance, from a seed: which phrase comes next.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// Flattens the top of the frequency curve: in Zipf's law as Mandelbrot corrected it, rank `r` weighs `1 / (r + q)`.
const MANDELBROT_Q: u64 = 12;

/// A stream of choices belonging to one document.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    /// The stream of `id` under `seed`; no two ids share one.
    pub(super) fn new(seed: u64, id: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(id);
        Self(rng)
    }

    /// An integer below `bound`, or 0 when the bound is 0. The bias of the multiplication is below 2⁻³².
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(bound);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Any entry of `list`, each as likely; empty text from an empty list.
    pub(super) fn even<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let at = self.below(list.len() as u64);
        usize::try_from(at)
            .ok()
            .and_then(|at| list.get(at))
            .copied()
            .unwrap_or_default()
    }

    /// An entry of `list`, the earlier ones more often, as words are used. Integer weights: the same on every machine.
    pub(super) fn zipf<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let weight = |rank: usize| 1_000_000 / (rank as u64 + MANDELBROT_Q);
        let total: u64 = (0..list.len()).map(weight).sum();
        let mut left = self.below(total);
        for (rank, entry) in list.iter().enumerate() {
            let weight = weight(rank);
            if left < weight {
                return entry;
            }
            left -= weight;
        }
        ""
    }
}
