//! Writing a pack, record by record.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::body::End;
use super::frame::{Frame, header};
use super::{FRAME_BYTES, HEADER_BYTES, PACK_BYTES_MAX, PACK_RECORDS_MAX, RecordKind};
use crate::cbor;
use crate::id::Hash;

/// Room kept for the last record, in bytes.
const END_BYTES: u64 = FRAME_BYTES as u64 + 64;

/// Writes a pack. What matters most goes first: a pack that is cut loses its end.
pub struct PackWriter<W: Write> {
    out: W,
    records: u64,
    bytes: u64,
    digest: Sha256,
}

impl<W: Write> PackWriter<W> {
    /// Begins a pack.
    ///
    /// # Errors
    /// Writing.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(&header())?;
        Ok(Self {
            out,
            records: 0,
            bytes: HEADER_BYTES as u64,
            digest: Sha256::new(),
        })
    }

    /// Adds a record. False if it is over the limit of its kind or the pack has no room for it; the pack
    /// stays good.
    ///
    /// # Errors
    /// Writing.
    pub fn record(&mut self, kind: RecordKind, body: &[u8]) -> io::Result<bool> {
        let bytes = body.len() as u64;
        let after = self.bytes + FRAME_BYTES as u64 + bytes;
        let full = self.records as usize + 1 >= PACK_RECORDS_MAX;
        if bytes > kind.bytes_max() || full || after + END_BYTES > PACK_BYTES_MAX {
            return Ok(false);
        }
        let hash = Hash::of(body);
        self.put(kind, hash, body)?;
        self.records += 1;
        self.digest.update(kind.0.to_le_bytes());
        self.digest.update(hash.as_bytes());
        Ok(true)
    }

    /// Bytes written so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Ends the pack and gives back what it was written to.
    ///
    /// # Errors
    /// Writing.
    pub fn finish(mut self) -> io::Result<W> {
        let end = End {
            records: self.records,
            digest: Hash(self.digest.clone().finalize().into()),
        };
        let body = cbor::to_vec(&end);
        self.put(RecordKind::END, Hash::of(&body), &body)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn put(&mut self, kind: RecordKind, hash: Hash, body: &[u8]) -> io::Result<()> {
        let frame = Frame {
            kind,
            hash,
            bytes: u32::try_from(body.len()).unwrap_or(u32::MAX),
        };
        self.out.write_all(&frame.to_bytes())?;
        self.out.write_all(body)?;
        self.bytes += (FRAME_BYTES + body.len()) as u64;
        Ok(())
    }
}
