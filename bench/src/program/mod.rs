//! Running the real programs: what they print, how long they take, how much memory, how often they
//! make the disk write.

mod memory;
mod places;
mod trace;

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};
use serde_json::Value;

pub use places::{pages, program};
pub use trace::Trace;

/// A run that ended well.
#[derive(Clone, Debug)]
pub struct Ran {
    /// What it printed.
    pub json: Value,
    /// From its start to its end.
    pub seconds: f64,
    /// The most memory it held at once, in KiB, asked every two milliseconds; none where there is no `/proc`.
    pub peak_kib: Option<u64>,
}

/// A field of an object; null if there is none.
pub fn field<'a>(json: &'a Value, name: &str) -> &'a Value {
    json.get(name).unwrap_or(&Value::Null)
}

/// Runs `command` to its end.
///
/// # Errors
/// It cannot be started, it fails, or what it prints is not JSON.
pub fn run(mut command: Command) -> anyhow::Result<Ran> {
    let named = format!("{command:?}");
    let started = Instant::now();
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .with_context(|| format!("{named} cannot be started"))?;
    let watch = memory::watch(child.id());
    let output = child.wait_with_output()?;
    let seconds = started.elapsed().as_secs_f64();
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        bail!("{named} failed ({}): {}", output.status, text.trim());
    }
    Ok(Ran {
        json: serde_json::from_str(text.trim())
            .with_context(|| format!("{named} printed no JSON"))?,
        seconds,
        peak_kib: watch.join().ok().flatten(),
    })
}
