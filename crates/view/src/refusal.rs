//! Every way in which something can fail, as the code that a person reads about.

use bantin_model::letter::{ClaimError, LETTER_BYTES_MAX, LetterError, SealError};
use bantin_model::sync::{Request, Summary, Trouble};
use bantin_wire::ipc::device::SyncOutcome;
use bantin_wire::{Code, Failure};

/// The code for a trouble of a sync.
pub fn trouble_code(trouble: Trouble) -> Code {
    match trouble {
        Trouble::NotGenuine => Code::NotGenuine,
        Trouble::RolledBack => Code::RolledBack,
        Trouble::OtherRoot => Code::RootMismatch,
        // A full hub keeps nothing and says so; the letter stays here and goes later.
        Trouble::DiskFull | Trouble::HubFull => Code::DiskFull,
        Trouble::Resting => Code::HubResting,
        Trouble::PlaceUnknown => Code::PlaceUnknown,
        Trouble::Refused => Code::NoAgencyKey,
        Trouble::AttachmentMissing | Trouble::Other => Code::Internal,
        Trouble::NotAHub => Code::NotAHub,
        Trouble::Offline => Code::Offline,
        Trouble::Saving => Code::DataSpent,
    }
}

/// What a hub's refusal of `request` means; `failure` is the body, if it was one. A refusal without the
/// body of a hub comes from something in between.
pub fn trouble_of_answer(request: &Request, status: u16, failure: Option<&Failure>) -> Trouble {
    let Some(failure) = failure else {
        return Trouble::NotAHub;
    };
    match (request, failure.code) {
        (_, Code::HubResting) => Trouble::Resting,
        (_, Code::DiskFull) => Trouble::HubFull,
        (_, Code::Busy) => Trouble::Offline,
        (_, Code::PlaceUnknown) | (Request::Heads { .. }, Code::NotFound) => Trouble::PlaceUnknown,
        (Request::Letter(_), Code::NotFound) if status == 409 => Trouble::AttachmentMissing,
        (Request::Letter(_), Code::NoAgencyKey | Code::Malformed | Code::TooLong) => {
            Trouble::Refused
        }
        _ => Trouble::Other,
    }
}

/// What a sync brought.
pub fn outcome(summary: &Summary) -> SyncOutcome {
    SyncOutcome {
        records_changed: summary.records_changed,
        letters_accepted: summary.letters_accepted,
        entries_received: summary.replies,
    }
}

/// The first thing a person should hear of, if something went wrong.
pub fn outcome_failure(summary: &Summary) -> Option<Failure> {
    let first = summary.troubles.first()?;
    Some(Failure::new(trouble_code(*first)))
}

/// A letter over its limits; forms are checked before, so this names a field all the same.
pub fn letter_failure(error: &LetterError) -> Failure {
    match error {
        LetterError::Format(_) => Failure::new(Code::Internal),
        LetterError::Missing(field) => Failure::at(Code::Empty, form_field(field)),
        LetterError::TooLong { field, limit, .. } => {
            Failure::at(Code::TooLong, form_field(field)).with(*limit as u64)
        }
        LetterError::TooMany { field, limit, .. } => {
            Failure::at(Code::TooMany, form_field(field)).with(*limit as u64)
        }
        LetterError::OutOfRange(field) => Failure::at(Code::NotAllowed, form_field(field)),
    }
}

/// A letter that cannot be sealed. Many characters of several bytes pass the limit in characters and
/// still do not fit: that is about the text.
pub fn seal_failure(error: &SealError) -> Failure {
    match error {
        SealError::TooBig { .. } => {
            Failure::at(Code::TooLong, "text").with(LETTER_BYTES_MAX as u64)
        }
        SealError::BadKey => Failure::new(Code::NoAgencyKey),
        SealError::Contents(error) => letter_failure(error),
        _ => Failure::new(Code::Internal),
    }
}

/// A text that is no claim code: the field is the command's.
pub fn claim_failure(error: ClaimError) -> Failure {
    match error {
        ClaimError::Length { got: 0 } => Failure::at(Code::Empty, "code"),
        ClaimError::Length { got } => Failure::at(Code::ClaimLength, "code").with(got as u64),
        ClaimError::Symbol(_) | ClaimError::Checksum => Failure::at(Code::ClaimMisread, "code"),
    }
}

/// The form's name of a letter's field.
fn form_field(field: &str) -> &str {
    match field {
        "attachments" | "attachments.bytes" => "photos",
        "product.season_months" => "season",
        "product.certificate.number" => "certificate_number",
        other => other.strip_prefix("product.").unwrap_or(other),
    }
}

/// A photo that was refused; `code` is the stable code of the media crate's error, and `limit_bytes`
/// the figure its message names.
pub fn media_failure(code: &str, limit_bytes: u64) -> Failure {
    match code {
        "media-empty" | "media-damaged" => Failure::new(Code::MediaDamaged),
        "media-too-large" => Failure::new(Code::MediaTooLarge).with(limit_bytes),
        "media-too-many-pixels" => Failure::new(Code::MediaTooManyPixels),
        "media-heic" => Failure::new(Code::MediaHeic),
        _ => Failure::new(Code::MediaKind),
    }
}
