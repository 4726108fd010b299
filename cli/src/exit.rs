//! How a run ends: what is printed, and the exit code. Scripts rely on both.

use std::io::Write;
use std::process::ExitCode;

use bantin_wire::{Code, Failure};
use serde_json::{Value, json};

use crate::args::Args;
use crate::text;

/// The part of the help that says what the exit codes mean.
pub(crate) const CODES: &str = "Exit codes:
  0  done
  1  something broke inside
  2  the command line cannot be read
  3  no network, or the hub cannot answer now: try again later
  4  refused, or not genuine
  5  nothing of that name
  6  a value, a text or a file that cannot be taken
  7  no room left on this device or hub";

/// What a verb gives: JSON for scripts and lines for people.
pub(crate) struct Said {
    pub(crate) json: Value,
    pub(crate) lines: Vec<String>,
}

/// Prints what was done or why not, and gives the exit code.
pub(crate) fn finish(args: &Args, outcome: anyhow::Result<Said>) -> ExitCode {
    match outcome {
        Ok(said) => {
            let text = if args.json {
                said.json.to_string()
            } else {
                said.lines.join("\n")
            };
            print(&text)
        }
        Err(error) => {
            let failure = error.downcast_ref::<Failure>();
            if failure.is_none() {
                // No use-case failed, the program around it did.
                let _ = writeln!(std::io::stderr(), "bantin: {error:#}");
            }
            let failure = failure
                .cloned()
                .unwrap_or_else(|| Failure::new(Code::Internal));
            if args.json {
                let _ = print(&json!({ "failure": failure }).to_string());
            } else {
                let said = text::failure(&failure, args.lang);
                let _ = writeln!(std::io::stderr(), "{said}");
            }
            ExitCode::from(code(failure.code))
        }
    }
}

/// A reader that went away (`bantin list | head -1`) is no failure of ours.
fn print(text: &str) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::from(1),
        _ => ExitCode::SUCCESS,
    }
}

fn code(code: Code) -> u8 {
    match code {
        Code::Offline | Code::NotAHub | Code::HubResting | Code::Busy => 3,
        Code::RootMismatch
        | Code::NotGenuine
        | Code::RolledBack
        | Code::NoAgencyKey
        | Code::WrongState
        | Code::NoGrant
        | Code::Conflict => 4,
        Code::NotFound | Code::PlaceUnknown => 5,
        Code::LinkDamaged
        | Code::Empty
        | Code::TooLong
        | Code::NotAllowed
        | Code::TooMany
        | Code::MediaTooLarge
        | Code::MediaTooManyPixels
        | Code::MediaHeic
        | Code::MediaKind
        | Code::MediaDamaged
        | Code::NotAPack
        | Code::PackNewer
        | Code::ClaimLength
        | Code::ClaimMisread => 6,
        Code::DataSpent | Code::DataWaits => 3,
        Code::DiskFull => 7,
        _ => 1,
    }
}
