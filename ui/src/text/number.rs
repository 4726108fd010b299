//! Numbers and sizes for people.

use crate::t;

/// Digits in groups of three.
pub(super) fn grouped(value: i64, separator: char) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    if value < 0 {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A number in the language of the messages.
pub fn number(value: u64) -> String {
    let separator = if super::spoken() == "en" { ',' } else { '.' };
    grouped(i64::try_from(value).unwrap_or(i64::MAX), separator)
}

/// A size: whole KB below 1 MB, then MB with one decimal.
pub fn bytes_text(bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1000);
    if kilobytes < 1000 {
        return t!("size-kb", size = number(kilobytes));
    }
    let tenths = bytes / 100_000;
    let point = if super::spoken() == "en" { '.' } else { ',' };
    let size = format!("{}{point}{}", number(tenths / 10), tenths % 10);
    t!("size-mb", size = size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mai_reads_sizes_the_vietnamese_way() {
        crate::text::speak("vi");
        for (bytes, shown) in [
            (0, "0 KB"),
            (1, "1 KB"),
            (999_000, "999 KB"),
            (1_500_000, "1,5 MB"),
            (2_345_600_000, "2.345,6 MB"),
        ] {
            assert_eq!(
                bytes_text(bytes),
                shown,
                "{bytes} bytes are shown as people write sizes"
            );
        }
    }
}
