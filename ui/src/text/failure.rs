//! Failures as sentences: one message for each code, `error-<code>`.

use bantin_wire::Failure;

use super::Args;

/// What went wrong and what to do about it.
pub fn failure_text(failure: &Failure) -> String {
    if let Some(own) = super::PART.get().failure.and_then(|words| words(failure)) {
        return own;
    }
    let mut args = Args::new();
    // A message that names a number is only chosen with one; see `locales/README.md`.
    args.set("number", failure.number.unwrap_or_default());
    args.set(
        "known",
        if failure.number.is_some() {
            "yes"
        } else {
            "no"
        },
    );
    super::message(&format!("error-{}", failure.code.as_str()), Some(&args))
}

/// The message for `field`, if the failure is about it.
pub fn field_text(failure: Option<&Failure>, field: &str) -> Option<String> {
    failure
        .filter(|f| f.field.as_deref() == Some(field))
        .map(failure_text)
}
