//! Padding, so that the size of a sealed text says little about it.
//!
//! Up to 1 KiB a text is padded to the next multiple of 128 bytes, above that by Padmé (Nikitin et
//! al., PETS 2019), which costs at most 12% and leaks O(log log) bits. The padding is a byte 0x80
//! and then zeros.

const STEP_BYTES: u64 = 128;
const STEPPED_BYTES_MAX: u64 = 1024;

/// The padded length of `len` bytes.
pub(super) fn padded_len(len: u64) -> u64 {
    if len <= STEPPED_BYTES_MAX {
        return len.max(1).next_multiple_of(STEP_BYTES);
    }
    padme(len)
}

/// Padmé: the bits of the length below its leading log2(log2) ones are rounded up to zero.
pub(super) fn padme(len: u64) -> u64 {
    let Some(exponent) = len.checked_ilog2().filter(|e| *e > 0) else {
        return len;
    };
    let kept = exponent.ilog2() + 1;
    let low_bits = exponent.saturating_sub(kept);
    let mask = (1u64 << low_bits) - 1;
    len.saturating_add(mask) & !mask
}

/// `text` with its padding.
pub(super) fn pad(text: &[u8]) -> Vec<u8> {
    let total = padded_len(text.len() as u64 + 1);
    let mut out = Vec::with_capacity(total as usize);
    out.extend_from_slice(text);
    out.push(0x80);
    out.resize(total as usize, 0);
    out
}

/// The text inside `padded`; `None` unless it is exactly what [`pad`] makes.
pub(super) fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    let (text, rest) = padded.split_at_checked(end)?;
    let exact =
        rest.first() == Some(&0x80) && padded_len(text.len() as u64 + 1) == padded.len() as u64;
    exact.then_some(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn sizes_step_by_128_bytes_and_then_follow_padme() {
        let cases = [
            (1, 128),
            (128, 128),
            (129, 256),
            (1024, 1024),
            (1025, 1088),
            (60_000, 61_440),
        ];
        for (len, padded) in cases {
            assert_eq!(
                padded_len(len),
                padded,
                "the size of {len} bytes is part of the format"
            );
        }
        for len in 1..100_000 {
            let padded = padded_len(len);
            assert!(padded >= len, "padding never cuts");
            assert!(
                padded_len(padded) == padded,
                "a padded size is its own padded size"
            );
            let most = if len <= 1024 {
                len + 127
            } else {
                len + len / 8
            };
            assert!(padded <= most, "{len} bytes may not cost {padded}");
        }
    }

    #[test]
    fn only_the_exact_padding_comes_off() {
        for len in [0, 1, 126, 127, 128, 1023, 1024, 5000] {
            let text = vec![0x80; len];
            let mut padded = pad(&text);
            assert_eq!(
                unpad(&padded),
                Some(text.as_slice()),
                "what was padded comes back"
            );
            padded.push(0);
            assert_eq!(unpad(&padded), None, "one zero more is not what we wrote");
        }
        assert_eq!(unpad(&[]), None, "nothing is not a padded text");
        assert_eq!(unpad(&[0; 128]), None, "zeros alone have no end mark");
        let mut other_mark = pad(b"xin hoi");
        other_mark[7] = 0x81;
        assert_eq!(
            unpad(&other_mark),
            None,
            "the end mark is 0x80 and nothing else"
        );
        let mut two_steps = pad(b"xin hoi");
        two_steps.resize(256, 0);
        assert_eq!(
            unpad(&two_steps),
            None,
            "a larger size than needed would leak a choice"
        );
    }
}
