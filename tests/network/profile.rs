//! Networks as they are in the mountains, by name: thirty of them, each the same at every run.

/// What a line does to the bytes on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: &'static str,
    /// The connection breaks after about this many bytes down; 0: never.
    pub cut_down: u64,
    /// The connection breaks after about this many bytes up; 0: never.
    pub cut_up: u64,
    /// Bytes arrive in pieces of this size; 0: as they come.
    pub slice: usize,
    /// Bytes a second in either direction; 0: as fast as the machine.
    pub rate: u64,
    /// Every connection waits so long before its first byte, in milliseconds.
    pub delay_ms: u64,
    /// After this many bytes the line is silent for [`Self::stall_ms`]; 0: never.
    pub stall_every: u64,
    /// How long it is silent.
    pub stall_ms: u64,
    /// Of a hundred connections, so many are refused.
    pub refused: u64,
    /// Of a hundred connections, so many reach a sign-in page that says 200 to everything.
    pub portal: u64,
    /// Of a hundred connections, so many end in an answer shorter than its Content-Length.
    pub short: u64,
    /// Of a hundred connections, so many carry one byte that is not what was sent.
    pub altered: u64,
}

const FAIR: Profile = Profile {
    name: "fair",
    cut_down: 0,
    cut_up: 0,
    slice: 0,
    rate: 0,
    delay_ms: 0,
    stall_every: 0,
    stall_ms: 0,
    refused: 0,
    portal: 0,
    short: 0,
    altered: 0,
};

macro_rules! profiles {
    ($($name:literal { $($field:ident: $value:expr),* $(,)? })*) => {
        /// All of them.
        pub const PROFILES: &[Profile] = &[$(Profile { name: $name, $($field: $value,)* ..FAIR }),*];
    };
}

profiles! {
    "cut every 512 KB" { cut_down: 512 << 10 }
    "cut every 256 KB" { cut_down: 256 << 10 }
    "cut every 128 KB" { cut_down: 128 << 10 }
    "cut every 64 KB" { cut_down: 64 << 10 }
    "cut every 48 KB" { cut_down: 48 << 10 }
    "cut every 32 KB up" { cut_up: 32 << 10 }
    "cut every 64 KB up" { cut_up: 64 << 10 }
    "cut every 128 KB both ways" { cut_down: 128 << 10, cut_up: 128 << 10 }
    "one byte at a time" { slice: 1 }
    "seven bytes at a time" { slice: 7 }
    "packets of 576 bytes" { slice: 576 }
    "packets of 1,400 bytes, late" { slice: 1_400, delay_ms: 50 }
    "silent for a second at times" { stall_every: 400 << 10, stall_ms: 1_000 }
    "silent for a moment often" { stall_every: 40 << 10, stall_ms: 50 }
    "silent, then cut" { stall_every: 100 << 10, stall_ms: 200, cut_down: 250 << 10 }
    "a tenth refused" { refused: 10 }
    "a third refused" { refused: 33 }
    "two thirds refused" { refused: 66 }
    "sign-in page at a tenth" { portal: 10 }
    "sign-in page at a third" { portal: 33 }
    "sign-in page at two thirds" { portal: 66 }
    "a tenth of answers too short" { short: 10 }
    "a third of answers too short" { short: 33 }
    "a byte altered in one of twenty" { altered: 5 }
    "far away: 400 ms" { delay_ms: 400 }
    "far away: 1 s, packets of 576 bytes" { delay_ms: 1_000, slice: 576 }
    "2 Mbit/s" { rate: 250_000, delay_ms: 80 }
    "50 kbit/s with 400 ms" { rate: 6_250, delay_ms: 400 }
    "a bus in the hills" { cut_down: 200 << 10, refused: 20, delay_ms: 100, slice: 1_400 }
    "market day" { refused: 15, portal: 10, short: 5, stall_every: 300 << 10, stall_ms: 100 }
}
