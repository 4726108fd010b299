//! Finding the whole records of a pack that may be cut or damaged anywhere.
//!
//! A frame proves itself by its check, a body by its hash. Where a frame does not hold, the next one
//! that does is looked for byte by byte. A damaged body whose end is followed by a good frame is passed
//! over; else bytes were lost or added, and the next frame is looked for inside. Memory is one buffer
//! and the list of records; the work is bounded by the file's length.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};

use super::body::End;
use super::frame::{Frame, MARK, VERSION, read_header};
use super::{
    FRAME_BYTES, HEADER_BYTES, PACK_BYTES_MAX, PACK_DAMAGES_MAX, PACK_RECORDS_MAX, RecordKind,
};
use crate::id::Hash;

/// Bytes read at once.
const PIECE_BYTES: usize = 64 << 10;
/// Bodies are hashed at most so many times the file's length, however its frames overlap.
const HASHED_TIMES_MAX: u64 = 3;

/// A whole record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// What it is.
    pub kind: RecordKind,
    /// SHA-256 of its body.
    pub hash: Hash,
    /// Where its body begins.
    pub at: u64,
    /// Length of the body.
    pub bytes: u32,
}

/// Why a part of the file is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The header is damaged; records are read all the same.
    Header,
    /// Bytes between records that are no record.
    Unreadable,
    /// The body is not the one its frame names.
    Altered,
    /// The file ends within the record.
    Cut,
    /// Longer than its kind may be.
    TooLong,
    /// The pack has no last record, or one that names other records than were found.
    End,
    /// Too much is damaged, or too many records: the rest was not read.
    GivenUp,
}

/// A part of the file that is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where it begins.
    pub at: u64,
    /// How long it is.
    pub bytes: u64,
    /// What it was and its name, if its frame is whole.
    pub record: Option<(RecordKind, Hash)>,
    /// Why.
    pub lost: Lost,
}

/// What is in a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Whole records in their order; each kind and hash once, the last record not among them.
    pub entries: Vec<Entry>,
    /// What is lost, in order.
    pub damages: Vec<Damage>,
}

impl Contents {
    /// Nothing of the pack is lost.
    pub fn is_whole(&self) -> bool {
        self.damages.is_empty()
    }

    /// The whole records of a kind.
    pub fn of(&self, kind: RecordKind) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.kind == kind)
    }
}

/// Why a file is not read at all.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// Neither its header nor any record holds.
    #[error("not a pack")]
    NotAPack,
    /// A newer program made it.
    #[error("a pack of version {0}")]
    Newer(u32),
    /// Larger than [`PACK_BYTES_MAX`].
    #[error("{0} bytes, at most {PACK_BYTES_MAX} are allowed")]
    TooLarge(u64),
    /// Reading failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Reads a pack from its first to its last byte and lists what is whole.
///
/// # Errors
/// [`ScanError`]; damage alone is no error.
pub fn scan<R: Read + Seek>(source: &mut R) -> Result<Contents, ScanError> {
    let len = source.seek(SeekFrom::End(0))?;
    if len > PACK_BYTES_MAX {
        return Err(ScanError::TooLarge(len));
    }
    let mut scanner = Scanner::new(source, len);
    let at = scanner.header()?;
    let headed = at > 0;
    scanner.run(at)?;
    if !headed && scanner.contents.entries.is_empty() {
        return Err(ScanError::NotAPack);
    }
    Ok(scanner.contents)
}

/// The body of a record that [`scan`] found; none if the file has changed since.
///
/// # Errors
/// Reading.
pub fn read_body<R: Read + Seek>(source: &mut R, entry: &Entry) -> io::Result<Option<Vec<u8>>> {
    source.seek(SeekFrom::Start(entry.at))?;
    let mut body = Vec::with_capacity(entry.bytes as usize);
    source
        .by_ref()
        .take(u64::from(entry.bytes))
        .read_to_end(&mut body)?;
    Ok(Some(body).filter(|body| Hash::of(body) == entry.hash))
}

struct Scanner<'a, R> {
    source: &'a mut R,
    len: u64,
    contents: Contents,
    seen: BTreeSet<(RecordKind, Hash)>,
    /// Records and their digest as the last record should name them.
    records: u64,
    digest: Sha256,
    ended: bool,
    hashed: u64,
}

impl<'a, R: Read + Seek> Scanner<'a, R> {
    fn new(source: &'a mut R, len: u64) -> Self {
        Self {
            source,
            len,
            contents: Contents::default(),
            seen: BTreeSet::new(),
            records: 0,
            digest: Sha256::new(),
            ended: false,
            hashed: 0,
        }
    }

    /// Where records begin: behind the header, or anywhere if it does not hold.
    fn header(&mut self) -> Result<u64, ScanError> {
        let version = self.chunk::<HEADER_BYTES>(0)?;
        match version.and_then(|bytes| read_header(&bytes)) {
            Some(VERSION) => Ok(HEADER_BYTES as u64),
            Some(other) => Err(ScanError::Newer(other)),
            None => Ok(0),
        }
    }

