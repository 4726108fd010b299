//! Where requests begin in the bytes of one connection.

/// The largest head that is waited for, in bytes; what is longer is no request of ours.
const HEAD_BYTES_MAX: usize = 64 << 10;
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// One HTTP request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, `PUT`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// `Content-Length`, in bytes; 0 without a body.
    pub body_bytes: u64,
}

/// Follows one connection. A body may hold anything: its length says where the next head begins.
#[derive(Debug, Default)]
pub struct Requests {
    head: Vec<u8>,
    body_left: u64,
}

impl Requests {
    /// Takes the next bytes; the requests whose heads are complete with them.
    pub fn read(&mut self, mut bytes: &[u8]) -> Vec<Request> {
        let mut begun = Vec::new();
        while !bytes.is_empty() {
            let of_body = usize::try_from(self.body_left)
                .unwrap_or(usize::MAX)
                .min(bytes.len());
            self.body_left -= of_body as u64;
            let (_, rest) = bytes.split_at(of_body);
            bytes = rest;
            for (at, byte) in bytes.iter().enumerate() {
                self.head.push(*byte);
                if self.head.ends_with(END_OF_HEAD) || self.head.len() > HEAD_BYTES_MAX {
                    let request = parse(&std::mem::take(&mut self.head));
                    self.body_left = request.body_bytes;
                    begun.push(request);
                    bytes = bytes.get(at + 1..).unwrap_or_default();
                    break;
                }
            }
            if !self.head.is_empty() {
                break;
            }
        }
        begun
    }
}

fn parse(head: &[u8]) -> Request {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, path) = (words.next(), words.next());
    let body_bytes = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok());
    Request {
        method: method.unwrap_or_default().into(),
        path: path.unwrap_or_default().into(),
        body_bytes: body_bytes.unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    const TWO: &[u8] = b"POST /v1/letters HTTP/1.1\r\nContent-Length: 9\r\n\r\nG /x\r\n\r\nzGET /v1/heads/vn HTTP/1.1\r\nhost: hub\r\n\r\n";

    #[test]
    fn a_body_that_looks_like_a_head_is_a_body() {
        let all = Requests::default().read(TWO);
        assert_eq!(all.len(), 2, "a sealed letter may hold any bytes: {all:?}");
        assert_eq!(all[0].body_bytes, 9, "the size of a letter's envelope");
        assert_eq!(all[1].path, "/v1/heads/vn");
    }

    #[test]
    fn heads_may_arrive_in_pieces() {
        let mut requests = Requests::default();
        let all: Vec<_> = TWO
            .chunks(7)
            .flat_map(|chunk| requests.read(chunk))
            .collect();
        assert_eq!(
            all,
            Requests::default().read(TWO),
            "how the network cuts them changes no count"
        );
    }
}
