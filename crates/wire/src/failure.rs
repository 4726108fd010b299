//! Failures that somebody branches on or reads. Each code has one message, `error-<code>`, in `locales/`.

use serde::{Deserialize, Serialize};

/// Why a command did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Code {
    /// No way to the hub: no network, refused, or cut.
    Offline,
    /// What came back was no answer of a hub (a sign-in page of a network, an old proxy).
    NotAHub,
    /// The hub serves nothing until it has a new epoch.
    HubResting,
    /// The pairing link cannot be read.
    LinkDamaged,
    /// The hub does not carry the place.
    PlaceUnknown,
    /// The root of trust is another than the link says.
    RootMismatch,
    /// A signature, hash or proof does not hold.
    NotGenuine,
    /// The hub offers an older state than the one already known.
    RolledBack,
    /// The agency has no valid key to seal a letter to.
    NoAgencyKey,
    /// Nothing of that name here.
    NotFound,
    /// A required field is empty.
    Empty,
    /// A text is longer than allowed.
    TooLong,
    /// A value is not one of those allowed.
    NotAllowed,
    /// More files than allowed.
    TooMany,
    /// The file is larger than allowed.
    MediaTooLarge,
    /// The picture has more pixels than allowed.
    MediaTooManyPixels,
    /// A HEIC or AVIF picture, which cannot be read here.
    MediaHeic,
    /// Not a picture or sound at all (PDF, video, program).
    MediaKind,
    /// The picture or sound is damaged.
    MediaDamaged,
    /// The file is no pack, or nothing of it can be read.
    NotAPack,
    /// A newer version of the program made the pack.
    PackNewer,
    /// No room left on this device or hub.
    DiskFull,
    /// A claim code has another number of letters and digits: how many were typed.
    ClaimLength,
    /// A letter or digit of a claim code was misread.
    ClaimMisread,
    /// The data that the person gives a day or a month (at `day` or `month`) are spent.
    DataSpent,
    /// It waits for a network that costs nothing, or for a fuller battery, until it is asked for.
    DataWaits,
    /// The conversation is in a state in which this cannot be done.
    WrongState,
    /// Wrong name or password.
    SignInWrong,
    /// Too many tries; wait.
    SignInWait,
    /// Not signed in, or no longer.
    SignedOut,
    /// Signed in, but no grant covers this.
    NoGrant,
    /// The request did not come from this application's own pages.
    WrongOrigin,
    /// Somebody else changed it meanwhile.
    Conflict,
    /// Too many requests; wait.
    Busy,
    /// The request has not the agreed form.
    Malformed,
    /// Something broke inside; the log has it.
    Internal,
}

impl Code {
    /// The code as it is written on the wire and in `locales/`.
    pub fn as_str(self) -> String {
        /// Serde writes the name of a variant into a formatter as it is; no other format is needed for it.
        struct Name(Code);
        impl core::fmt::Display for Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.serialize(f)
            }
        }
        Name(self).to_string()
    }
}

/// A refusal: what, at which field, with the figure that was not respected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Which message to show.
    pub code: Code,
    /// The field of the command that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The limit, the seconds to wait or the number that the message names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
}

impl Failure {
    /// A failure that is about no field.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            field: None,
            number: None,
        }
    }

    /// A failure at `field`.
    pub fn at(code: Code, field: impl Into<String>) -> Self {
        Self {
            code,
            field: Some(field.into()),
            number: None,
        }
    }

    /// The same with the number its message names.
    pub fn with(mut self, number: u64) -> Self {
        self.number = Some(number);
        self
    }
}

impl core::fmt::Display for Failure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.code.as_str())?;
        if let Some(field) = &self.field {
            write!(f, " ({field})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}
