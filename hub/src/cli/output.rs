//! What a command prints: lines for people, or one JSON value on standard output.

use std::process::ExitCode;

use bantin_model::feed::ProposalError;
use bantin_wire::{Code, Failure};
use serde::Serialize;

use super::exit;
use crate::failure::HubError;
use crate::feed::{CeremonyError, DelegationError};

/// A command that ended with an exit code of its own after it printed its result.
#[derive(Debug, thiserror::Error)]
#[error("exit code {0}")]
pub struct Ended(pub u8);

/// Prints a result.
pub fn print<T: Serialize>(
    json: bool,
    value: &T,
    people: impl FnOnce(&T) -> String,
) -> anyhow::Result<()> {
    use std::io::Write;
    let text = if json {
        serde_json::to_string(value)?
    } else {
        people(value)
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", text.trim_end_matches('\n'))?;
    out.flush()?;
    Ok(())
}

/// Prints why a command failed; its exit code.
pub fn failed(error: &anyhow::Error, json: bool) -> ExitCode {
    if let Some(Ended(code)) = error.downcast_ref() {
        return ExitCode::from(*code);
    }
    let refused =
        error.is::<DelegationError>() || error.is::<ProposalError>() || error.is::<CeremonyError>();
    let failure = match (
        error.downcast_ref::<HubError>(),
        error.downcast_ref::<Failure>(),
    ) {
        (Some(error), _) => Some(error.failure()),
        (None, Some(failure)) => Some(failure.clone()),
        (None, None) => refused.then(|| Failure::new(Code::NotAllowed)),
    };
    if json {
        let value = match &failure {
            Some(failure) => serde_json::json!({ "error": failure, "text": format!("{error:#}") }),
            None => {
                serde_json::json!({ "error": { "code": "internal" }, "text": format!("{error:#}") })
            }
        };
        eprintln!("{value}");
    } else {
        eprintln!("bantin-hub: {error:#}");
    }
    ExitCode::from(failure.map_or(exit::BROKEN, |failure| exit::of(&failure)))
}
