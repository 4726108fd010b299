//! Which of the requests that wait goes first: [`crate::budget::ORDER`] says it.

use std::collections::VecDeque;

use super::Request;
use crate::budget::{DataKind, SMALL_TEXT_BYTES};

impl Request {
    /// What its bytes are for.
    pub fn kind(&self) -> DataKind {
        match self {
            // Read from the store: no byte goes over a line.
            Self::Heads { .. } | Self::Ledgers { .. } => DataKind::Ask,
            Self::Segment { .. } | Self::Dictionary { .. } => DataKind::Text,
            Self::Attachment { .. } | Self::Letter(_) => DataKind::Letter,
            Self::Poll(_) => DataKind::Answer,
        }
    }

    /// Its place among those that wait: small first among texts, there an urgent notice is.
    fn rank(&self) -> (usize, bool) {
        let large = matches!(self, Self::Segment { bytes, .. } if *bytes > SMALL_TEXT_BYTES);
        (self.kind().rank(), large)
    }
}

/// Takes the request that is to go first; of equal ones the one that was asked for first.
pub fn next_request(waiting: &mut VecDeque<Request>) -> Option<Request> {
    let ranked = waiting.iter().enumerate();
    let (at, _) = ranked.min_by_key(|(at, request)| (request.rank(), *at))?;
    waiting.remove(at)
}
