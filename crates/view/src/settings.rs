//! Settings and drafts within their bounds.

use bantin_model::id::Lang;
use bantin_wire::ipc::device::Settings;
use bantin_wire::{Code, Failure};

/// The largest draft, in bytes.
pub const DRAFT_BYTES_MAX: usize = 256 << 10;
/// The longest name of a draft, in bytes.
pub const DRAFT_KEY_BYTES_MAX: usize = 64;

/// More languages than anybody speaks.
const ALSO_MAX: usize = 32;

/// Whether the settings can be kept.
pub fn check_settings(settings: &Settings) -> Result<(), Failure> {
    let wrong = |field: &str| Err(Failure::at(Code::NotAllowed, field));
    if Lang::new(settings.language.as_str()).is_err() {
        return wrong("language");
    }
    if settings
        .also
        .iter()
        .any(|tag| Lang::new(tag.as_str()).is_err())
    {
        return wrong("also");
    }
    if settings.also.len() > ALSO_MAX {
        return Err(Failure::at(Code::TooMany, "also").with(ALSO_MAX as u64));
    }
    if ![100, 125, 150, 175, 200].contains(&settings.text_percent) {
        return wrong("text_percent");
    }
    if !["auto", "light", "dark"].contains(&settings.theme.as_str()) {
        return wrong("theme");
    }
    Ok(())
}

/// Whether the draft can be kept.
pub fn check_draft(key: &str, text: &str) -> Result<(), Failure> {
    if key.is_empty() || key.len() > DRAFT_KEY_BYTES_MAX {
        return Err(Failure::at(Code::NotAllowed, "key"));
    }
    if text.len() > DRAFT_BYTES_MAX {
        return Err(Failure::at(Code::TooLong, "text").with(DRAFT_BYTES_MAX as u64));
    }
    Ok(())
}
