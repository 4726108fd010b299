//! What an agency writes back.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::body::{check_attachments, check_chars, check_present};
use super::code::codes;
use super::{Attachment, FORMAT, LINE_CHARS_MAX, LetterError, LetterId, TEXT_CHARS_MAX};
use crate::conversation::Status;
use crate::feed::{Parcel, Pin};
use crate::id::{Lang, PlaceId, RecordId};
use crate::record::Names;
use crate::sign::PublicKey;
use crate::time::Seconds;

codes! {
    /// What a reply says.
    ReplyVerb {
        /// The agency's hub has the letter.
        Delivered = 1 "delivered",
        /// An officer opened it.
        Opened = 2 "opened",
        /// More detail is needed; the text says what.
        NeedsInfo = 3 "needs-info",
        /// It is being worked on.
        Working = 4 "working",
        /// The answer.
        Answered = 5 "answered",
        /// Passed on to another agency.
        Forwarded = 6 "forwarded",
        /// Not this agency's business; the text says whose.
        OutOfScope = 7 "out-of-scope",
        /// The agency closed the conversation.
        Closed = 8 "closed",
        /// The product is published as `record`.
        Published = 9 "published",
        /// The product is not published; the text says why.
        Rejected = 10 "rejected",
    }
}

/// A reply, before it is sealed to the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Reply {
    /// Version of this format.
    #[n(0)]
    pub format: u8,
    /// What it says.
    #[n(1)]
    pub verb: ReplyVerb,
    /// 1 for the agency's first reply in the conversation, then one more for each.
    #[n(2)]
    pub seq: u32,
    /// The letter it replies to; none if it is about the whole conversation.
    #[n(3)]
    pub re: Option<LetterId>,
    /// When it was written.
    #[n(4)]
    pub at: Seconds,
    /// Language of the text.
    #[n(5)]
    pub lang: Lang,
    /// The text, at most 20,000 characters.
    #[n(6)]
    #[cbor(default)]
    pub text: String,
    /// Who replies, as shown: the office or the role, a person only if they chose so. At most 200
    /// characters.
    #[n(7)]
    pub by: String,
    /// Until when the agency means to answer.
    #[n(8)]
    pub due_at: Option<Seconds>,
    /// The conversation's status from now on; none also if a newer hub names one unknown here.
    #[n(9)]
    #[cbor(with = "crate::conversation::status_code", has_nil)]
    pub status: Option<Status>,
    /// Files, at most 24.
    #[n(10)]
    #[cbor(skip_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The publication it speaks of, such as the published product.
    #[n(11)]
    pub record: Option<RecordId>,
    /// Where the letter was passed on to.
    #[n(12)]
    pub forwarded_to: Option<PlaceId>,
    /// What proves that agency's keys: a [`crate::feed::Parcel`] of its record. Without it, replies of an
    /// agency whose feed the phone does not follow are held back.
    #[n(13)]
    pub passed: Option<ByteVec>,
}

impl Reply {
    /// A reply in which everything optional is empty.
    pub fn new(
        verb: ReplyVerb,
        seq: u32,
        re: Option<LetterId>,
        at: Seconds,
        by: impl Into<String>,
    ) -> Self {
        Self {
            format: FORMAT,
            verb,
            seq,
            re,
            at,
            lang: Lang::vietnamese(),
            text: String::new(),
            by: by.into(),
            due_at: None,
            status: None,
            attachments: Vec::new(),
            record: None,
            forwarded_to: None,
            passed: None,
        }
    }

    /// Replies of the agency it was passed on to count, if `pin` proves its keys; none if this reply passes
    /// nothing on.
    pub fn passed_keys(&self, pin: Pin) -> Vec<PublicKey> {
        let (ReplyVerb::Forwarded, Some(to), Some(proof)) =
            (self.verb, &self.forwarded_to, &self.passed)
        else {
            return Vec::new();
        };
        // The proof is of the day on which it was passed on; the root may have moved on since.
        let pin = Pin {
            root_version: 0,
            ..pin
        };
        let opened = Parcel::from_bytes(proof).and_then(|parcel| parcel.open(pin));
        let of_place = opened.ok().filter(|opened| opened.record.place == *to);
        let agency = of_place.and_then(|opened| opened.agency());
        agency.map_or_else(Vec::new, |agency| agency.reply_keys().collect())
    }

    /// What the agency it was passed on to is called, as the one that passed it on says.
    pub fn passed_names(&self) -> Option<Names> {
        let parcel = Parcel::from_bytes(self.passed.as_ref()?).ok()?;
        Some(parcel.claimed_agency()?.names)
    }

    /// Whether every field is within its limits and the verb has what it needs.
    pub fn validate(&self) -> Result<(), LetterError> {
        if self.format != FORMAT {
            return Err(LetterError::Format(self.format));
        }
        if self.seq == 0 {
            return Err(LetterError::OutOfRange("seq"));
        }
        check_present("by", &self.by)?;
        check_chars("by", &self.by, LINE_CHARS_MAX)?;
        check_chars("text", &self.text, TEXT_CHARS_MAX)?;
        check_attachments(&self.attachments)?;
        match self.verb {
            ReplyVerb::NeedsInfo | ReplyVerb::Answered if self.attachments.is_empty() => {
                check_present("text", &self.text)
            }
            ReplyVerb::OutOfScope | ReplyVerb::Rejected => check_present("text", &self.text),
            ReplyVerb::Published if self.record.is_none() => Err(LetterError::Missing("record")),
            _ => Ok(()),
        }
    }
}
