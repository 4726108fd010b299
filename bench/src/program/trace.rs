//! Counting how often a program makes the disk write, with `strace`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};

/// Calls that wait for the disk.
const CALLS: [&str; 3] = ["fsync", "fdatasync", "sync_file_range"];
/// When nothing was written for so long, a program in the background has finished what it does.
const QUIET: Duration = Duration::from_millis(400);

/// The syncs of one program, all its threads together.
#[derive(Clone, Debug)]
pub struct Trace {
    file: PathBuf,
}

impl Trace {
    /// Whether `strace` is here and may do its work.
    pub fn possible() -> bool {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-o", "/dev/null", "true"]);
        let done = strace.stdout(Stdio::null()).stderr(Stdio::null()).status();
        done.is_ok_and(|status| status.success())
    }

    /// The same command under `strace`, which notes into `file`. The process that is started is the
    /// program itself: `strace` watches from beside it.
    pub fn of(command: &Command, file: &Path) -> (Self, Command) {
        let mut traced = Command::new("strace");
        traced.args(["-D", "-f", "-qq", "-e"]);
        traced.arg(format!("trace={}", CALLS.join(",")));
        traced.arg("-o").arg(file).arg(command.get_program());
        traced.args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => traced.env(name, value),
                None => traced.env_remove(name),
            };
        }
        let file = file.to_owned();
        (Self { file }, traced)
    }

    /// Syncs so far.
    ///
    /// # Errors
    /// There is no trace.
    pub fn syncs(&self) -> anyhow::Result<u64> {
        let text = std::fs::read(&self.file);
        let text = text.with_context(|| format!("no trace in {}", self.file.display()))?;
        Ok(count(&String::from_utf8_lossy(&text)))
    }

    /// Syncs so far, once no more have come for a while: receipts and replies are written in the
    /// background, and so is the trace.
    ///
    /// # Errors
    /// There is no trace, or it never ends.
    pub fn settled(&self) -> anyhow::Result<u64> {
        let mut before = self.syncs()?;
        for _ in 0..100 {
            std::thread::sleep(QUIET);
            let now = self.syncs()?;
            if now == before {
                return Ok(now);
            }
            before = now;
        }
        ensure!(false, "{} does not come to rest", self.file.display());
        Ok(before)
    }
}

/// A call that another thread interrupts is noted in two lines; only the first names it with `(`.
fn count(trace: &str) -> u64 {
    let begins = |line: &&str| {
        let call = line.trim_start().split_once(' ').map(|(_, rest)| rest);
        let call = call.and_then(|rest| rest.trim_start().split_once('('));
        call.is_some_and(|(name, _)| CALLS.contains(&name))
    };
    trace.lines().filter(begins).count() as u64
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn an_interrupted_call_is_one_call() {
        let trace = "17 fsync(9 <unfinished ...>\n18 fdatasync(7) = 0\n17 <... fsync resumed>) = 0\n17 +++ exited with 0 +++\n";
        assert_eq!(
            count(trace),
            2,
            "two syncs on two threads, one of them in two lines"
        );
    }
}
