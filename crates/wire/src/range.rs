//! The headers `Range` and `Content-Range` of files named by their hash, as every node reads them.

/// What a `Range` header asks of a file of known size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// From the first to the last byte named, both included.
    Bytes(u64, u64),
    /// Nothing that is there.
    Outside,
}

impl Part {
    /// One range of `bytes`; anything else is answered whole (RFC 9110 §14.2).
    pub fn of(header: Option<&str>, size: u64) -> Self {
        let spec = header.and_then(|text| text.trim().strip_prefix("bytes="));
        let Some((first, last)) = spec.and_then(|spec| spec.trim().split_once('-')) else {
            return Self::Whole;
        };
        match (number(first), number(last)) {
            (Some(first), _) if first >= size && last_is_fine(first, last) => Self::Outside,
            (Some(first), Some(last)) if first <= last => Self::Bytes(first, last.min(size - 1)),
            (Some(first), None) if last.is_empty() => Self::Bytes(first, size - 1),
            (None, Some(0)) if first.is_empty() => Self::Outside,
            (None, Some(_)) if first.is_empty() && size == 0 => Self::Outside,
            (None, Some(tail)) if first.is_empty() => {
                Self::Bytes(size.saturating_sub(tail), size - 1)
            }
            _ => Self::Whole,
        }
    }
}

/// Where the piece of an upload begins and how long the whole file is, from a `Content-Range` of `bytes`;
/// none if it says nothing that can be.
pub fn sent(header: &str) -> Option<(u64, u64)> {
    let (range, total) = header.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
    let total = total.parse().ok()?;
    (first <= last && last < total).then_some((first, total))
}

fn last_is_fine(first: u64, last: &str) -> bool {
    last.is_empty() || number(last).is_some_and(|last| last >= first)
}

fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_what_rfc_9110_says() {
        let cases = [
            (None, Part::Whole),
            (Some("bytes=0-0"), Part::Bytes(0, 0)),
            (Some("bytes=2-"), Part::Bytes(2, 9)),
            (Some("bytes=-3"), Part::Bytes(7, 9)),
            (Some("bytes=-30"), Part::Bytes(0, 9)),
            (Some("bytes=5-100"), Part::Bytes(5, 9)),
            (Some("bytes=10-"), Part::Outside),
            (Some("bytes=10-12"), Part::Outside),
            (Some("bytes=-0"), Part::Outside),
            (Some("bytes=5-4"), Part::Whole),
            (Some("bytes=0-1,3-4"), Part::Whole),
            (Some("bytes=a-b"), Part::Whole),
            (Some("bytes=-"), Part::Whole),
            (Some("lines=0-1"), Part::Whole),
            (Some("bytes=99999999999999999999-"), Part::Whole),
        ];
        for (header, part) in cases {
            assert_eq!(Part::of(header, 10), part, "{header:?} of ten bytes");
        }
        assert_eq!(
            Part::of(Some("bytes=-1"), 0),
            Part::Outside,
            "nothing has no last byte"
        );
        assert_eq!(
            Part::of(Some("bytes=0-"), 0),
            Part::Outside,
            "nothing has no first byte"
        );
    }
}
