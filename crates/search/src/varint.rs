//! Numbers of any size in as few bytes as they need: seven bits in each, the lowest first, the eighth says that
//! more follow (LEB128).

/// Appends `number`.
pub(crate) fn put(number: u64, out: &mut Vec<u8>) {
    let mut rest = number;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// Takes the first number off `bytes`; none if it is cut short or larger than 64 bits.
pub(crate) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let bits = u64::from(byte & 0x7f);
        if shift > 63 || (shift == 63 && bits > 1) {
            return None;
        }
        number |= bits << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_comes_back() {
        let mut bytes = Vec::new();
        let numbers = (0..64).flat_map(|bit| [(1_u64 << bit) - 1, 1 << bit]);
        let numbers: Vec<u64> = numbers.chain([u64::MAX]).collect();
        for number in &numbers {
            put(*number, &mut bytes);
        }
        let mut rest = bytes.as_slice();
        let came: Option<Vec<u64>> = numbers.iter().map(|_| take(&mut rest)).collect();
        assert_eq!(came, Some(numbers));
        assert!(rest.is_empty(), "and nothing is left");
    }

    #[test]
    fn what_is_cut_or_too_large_is_no_number() {
        assert_eq!(
            take(&mut [0x80, 0x80].as_slice()),
            None,
            "more was promised"
        );
        assert_eq!(take(&mut [0xff; 11].as_slice()), None, "more than 64 bits");
        let mut most = vec![0xff; 9];
        most.push(2);
        assert_eq!(take(&mut most.as_slice()), None, "a 65th bit");
    }
}
