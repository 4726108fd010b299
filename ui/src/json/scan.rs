//! JSON text as words, numbers and strings.

use std::borrow::Cow;

use super::Fault;

/// Where in the text reading is. Between values it stands before white space or the next token.
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Lists and objects that are open.
    pub(super) depth: u32,
}

impl<'t> Reader<'t> {
    /// At the beginning of `text`.
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The first byte of the next token, which is not taken.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Takes the next token if it is `byte`.
    fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        self.eat(byte).then_some(()).ok_or(Fault)
    }

    pub(super) fn word(&mut self, word: &str) -> Result<(), Fault> {
        self.peek();
        let rest = self.text.get(self.at..).ok_or(Fault)?;
        if !rest.starts_with(word) {
            return Err(Fault);
        }
        self.at += word.len();
        Ok(())
    }

    /// A number as it is written.
    pub(super) fn digits(&mut self) -> Result<&'t str, Fault> {
        self.peek();
        let from = self.at;
        while let Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') = self.byte() {
            self.at += 1;
        }
        self.text
            .get(from..self.at)
            .filter(|s| !s.is_empty() && !s.starts_with('+'))
            .ok_or(Fault)
    }

    pub(super) fn string(&mut self) -> Result<Cow<'t, str>, Fault> {
        self.expect(b'"')?;
        let mut whole = String::new();
        loop {
            let from = self.at;
            // Neither byte is ever part of another character.
            while !matches!(self.byte().ok_or(Fault)?, b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            let piece = self.text.get(from..self.at).ok_or(Fault)?;
            let end = self.byte();
            self.at += 1;
            match end {
                Some(b'"') if whole.is_empty() => return Ok(Cow::Borrowed(piece)),
                Some(b'"') => {
                    whole.push_str(piece);
                    return Ok(Cow::Owned(whole));
                }
                Some(b'\\') => {
                    whole.push_str(piece);
                    whole.push(self.escaped()?);
                }
                _ => return Err(Fault),
            }
        }
    }

    /// The character behind a backslash.
    fn escaped(&mut self) -> Result<char, Fault> {
        let kind = self.byte().ok_or(Fault)?;
        self.at += 1;
        Ok(match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hex()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first).ok_or(Fault);
                }
                // The first half of a pair; what follows must be the second.
                if self.text.get(self.at..self.at + 2) != Some("\\u") {
                    return Err(Fault);
                }
                self.at += 2;
                let second = self.hex()?.wrapping_sub(0xdc00);
                let both = 0x10000 + ((first - 0xd800) << 10) + (second & 0x3ff);
                return char::from_u32(both).filter(|_| second < 0x400).ok_or(Fault);
            }
            _ => return Err(Fault),
        })
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let four = self.text.get(self.at..self.at + 4).ok_or(Fault)?;
        self.at += 4;
        match four.bytes().all(|b| b.is_ascii_hexdigit()) {
            true => u32::from_str_radix(four, 16).map_err(|_| Fault),
            false => Err(Fault),
        }
    }

    /// Passes over any value, fractions included.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let mut open = 0u32;
        loop {
            match self.peek().ok_or(Fault)? {
                b'"' => drop(self.string()?),
                b'[' | b'{' => {
                    open += 1;
                    self.at += 1;
                }
                b']' | b'}' => {
                    open = open.checked_sub(1).ok_or(Fault)?;
                    self.at += 1;
                }
                b',' | b':' if open > 0 => {
                    self.at += 1;
                    continue;
                }
                b't' => self.word("true")?,
                b'f' => self.word("false")?,
                b'n' => self.word("null")?,
                _ => drop(self.digits()?),
            }
            if open == 0 {
                return Ok(());
            }
        }
    }
}
