//! `./x dev`: like run, and on every change the pages and programs are built again; what changed is started anew.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{RecursiveMode, Watcher};

use crate::repo::Repo;
use crate::run::{self, Options};

/// Where a change matters.
const WATCHED: [&str; 9] = [
    "crates",
    "hub",
    "cli",
    "ui",
    "web",
    "src-tauri",
    "locales",
    "tauri.conf.json",
    "capabilities",
];

/// Editors write several files at a time; a build starts when they have been quiet for this long.
const QUIET: Duration = Duration::from_millis(300);

/// What can happen while the demo runs.
enum Event {
    Changed,
    Stop,
}

/// Runs the demo and follows the sources until Ctrl-C.
pub fn start(repo: &Repo, options: &Options) -> Result<()> {
    let (sender, events) = channel();
    let stop = sender.clone();
    ctrlc::set_handler(move || {
        let _ = stop.send(Event::Stop);
    })?;
    let mut demo = run::begin(repo, options)?;
    let mut watcher = notify::recommended_watcher(move |change: notify::Result<notify::Event>| {
        // Reading a file is an event too on Linux, and our own build reads them all.
        if change.is_ok_and(|change| !change.kind.is_access()) {
            let _ = sender.send(Event::Changed);
        }
    })?;
    for part in WATCHED {
        watch(&mut watcher, &repo.path(part))?;
    }
    println!("── watching; Ctrl-C stops");
    while next_change(&events) {
        if let Err(error) = demo.rebuild(repo, options) {
            eprintln!("x: {error:#}");
        }
    }
    Ok(())
}

fn watch(watcher: &mut impl Watcher, path: &Path) -> Result<()> {
    if path.exists() {
        watcher
            .watch(path, RecursiveMode::Recursive)
            .with_context(|| format!("{} cannot be watched", path.display()))?;
    }
    Ok(())
}

/// Waits until something changed and then stayed as it is; false when it is time to stop.
fn next_change(events: &Receiver<Event>) -> bool {
    if !matches!(events.recv(), Ok(Event::Changed)) {
        return false;
    }
    loop {
        match events.recv_timeout(QUIET) {
            Ok(Event::Changed) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_changes_are_one_build_and_ctrl_c_ends() {
        let (sender, events) = channel();
        for _ in 0..20 {
            let _ = sender.send(Event::Changed);
        }
        assert!(next_change(&events), "the files have changed");
        let _ = sender.send(Event::Stop);
        assert!(
            !next_change(&events),
            "twenty changes at once were one build, and now a person wants to stop"
        );
    }
}
