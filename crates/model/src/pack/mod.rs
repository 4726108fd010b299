//! Packs: what nodes exchange, in one file for a stick, a memory card or a messenger. Written out in
//! `docs/formats/pack.md`.
//!
//! A pack proves nothing: each record is what a hub would have sent or taken over HTTP, and whoever
//! imports it verifies it by the same rules. What is here finds the whole records of a file that may be
//! cut or damaged anywhere, in bounded memory and time, and says what was lost.

mod body;
mod frame;
mod kind;
mod scan;
mod write;

pub use body::{Ask, PackedMail};
pub use frame::{FRAME_BYTES, HEADER_BYTES};
pub use kind::{RECORD_BODY_BYTES_MAX, RecordKind};
pub use scan::{Contents, Damage, Entry, Lost, ScanError, read_body, scan};
pub use write::PackWriter;

/// The largest pack, in bytes: what a memory card formatted as FAT32 can hold in one file.
pub const PACK_BYTES_MAX: u64 = (4 << 30) - 1;

/// Records read from one pack; what comes after is named as lost.
pub const PACK_RECORDS_MAX: usize = 65_536;

/// Damaged places named one by one; a file with more of them is not read to its end.
pub const PACK_DAMAGES_MAX: usize = 1_024;

/// The ending of a pack's file name.
pub const PACK_EXTENSION: &str = "bantin";
