//! Opening a segment: the one piece of judging that takes long, handed out so that it can be done beside the
//! rest and, where there are threads, on another one.

use std::sync::Arc;

use super::{Event, Request};
use crate::feed::OpenedSegment;
use crate::id::{Hash, PlaceId};

/// A segment that came, with the dictionary that it names. Only a session makes one.
#[derive(Debug)]
pub struct Unopened {
    pub(super) place: PlaceId,
    pub(super) hash: Hash,
    pub(super) bytes: Vec<u8>,
    pub(super) dictionary: Option<Arc<[u8]>>,
}

/// What opening a segment came to. Only [`Unopened::open`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub(super) place: PlaceId,
    pub(super) hash: Hash,
    pub(super) segment: Option<OpenedSegment>,
}

impl Unopened {
    /// Does it; the session waits for the event.
    pub fn open(self) -> Event {
        let Self {
            place,
            hash,
            bytes,
            dictionary,
        } = self;
        let segment = OpenedSegment::open(hash, &bytes, dictionary.as_deref()).ok();
        Event::Opened(Opened {
            place,
            hash,
            segment,
        })
    }

    /// The name under which it was asked for.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The request that brought it, for whoever cannot open it.
    pub fn request(&self) -> Request {
        Request::Segment {
            place: self.place.clone(),
            hash: self.hash,
            bytes: self.bytes.len() as u64,
        }
    }
}

impl Opened {
    /// Whether it is what its name says, and a segment.
    pub fn is_genuine(&self) -> bool {
        self.segment.is_some()
    }
}
