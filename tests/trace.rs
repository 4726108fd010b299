//! The order of a program's calls to the system, seen by `strace`: only the order of syncing and saying
//! proves durability, because a killed process does not lose what it wrote to the page cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What matters of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// Bytes went into a file: its path.
    Wrote(String),
    /// A file or directory was synced: its path.
    Synced(String),
    /// Something came in on a socket: its name and the beginning of the bytes.
    Heard(String, String),
    /// Something went out on a socket, or to standard output (which is named `stdout`).
    Said(String, String),
}

const HEARING: &str = "read,recvfrom,recvmsg";
const SAYING: &str = "write,writev,pwrite64,pwritev,sendto,sendmsg";

/// A trace that is being written.
pub struct Trace {
    file: PathBuf,
}

impl Trace {
    /// The same command under `strace`, writing to a file in `folder`.
    pub fn of(command: &Command, folder: &Path) -> (Self, Command) {
        let file = folder.join("trace.txt");
        let mut traced = Command::new("strace");
        // -D: the program stays our own child, so that killing the child kills it and not its watcher.
        traced.args(["-D", "-f", "-y", "-s", "256", "-qq", "-e"]);
        traced.arg(format!("trace={HEARING},{SAYING},fsync,fdatasync"));
        traced.arg("-o").arg(&file);
        traced.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => traced.env(name, value),
                None => traced.env_remove(name),
            };
        }
        (Self { file }, traced)
    }

    /// The calls so far, in the order in which they ended.
    pub fn calls(&self) -> Vec<Call> {
        let text = fs::read(&self.file).unwrap_or_default();
        let mut begun: Vec<(String, String)> = Vec::new();
        String::from_utf8_lossy(&text)
            .lines()
            .filter_map(|line| call(line, &mut begun))
            .collect()
    }
}

/// One line of strace. A call that another thread interrupted comes in two parts: `unfinished` is kept
/// until it is resumed. What is said counts from its beginning, what is synced from its end.
fn call(line: &str, begun: &mut Vec<(String, String)>) -> Option<Call> {
    let (thread, rest) = line.trim_start().split_once(' ')?;
    let rest = rest.trim_start();
    if let Some(first) = rest.strip_suffix("<unfinished ...>") {
        let said = parse(first).filter(|call| matches!(call, Call::Said(..)));
        if said.is_none() {
            begun.push((thread.to_owned(), first.to_owned()));
        }
        return said;
    }
    if rest.starts_with("<...") {
        let at = begun.iter().position(|(t, _)| t == thread)?;
        let (_, first) = begun.remove(at);
        // What was heard stands in the second part.
        let (_, second) = rest.split_once("resumed>")?;
        return parse(&format!("{first}{second}"));
    }
    parse(rest)
}

fn parse(text: &str) -> Option<Call> {
    let (name, arguments) = text.split_once('(')?;
    let (number, rest) = arguments.split_once('<')?;
    let (path, bytes) = rest.split_once('>')?;
    let (path, bytes) = (path.to_owned(), bytes.to_owned());
    let socket = path.starts_with("TCP") || path.starts_with("socket:");
    match name {
        "fsync" | "fdatasync" => Some(Call::Synced(path)),
        name if HEARING.split(',').any(|n| n == name) => socket.then_some(Call::Heard(path, bytes)),
        name if SAYING.split(',').any(|n| n == name) => Some(match number {
            "1" => Call::Said("stdout".into(), bytes),
            _ if socket => Call::Said(path, bytes),
            _ => Call::Wrote(path),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_heard_in_two_parts_is_heard() {
        let mut begun = Vec::new();
        let lines = [
            "17 recvfrom(9<socket:[7]>,  <unfinished ...>",
            "17 <... recvfrom resumed>\"POST /v1/letters HTTP/1.1\"..., 8192, 0, NULL, NULL) = 900",
        ];
        let calls: Vec<_> = lines
            .iter()
            .filter_map(|line| call(line, &mut begun))
            .collect();
        assert!(
            matches!(&calls[..], [Call::Heard(at, text)] if at == "socket:[7]" && text.contains("POST")),
            "a request that was waited for: {calls:?}"
        );
    }

    #[test]
    fn a_sync_counts_when_it_ends_and_a_word_when_it_begins() {
        let mut begun = Vec::new();
        let lines = [
            "17 fsync(9</d/hub.db-wal> <unfinished ...>",
            "18 write(1<pipe:[7]>, \"saved\", 5 <unfinished ...>",
            "17 <... fsync resumed>) = 0",
        ];
        let calls: Vec<_> = lines
            .iter()
            .filter_map(|line| call(line, &mut begun))
            .collect();
        assert!(
            matches!(&calls[..], [Call::Said(..), Call::Synced(path)] if path == "/d/hub.db-wal"),
            "words that begin before a sync ends are words too early: {calls:?}"
        );
    }
}
