//! One request polls all mailboxes of a device.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::{
    PAGE_ENTRIES_MAX, POLL_BOXES_MAX, POLL_REQUEST_BYTES_MAX, POLL_RESPONSE_BYTES_MAX, ReadKey,
};
use crate::cbor::{self, CborError};

/// "What is new in these mailboxes?" At most 256.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PollRequest {
    /// The mailboxes.
    #[n(0)]
    pub boxes: Vec<BoxCursor>,
}

/// A mailbox and how far it is read.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct BoxCursor {
    /// Proves the right to read; its hash is the address.
    #[n(0)]
    pub read_key: ReadKey,
    /// Entries after this cursor; 0 = from the first.
    #[n(1)]
    pub after: u64,
}

/// The answer, one page for each mailbox in the order of the request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PollResponse {
    /// The pages.
    #[n(0)]
    pub boxes: Vec<BoxPage>,
}

/// New entries of one mailbox; empty also for a mailbox that does not exist, so that existence
/// cannot be probed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct BoxPage {
    /// In ascending order of cursor; at most 64.
    #[n(0)]
    #[cbor(skip_if = "Vec::is_empty")]
    pub entries: Vec<MailItem>,
    /// Ask again with the last cursor: there is more.
    #[n(1)]
    pub more: bool,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct MailItem {
    /// Its position in this hub's copy of the mailbox, from 1.
    #[n(0)]
    pub cursor: u64,
    /// A mailbox entry, exactly as the agency sealed it.
    #[n(1)]
    pub bytes: ByteVec,
}

impl PollRequest {
    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_vec(self)
    }

    /// Reads a request within its limits.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
        let request: Self = cbor::from_slice(bytes, POLL_REQUEST_BYTES_MAX)?;
        match request.boxes.len() {
            got if got > POLL_BOXES_MAX => Err(CborError::Shape(format!("{got} mailboxes"))),
            _ => Ok(request),
        }
    }
}

impl PollResponse {
    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_vec(self)
    }

    /// Reads the answer to `request`: as many pages, each ascending and after its cursor.
    pub fn from_bytes(bytes: &[u8], request: &PollRequest) -> Result<Self, CborError> {
        let response: Self = cbor::from_slice(bytes, POLL_RESPONSE_BYTES_MAX)?;
        if response.boxes.len() != request.boxes.len() {
            return Err(CborError::Shape("not one page for each mailbox".into()));
        }
        let fits = |(page, asked): (&BoxPage, &BoxCursor)| {
            let first = page.entries.first().is_none_or(|e| e.cursor > asked.after);
            let ascending = page.entries.is_sorted_by(|a, b| a.cursor < b.cursor);
            // "More" without progress would make a phone ask for ever.
            let moves = !page.more || !page.entries.is_empty();
            first && ascending && moves && page.entries.len() <= PAGE_ENTRIES_MAX
        };
        if !response.boxes.iter().zip(&request.boxes).all(fits) {
            return Err(CborError::Shape("a page does not follow its cursor".into()));
        }
        Ok(response)
    }
}
