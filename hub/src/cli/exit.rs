//! Exit codes; scripts rely on them.
//!
//! | code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | broken inside: disk, database, network address |
//! | 2 | the command line itself is wrong |
//! | 3 | refused: a value, a state or a grant does not allow it; nothing was changed |
//! | 4 | not found: no such place, record, conversation or officer |
//! | 5 | import: some files have errors, named on standard error; nothing was published |
//! | 6 | doctor: something needs the operator |

use bantin_wire::{Code, Failure};

/// Broken inside.
pub const BROKEN: u8 = 1;
/// Refused.
pub const REFUSED: u8 = 3;
/// Not found.
pub const NOT_FOUND: u8 = 4;
/// Files of an import have errors.
pub const FAULTS: u8 = 5;
/// Something needs the operator.
pub const UNWELL: u8 = 6;

/// The code of a failure.
pub fn of(failure: &Failure) -> u8 {
    match failure.code {
        Code::NotFound | Code::PlaceUnknown => NOT_FOUND,
        Code::Internal | Code::DiskFull | Code::Busy => BROKEN,
        _ => REFUSED,
    }
}