    fn run(&mut self, begin: u64) -> io::Result<()> {
        let mut at = begin;
        if begin == 0 {
            at = self.next_frame(0)?;
            self.lose(0, at, None, Lost::Header);
        }
        while at < self.len {
            let most = self.len.saturating_mul(HASHED_TIMES_MAX);
            let many = self.contents.entries.len() >= PACK_RECORDS_MAX
                || self.contents.damages.len() >= PACK_DAMAGES_MAX;
            if many || self.hashed > most {
                self.lose(at, self.len, None, Lost::GivenUp);
                return Ok(());
            }
            at = match self.frame(at)? {
                Some(frame) => self.record(at, frame)?,
                None => {
                    let next = self.next_frame(at + 1)?;
                    self.lose(at, next, None, Lost::Unreadable);
                    next
                }
            };
        }
        if !self.ended {
            self.lose(self.len, self.len, None, Lost::End);
        }
        Ok(())
    }

    /// Takes the record whose frame is at `at`; where the next one may begin.
    fn record(&mut self, at: u64, frame: Frame) -> io::Result<u64> {
        let body = at + FRAME_BYTES as u64;
        let end = body + u64::from(frame.bytes);
        let named = Some((frame.kind, frame.hash));
        if end > self.len {
            let next = self.next_frame(body)?;
            self.lose(at, next, named, Lost::Cut);
            return Ok(next);
        }
        let too_long = u64::from(frame.bytes) > frame.kind.bytes_max();
        if !too_long && self.hash(body, frame.bytes)? == frame.hash {
            self.whole(body, frame)?;
            return Ok(end);
        }
        let lost = if too_long {
            Lost::TooLong
        } else {
            Lost::Altered
        };
        let fits = end == self.len || self.frame(end)?.is_some();
        let next = if fits { end } else { self.next_frame(body)? };
        self.lose(at, next, named, lost);
        Ok(next)
    }

    fn whole(&mut self, at: u64, frame: Frame) -> io::Result<()> {
        let Frame { kind, hash, bytes } = frame;
        let entry = Entry {
            kind,
            hash,
            at,
            bytes,
        };
        if kind == RecordKind::END {
            return self.end(&entry);
        }
        self.records += 1;
        self.digest.update(kind.0.to_le_bytes());
        self.digest.update(hash.as_bytes());
        if self.seen.insert((kind, hash)) {
            self.contents.entries.push(entry);
        }
        Ok(())
    }

    fn end(&mut self, entry: &Entry) -> io::Result<()> {
        let body = read_body(self.source, entry)?;
        let found = End {
            records: self.records,
            digest: Hash(self.digest.clone().finalize().into()),
        };
        let fits = body.and_then(|body| End::from_bytes(&body)) == Some(found);
        // Where records are damaged the damage is named already.
        if !fits && self.contents.damages.is_empty() {
            self.lose(entry.at, entry.at, None, Lost::End);
        }
        self.ended = true;
        Ok(())
    }

    fn lose(&mut self, at: u64, to: u64, record: Option<(RecordKind, Hash)>, lost: Lost) {
        let bytes = to.saturating_sub(at);
        self.contents.damages.push(Damage {
            at,
            bytes,
            record,
            lost,
        });
    }

    fn frame(&mut self, at: u64) -> io::Result<Option<Frame>> {
        let bytes = self.chunk::<FRAME_BYTES>(at)?;
        Ok(bytes.and_then(|bytes| Frame::read(&bytes)))
    }

    /// `N` bytes at `at`; none if the file ends before.
    fn chunk<const N: usize>(&mut self, at: u64) -> io::Result<Option<[u8; N]>> {
        if at.saturating_add(N as u64) > self.len {
            return Ok(None);
        }
        let mut out = [0u8; N];
        self.source.seek(SeekFrom::Start(at))?;
        self.source.read_exact(&mut out)?;
        Ok(Some(out))
    }

    /// The position of the first frame that holds at or after `from`; the file's length if there is none.
    fn next_frame(&mut self, from: u64) -> io::Result<u64> {
        let mut buffer = vec![0u8; PIECE_BYTES];
        let mut at = from;
        while at + (FRAME_BYTES as u64) <= self.len {
            let wanted = (self.len - at).min(PIECE_BYTES as u64) as usize;
            let piece = buffer.get_mut(..wanted).unwrap_or_default();
            self.source.seek(SeekFrom::Start(at))?;
            self.source.read_exact(piece)?;
            let begins = piece.windows(FRAME_BYTES).enumerate();
            let found = begins
                .filter(|(_, bytes)| bytes.starts_with(&MARK))
                .find(|(_, bytes)| {
                    bytes
                        .first_chunk::<FRAME_BYTES>()
                        .is_some_and(|bytes| Frame::read(bytes).is_some())
                });
            if let Some((offset, _)) = found {
                return Ok(at + offset as u64);
            }
            // A frame may begin in what is too short to hold it here.
            at += (wanted - FRAME_BYTES + 1) as u64;
        }
        Ok(self.len)
    }

    fn hash(&mut self, at: u64, bytes: u32) -> io::Result<Hash> {
        let mut buffer = vec![0u8; PIECE_BYTES.min(bytes as usize)];
        let mut hasher = Sha256::new();
        let mut left = bytes as usize;
        self.source.seek(SeekFrom::Start(at))?;
        while left > 0 {
            let wanted = left.min(PIECE_BYTES);
            let piece = buffer.get_mut(..wanted).unwrap_or_default();
            self.source.read_exact(piece)?;
            hasher.update(&*piece);
            left -= wanted;
        }
        self.hashed += u64::from(bytes);
        Ok(Hash(hasher.finalize().into()))
    }
}
