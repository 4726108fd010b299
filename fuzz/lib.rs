//! Fuzzing of everything that reads bytes from outside: what a hub, a carrier, a neighbour's card or a
//! person's fingers may hand us. Each target is a plain `fn(&[u8])`; none may panic, hang, or cost more
//! than [`memory::INPUT_BYTES_MAX`].
//!
//! There is no coverage to steer by (that needs a nightly compiler), so depth comes from valid seeds,
//! changes that keep most of an input valid, and signatures made anew over what was changed. A target
//! also says whether it accepted an input: a share of accepted inputs near zero means shallow fuzzing.
//! With cargo-fuzz a target is `fuzz_target!(|data: &[u8]| { bantin_fuzz::target::segment(data); });`.
//!
//! Everything here may panic: the seeds are its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

pub mod chance;
pub mod corpus;
pub mod memory;
pub mod mutate;
pub mod run;
pub mod seed;
pub mod target;
pub mod watch;
