//! The printed claim code: a conversation's seed for people, as Crockford base32 in groups of four.
//!
//! 32 bytes of seed and 3 bytes of checksum are 35 bytes, exactly 56 symbols: 14 groups and no
//! spare bits. Reading forgives case, spaces, dashes, `O` for `0` and `I` or `L` for `1`.

use super::ConversationSeed;
use crate::id::Hash;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_SYMBOLS: usize = 56;
const SEED_BYTES: usize = 32;
const CHECK_BYTES: usize = 3;

/// Why a text is no claim code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// A symbol that no claim code has.
    #[error("the claim code cannot contain {0:?}")]
    Symbol(char),
    /// Too few or too many symbols, spaces and dashes not counted.
    #[error("the claim code has {got} letters and digits, it should have 56")]
    Length {
        /// Letters and digits found.
        got: usize,
    },
    /// All symbols are possible, but at least one is wrong.
    #[error("the claim code's checksum is wrong: a letter or digit was misread")]
    Checksum,
}

impl ConversationSeed {
    /// The seed as a printable code: 14 groups of 4 symbols with dashes.
    pub fn claim_code(&self) -> String {
        let checksum = checksum(self.to_bytes());
        let mut code = String::with_capacity(CODE_SYMBOLS + CODE_SYMBOLS / 4);
        let (mut bits, mut held, mut symbols) = (0u32, 0u32, 0usize);
        for byte in self.to_bytes().iter().chain(&checksum) {
            bits = (bits << 8 | u32::from(*byte)) & 0xfff;
            held += 8;
            while held >= 5 {
                held -= 5;
                if symbols > 0 && symbols.is_multiple_of(4) {
                    code.push('-');
                }
                let digit = (bits >> held) & 31;
                code.extend(ALPHABET.get(digit as usize).map(|b| char::from(*b)));
                symbols += 1;
            }
        }
        code
    }

    /// Reads a code as a person typed it.
    pub fn from_claim_code(text: &str) -> Result<Self, ClaimError> {
        let ignored = |c: &char| !c.is_whitespace() && !is_dash(*c);
        let digits = text
            .chars()
            .filter(ignored)
            .map(|c| digit(c).ok_or(ClaimError::Symbol(c)))
            .collect::<Result<Vec<u8>, _>>()?;
        if digits.len() != CODE_SYMBOLS {
            return Err(ClaimError::Length { got: digits.len() });
        }
        let mut bytes = Vec::with_capacity(SEED_BYTES + CHECK_BYTES);
        let (mut bits, mut held) = (0u32, 0u32);
        for digit in digits {
            bits = (bits << 5 | u32::from(digit)) & 0xfff;
            held += 5;
            if held >= 8 {
                held -= 8;
                bytes.push((bits >> held) as u8);
            }
        }
        let (seed, given) = bytes.split_at_checked(SEED_BYTES).unwrap_or_default();
        let seed = <[u8; SEED_BYTES]>::try_from(seed)
            .map_err(|_| ClaimError::Length { got: CODE_SYMBOLS })?;
        if given != checksum(&seed) {
            return Err(ClaimError::Checksum);
        }
        Ok(Self::from_bytes(seed))
    }
}

fn checksum(seed: &[u8; SEED_BYTES]) -> [u8; CHECK_BYTES] {
    let Hash([a, b, c, ..]) = Hash::of_parts(&[b"bantin claim code v1\0", seed]);
    [a, b, c]
}

/// Hyphen, minus and the dashes that word processors and keyboards put in their place.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn digit(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    let at = ALPHABET.iter().position(|b| char::from(*b) == c)?;
    u8::try_from(at).ok()
}
