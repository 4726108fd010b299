//! What happened, line by line. Its hash says whether two runs were the same.

use std::fmt::{Arguments, Write as _};

use bantin_model::id::Hash;

/// Lines shown when a run fails.
const TAIL: usize = 50;

/// The trace of a run.
#[derive(Default)]
pub struct Trace {
    text: String,
    lines: u64,
}

impl Trace {
    /// One more line, at a time in milliseconds since the run began.
    pub fn note(&mut self, at_ms: u64, what: Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "{at_ms} {what}");
        self.lines += 1;
    }

    /// How many lines there are.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// The same for the same run.
    pub fn hash(&self) -> Hash {
        Hash::of(self.text.as_bytes())
    }

    /// The last lines.
    pub fn tail(&self) -> Vec<String> {
        let mut last: Vec<String> = self
            .text
            .lines()
            .rev()
            .take(TAIL)
            .map(str::to_owned)
            .collect();
        last.reverse();
        last
    }

    /// Every line.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A short name of bytes, so that a trace differs when one bit of a message does.
pub fn digest(bytes: &[u8]) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        word.iter_mut()
            .zip(chunk)
            .for_each(|(to, from)| *to = *from);
        state = (state ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3);
        state ^= state >> 29;
    }
    state
}
