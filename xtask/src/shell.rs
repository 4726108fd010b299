//! Starting other programs, and saying in one line what went wrong with them.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Cargo as the user started it (`CARGO` is set when we run under `cargo run`).
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs `command` with its output visible; `what` is said first and names it in an error.
pub fn step(what: &str, command: &mut Command) -> Result<()> {
    println!("── {what}");
    let start = Instant::now();
    let status = command
        .status()
        .with_context(|| format!("{what}: cannot start {}", name(command)))?;
    if !status.success() {
        bail!("{what}: failed ({status}); the lines above say why");
    }
    println!("   {what}: {:.1} s", start.elapsed().as_secs_f32());
    Ok(())
}

/// Runs `command` and returns what it printed, or `None` when it is missing or fails: for questions to the machine.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs `command` silently; on failure returns the last line it wrote, which is where tools put the reason.
pub fn quiet(command: &mut Command) -> std::result::Result<(), String> {
    let output = match command.stdin(Stdio::null()).output() {
        Ok(output) => output,
        Err(error) => return Err(format!("{}: {error}", name(command))),
    };
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);
    let reason = text
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("no reason given");
    Err(reason.trim().to_owned())
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_gives_its_last_line() {
        let error = quiet(
            Command::new("sh").args(["-c", "echo first >&2; echo 'no route to host' >&2; exit 3"]),
        );
        assert_eq!(
            error,
            Err("no route to host".to_owned()),
            "the reason must be one line, not a page"
        );
    }

    #[test]
    fn a_missing_program_is_named() {
        let error =
            step("testing", &mut Command::new("bantin-no-such-program")).map_err(|e| e.to_string());
        assert_eq!(
            error,
            Err("testing: cannot start bantin-no-such-program".to_owned())
        );
    }
}
