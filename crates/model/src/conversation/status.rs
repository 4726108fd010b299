//! The states of a conversation and the only ways between them.
//!
//! ```text
//! received → forwarded* → needs-info ⇄ working → answered → closed | reopened
//!                 any state before the answer → out-of-scope, closed (by the person)
//! ```

use serde::{Deserialize, Serialize};

use crate::letter::{ReplyVerb, Verb};

/// Where a conversation stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The agency has it.
    #[default]
    Received,
    /// Passed on to another agency, perhaps more than once.
    Forwarded,
    /// The person is asked for more; the deadline waits.
    NeedsInfo,
    /// Being worked on.
    Working,
    /// Answered.
    Answered,
    /// Closed by the person, or by the agency after its answer.
    Closed,
    /// The person was not satisfied.
    Reopened,
    /// Not this agency's business.
    OutOfScope,
}

/// What can happen to a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The person gives more detail, or writes again.
    PersonWrites,
    /// The person rates the answer.
    PersonRates,
    /// The person closes.
    PersonCloses,
    /// The person opens again.
    PersonReopens,
    /// The agency passes it on.
    AgencyForwards,
    /// The agency asks for more.
    AgencyAsks,
    /// The agency starts or goes on working.
    AgencyWorks,
    /// The agency answers, publishes or rejects.
    AgencyAnswers,
    /// The agency says that it is not its business.
    AgencyDeclines,
    /// The agency closes what it answered.
    AgencyCloses,
}

/// The event cannot happen in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{event:?} is not possible while the conversation is {status:?}")]
pub struct Refused {
    /// The state.
    pub status: Status,
    /// The event.
    pub event: Event,
}

impl Status {
    /// Every state, in the order of the diagram.
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::Forwarded,
        Self::NeedsInfo,
        Self::Working,
        Self::Answered,
        Self::Closed,
        Self::Reopened,
        Self::OutOfScope,
    ];

    /// The state after `event`.
    pub fn after(self, event: Event) -> Result<Self, Refused> {
        use Event as E;
        let next = match (self, event) {
            (Self::Received | Self::Forwarded | Self::Reopened, E::AgencyForwards) => {
                Self::Forwarded
            }
            (open, E::AgencyAsks) if open.is_open() => Self::NeedsInfo,
            (open, E::AgencyWorks) if open.is_open() => Self::Working,
            // A second answer completes the first.
            (open, E::AgencyAnswers) if open.is_open() || open == Self::Answered => Self::Answered,
            (open, E::AgencyDeclines) if open.is_open() => Self::OutOfScope,
            (Self::Answered | Self::OutOfScope, E::AgencyCloses) => Self::Closed,

            (Self::NeedsInfo, E::PersonWrites) => Self::Working,
            (open, E::PersonWrites) if open.is_open() => open,
            // Who writes after the end was not helped yet; the letter must not fall on deaf ears.
            (_, E::PersonWrites | E::PersonReopens) if !self.is_open() => Self::Reopened,
            (Self::Answered | Self::Closed | Self::OutOfScope, E::PersonRates) => self,
            (Self::Closed, E::PersonCloses) => {
                return Err(Refused {
                    status: self,
                    event,
                });
            }
            (_, E::PersonCloses) => Self::Closed,
            (status, event) => return Err(Refused { status, event }),
        };
        Ok(next)
    }

    /// Whether the agency still owes something.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Answered | Self::Closed | Self::OutOfScope)
    }

    /// The number as it is written.
    pub fn code(self) -> u8 {
        match self {
            Self::Received => 1,
            Self::Forwarded => 2,
            Self::NeedsInfo => 3,
            Self::Working => 4,
            Self::Answered => 5,
            Self::Closed => 6,
            Self::Reopened => 7,
            Self::OutOfScope => 8,
        }
    }

    /// The state with this number.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

impl Event {
    /// Every event.
    pub const ALL: [Self; 10] = [
        Self::PersonWrites,
        Self::PersonRates,
        Self::PersonCloses,
        Self::PersonReopens,
        Self::AgencyForwards,
        Self::AgencyAsks,
        Self::AgencyWorks,
        Self::AgencyAnswers,
        Self::AgencyDeclines,
        Self::AgencyCloses,
    ];

    /// What a letter does to its conversation. The first letter of a conversation opens it and is no
    /// event; a verb of a newer version counts as writing.
    pub fn of_letter(verb: Verb) -> Self {
        match verb {
            Verb::Rate => Self::PersonRates,
            Verb::Close => Self::PersonCloses,
            Verb::Reopen => Self::PersonReopens,
            Verb::Question
            | Verb::Reply
            | Verb::SubmitProduct
            | Verb::WithdrawProduct
            | Verb::Unknown(_) => Self::PersonWrites,
        }
    }

    /// What a reply does to its conversation; none for a mere receipt or an unknown verb.
    pub fn of_reply(verb: ReplyVerb) -> Option<Self> {
        match verb {
            ReplyVerb::NeedsInfo => Some(Self::AgencyAsks),
            ReplyVerb::Working => Some(Self::AgencyWorks),
            ReplyVerb::Answered | ReplyVerb::Published | ReplyVerb::Rejected => {
                Some(Self::AgencyAnswers)
            }
            ReplyVerb::Forwarded => Some(Self::AgencyForwards),
            ReplyVerb::OutOfScope => Some(Self::AgencyDeclines),
            ReplyVerb::Closed => Some(Self::AgencyCloses),
            ReplyVerb::Delivered | ReplyVerb::Opened | ReplyVerb::Unknown(_) => None,
        }
    }
}

/// A state inside a reply as its number; a number of a newer version is read as none.
pub mod status_code {
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};

    use super::Status;

    /// Writes the number.
    pub fn encode<C, W: Write>(
        status: &Option<Status>,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        match status {
            Some(status) => e.u8(status.code())?,
            None => e.null()?,
        };
        Ok(())
    }

    /// Reads the number.
    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Option<Status>, DecodeError> {
        if d.datatype()? == minicbor::data::Type::Null {
            d.null()?;
            return Ok(None);
        }
        Ok(Status::from_code(d.u8()?))
    }

    /// The absent value.
    pub fn nil() -> Option<Option<Status>> {
        Some(None)
    }

    /// Whether the value is absent.
    pub fn is_nil(status: &Option<Status>) -> bool {
        status.is_none()
    }
}
