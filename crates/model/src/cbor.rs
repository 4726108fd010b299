//! Deterministic CBOR: integer-keyed maps in ascending order, shortest lengths, no floats.
//!
//! Every format that leaves a device goes through these two functions, so that each has a size
//! limit and no format can carry trailing bytes. Unknown map keys are skipped when a value is read;
//! whoever relays a value relays its exact bytes, so nothing unknown is lost on the way.

use minicbor::{Decode, Decoder, Encode};

/// Why bytes are not the value they should be.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum CborError {
    /// Longer than the format allows.
    #[error("{got} bytes, at most {limit} are allowed")]
    TooLong {
        /// Length of the input in bytes.
        got: usize,
        /// The format's limit in bytes.
        limit: usize,
    },
    /// Not CBOR, or not of the expected shape.
    #[error("not the expected CBOR: {0}")]
    Shape(String),
    /// The value ends before the input does.
    #[error("{0} bytes after the end of the value")]
    Trailing(usize),
}

/// The one encoding of `value`.
pub fn to_vec<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing to a Vec cannot fail, and derived encoders raise no error of their own.
    let _ = minicbor::encode(value, &mut out);
    out
}

/// Reads exactly one value of at most `limit` bytes.
pub fn from_slice<'b, T: Decode<'b, ()>>(bytes: &'b [u8], limit: usize) -> Result<T, CborError> {
    if bytes.len() > limit {
        return Err(CborError::TooLong {
            got: bytes.len(),
            limit,
        });
    }
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder
        .decode()
        .map_err(|e| CborError::Shape(e.to_string()))?;
    match bytes.len() - decoder.position() {
        0 => Ok(value),
        rest => Err(CborError::Trailing(rest)),
    }
}

/// Reads a long text. That a text is UTF-8 is most of the work of reading a record, because letters of one, two and
/// three bytes take turns in Vietnamese: here it is seen from many bytes at once. Whatever is not as expected is left
/// to the ordinary reader, so both accept and refuse the same.
pub(crate) fn long_text<C>(
    decoder: &mut Decoder<'_>,
    _: &mut C,
) -> Result<String, minicbor::decode::Error> {
    match at_once(decoder) {
        Some((text, end)) => {
            decoder.set_position(end);
            Ok(text.to_owned())
        }
        None => decoder.str().map(str::to_owned),
    }
}

/// The text the decoder stands at, and where it ends.
fn at_once<'b>(decoder: &Decoder<'b>) -> Option<(&'b str, usize)> {
    const TEXT: u8 = 0b011;
    let (input, at) = (decoder.input(), decoder.position());
    let mut head = [0; 9];
    head.iter_mut()
        .zip(input.get(at..)?)
        .for_each(|(to, from)| *to = *from);
    // A text's length is written as a number is, behind three other bits.
    let [first, ..] = &mut head;
    if *first >> 5 != TEXT {
        return None;
    }
    *first &= 0b1_1111;
    let mut length = Decoder::new(&head);
    let bytes = usize::try_from(length.u64().ok()?).ok()?;
    let start = at.checked_add(length.position())?;
    let end = start.checked_add(bytes)?;
    let text = simdutf8::basic::from_utf8(input.get(start..end)?).ok()?;
    Some((text, end))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn read_both_ways(bytes: &[u8]) -> [Result<(String, usize), String>; 2] {
        let (mut quick, mut ordinary) = (Decoder::new(bytes), Decoder::new(bytes));
        let text = long_text(&mut quick, &mut ()).map_err(|error| error.to_string());
        let plain = ordinary.str().map_err(|error| error.to_string());
        [
            text.map(|text| (text, quick.position())),
            plain.map(|text| (text.to_owned(), ordinary.position())),
        ]
    }

    #[test]
    fn a_notice_of_many_paragraphs_is_read_whole() {
        for times in [0, 1, 3, 40, 4_000] {
            let text = "Bá kể chuyện đường vào bản. ".repeat(times);
            let bytes = to_vec(&text);
            let [quick, ordinary] = read_both_ways(&bytes);
            assert_eq!(quick, ordinary, "{times} sentences");
            assert_eq!(quick.unwrap(), (text, bytes.len()), "as it was written");
        }
    }

    proptest! {
        #[test]
        fn what_is_no_text_is_refused_as_ever(
            text in "[a-zđếក]{0,200}",
            cut in 0_usize..700,
            altered in prop::option::of((0_usize..700, any::<u8>())),
            head in prop::option::of(prop::collection::vec(any::<u8>(), 1..12)),
        ) {
            let mut bytes = to_vec(&text);
            if let Some((at, byte)) = altered {
                bytes.get_mut(at).into_iter().for_each(|known| *known = byte);
            }
            bytes.truncate(cut);
            let [quick, ordinary] = read_both_ways(&bytes);
            prop_assert_eq!(quick, ordinary);
            if let Some(mut head) = head {
                head.extend_from_slice(&bytes);
                let [quick, ordinary] = read_both_ways(&head);
                prop_assert_eq!(quick, ordinary);
            }
        }
    }
}
