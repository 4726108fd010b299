//! Randomness for keys, seals and names: the operating system's.

use getrandom::SysRng;
use getrandom::rand_core::{CryptoRng, Rng, UnwrapErr};

/// The system's random numbers. A machine that cannot give any must not make keys, so it stops here.
pub fn rng() -> impl CryptoRng {
    UnwrapErr(SysRng)
}

/// `N` random bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut out = [0u8; N];
    rng().fill_bytes(&mut out);
    out
}
