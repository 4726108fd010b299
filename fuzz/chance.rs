//! Cheap repeatable randomness: SplitMix64. An input is wholly given by target, seed and number, so a
//! finding needs nothing but these three to be had again.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The stream of input `number` under `seed`.
    pub fn of(seed: u64, target: &str, number: u64) -> Self {
        let mut chance = Self(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for byte in target.bytes() {
            chance.0 = chance.draw().wrapping_add(u64::from(byte));
        }
        chance
    }

    /// The next number of the stream.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.draw() % (end as u64).max(1)) as usize
    }

    /// True once in `times`.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// A number that parsers like to get wrong.
    pub fn edge(&mut self) -> u64 {
        const EDGES: [u64; 18] = [
            0,
            1,
            2,
            15,
            16,
            23,
            24,
            31,
            32,
            33,
            64,
            255,
            256,
            65_535,
            65_536,
            u32::MAX as u64,
            i64::MAX as u64,
            u64::MAX,
        ];
        match self.below(4) {
            0 => self.draw() >> self.below(64),
            _ => EDGES.get(self.below(EDGES.len())).copied().unwrap_or(0),
        }
    }
}
