//! One HTTP/1.1 message: its head and its body as they came, byte for byte.

use std::io::{self, BufRead, Read};

/// A head no honest program exceeds.
const HEAD_BYTES_MAX: usize = 64 * 1024;

/// A request or an answer.
#[derive(Clone, Debug)]
pub struct Message {
    /// First line and headers, with the empty line.
    pub head: Vec<u8>,
    /// The body as it was framed.
    pub body: Vec<u8>,
}

impl Message {
    /// Reads one message; none if the other side closed before it began. `bodiless` for answers that
    /// have no body whatever their headers say.
    pub fn read(from: &mut impl BufRead, bodiless: bool) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        loop {
            let before = head.len();
            from.by_ref()
                .take(HEAD_BYTES_MAX as u64)
                .read_until(b'\n', &mut head)?;
            match head.len() - before {
                0 if before == 0 => return Ok(None),
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                _ if head.ends_with(b"\r\n\r\n") => break,
                _ if head.len() > HEAD_BYTES_MAX => return Err(io::ErrorKind::InvalidData.into()),
                _ => {}
            }
        }
        let mut message = Self {
            head,
            body: Vec::new(),
        };
        let never = matches!(message.status(), Some(100..200 | 204 | 304));
        if !bodiless && !never {
            message.read_body(from)?;
        }
        Ok(Some(message))
    }

    fn read_body(&mut self, from: &mut impl BufRead) -> io::Result<()> {
        if let Some(length) = self.header("content-length").and_then(|l| l.parse().ok()) {
            self.body = vec![0; length];
            return from.read_exact(&mut self.body);
        }
        if self
            .header("transfer-encoding")
            .is_some_and(|e| e.contains("chunked"))
        {
            return self.read_chunks(from);
        }
        // An answer without a length ends with the connection; a request without one has no body.
        if self.head.starts_with(b"HTTP/") {
            from.read_to_end(&mut self.body)?;
        }
        Ok(())
    }

    fn read_chunks(&mut self, from: &mut impl BufRead) -> io::Result<()> {
        loop {
            let mut line = Vec::new();
            from.read_until(b'\n', &mut line)?;
            let text = String::from_utf8_lossy(&line);
            let size = text.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(size, 16).map_err(|_| io::ErrorKind::InvalidData)?;
            let mut chunk = vec![0; size + 2];
            from.read_exact(&mut chunk)?;
            self.body.extend_from_slice(&line);
            self.body.extend_from_slice(&chunk);
            if size == 0 {
                return Ok(());
            }
        }
    }

    /// The words of the first line.
    pub fn first_line(&self) -> Vec<String> {
        let line = self.head.split(|b| *b == b'\r').next().unwrap_or_default();
        String::from_utf8_lossy(line)
            .split(' ')
            .map(str::to_owned)
            .collect()
    }

    /// A header's value, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<String> {
        let head = String::from_utf8_lossy(&self.head).into_owned();
        let mut lines = head.lines().skip(1).filter_map(|line| line.split_once(':'));
        lines
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.trim().to_owned())
    }

    /// An answer's status; none for a request.
    pub fn status(&self) -> Option<u16> {
        let line = self.first_line();
        line.first()?
            .starts_with("HTTP/")
            .then(|| line.get(1)?.parse().ok())?
    }

    /// Head and body.
    pub fn bytes(&self) -> Vec<u8> {
        [self.head.as_slice(), self.body.as_slice()].concat()
    }
}
