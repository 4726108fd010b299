//! What can happen to a session.

use crate::feed::Ledger;
use crate::id::{Hash, PlaceId};
use crate::letter::LetterId;

use super::{Opened, Request};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The session begins.
    Begin,
    /// A heads document came.
    Heads {
        /// Its exact bytes.
        bytes: Vec<u8>,
        /// To be sent with the next request.
        etag: Option<String>,
    },
    /// What is different from the heads document held came.
    HeadsChanges {
        /// Its exact bytes: [`crate::feed::HeadsChanges`].
        bytes: Vec<u8>,
        /// To be sent with the next request.
        etag: Option<String>,
    },
    /// The heads document is the one already held.
    HeadsUnchanged,
    /// Ledgers of held segments were read; a missing one counts as not held.
    Ledgers {
        /// Whose feed.
        place: PlaceId,
        /// Name and ledger.
        ledgers: Vec<(Hash, Ledger)>,
    },
    /// A segment came.
    Segment {
        /// For which feed.
        place: PlaceId,
        /// Under which name it was asked for.
        hash: Hash,
        /// What came.
        bytes: Vec<u8>,
    },
    /// A segment was opened: [`super::Effect::Open`].
    Opened(Opened),
    /// A dictionary came.
    Dictionary {
        /// Under which name it was asked for.
        hash: Hash,
        /// What came.
        bytes: Vec<u8>,
    },
    /// The hub has an attachment.
    AttachmentSent {
        /// Of which letter.
        letter: LetterId,
        /// Which.
        hash: Hash,
    },
    /// The hub answered a letter; the bytes should be a receipt.
    LetterAnswered {
        /// Which letter.
        letter: LetterId,
        /// What came.
        bytes: Vec<u8>,
    },
    /// Mailboxes were polled.
    Polled {
        /// What came.
        bytes: Vec<u8>,
    },
    /// The last [`super::Effect::Apply`] of this kind is durable.
    Applied,
    /// An [`super::Effect::Apply`] could not be made durable. The session ends; effects of earlier steps
    /// that were not yet carried out are dropped.
    ApplyFailed(Trouble),
    /// A request could not be carried out.
    Failed {
        /// Which.
        request: Request,
        /// Why.
        trouble: Trouble,
    },
}

/// Why something was not carried out. Ordered: the first is the one a person should hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// What came is not signed, not proven or altered.
    NotGenuine,
    /// An older state than the one known was offered.
    RolledBack,
    /// The root of trust is another.
    OtherRoot,
    /// No room on this device.
    DiskFull,
    /// No room at the hub.
    HubFull,
    /// The hub serves nothing until it has a new epoch.
    Resting,
    /// The hub does not carry the place.
    PlaceUnknown,
    /// The hub refuses this letter for good: damaged, over a limit, or for an unknown key.
    Refused,
    /// The hub lacks an attachment of the letter.
    AttachmentMissing,
    /// What answered is no hub.
    NotAHub,
    /// No way there.
    Offline,
    /// It waits for a new day, another network or a fuller battery, as the person wants it. Nothing is
    /// wrong: a sync that leaves something for later went well.
    Saving,
    /// Something else, written to the log.
    Other,
}
