//! A disk that fails on purpose: the library of `tests/fault/preload` between a program and libc. It is
//! built by the C compiler on first use.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::programs::root;

/// Which calls count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calls {
    /// Writes, truncations, renames, files that appear.
    Writes,
    /// `fsync` and `fdatasync`.
    Syncs,
    /// Both.
    All,
}

/// What happens at the chosen call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Nothing; calls are only counted.
    Count,
    /// The disk is full, once.
    Full,
    /// The disk is full from then on.
    StaysFull,
    /// The disk reports an error, once.
    Error,
    /// The process is killed before the call.
    KillBefore,
    /// The process is killed after the call.
    KillAfter,
    /// The process is killed when half of the bytes are written.
    KillInside,
    /// The power goes: what was not synced is lost, and the process is killed.
    Power,
}

/// When it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At this call, from 1.
    At(u64),
    /// As a process ends by itself ([`Deed::Power`] only).
    Exit,
}

/// A fault for every process that is started with it; they count together.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which calls count.
    pub calls: Calls,
    /// When it happens.
    pub when: When,
    /// What happens.
    pub deed: Deed,
    /// Syncs are answered and not done: the bug that [`Deed::Power`] must show.
    pub lie: bool,
    folder: PathBuf,
    counter: PathBuf,
}

static LIBRARY: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for a library");
    let library = folder.path().join("fault.so");
    let sources = root().join("tests/fault/preload");
    let status = Command::new("cc")
        .args([
            "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o",
        ])
        .arg(&library)
        .arg(sources.join("fault.c"))
        .arg(sources.join("undo.c"))
        .args(["-ldl", "-lpthread"])
        .status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "the C compiler builds the faulty disk"
    );
    (folder, library)
});

impl Plan {
    /// Counts changes below `folder`; the count is kept in `counter`, which lies elsewhere.
    pub fn count(folder: &Path, counter: &Path) -> Self {
        Self {
            calls: Calls::All,
            when: When::At(0),
            deed: Deed::Count,
            lie: false,
            folder: folder.to_path_buf(),
            counter: counter.to_path_buf(),
        }
    }

    /// The same folder with another fault.
    pub fn with(&self, calls: Calls, when: When, deed: Deed) -> Self {
        Self {
            calls,
            when,
            deed,
            ..self.clone()
        }
    }

    /// Lets `command` run on this disk.
    pub fn on(&self, command: &mut Command) {
        fs::create_dir_all(&self.folder).expect("a folder that can fail");
        let calls = match self.calls {
            Calls::Writes => "write",
            Calls::Syncs => "sync",
            Calls::All => "all",
        };
        let (deed, stays) = match self.deed {
            Deed::Count => ("", "0"),
            Deed::Full => ("enospc", "0"),
            Deed::StaysFull => ("enospc", "1"),
            Deed::Error => ("eio", "0"),
            Deed::KillBefore => ("before", "0"),
            Deed::KillAfter => ("after", "0"),
            Deed::KillInside => ("inside", "0"),
            Deed::Power => ("power", "0"),
        };
        let at = match self.when {
            When::At(call) => call.to_string(),
            When::Exit => "exit".into(),
        };
        command
            .env("LD_PRELOAD", &LIBRARY.1)
            .env("BANTIN_FAULT_DIR", &self.folder)
            .env("BANTIN_FAULT_COUNT", &self.counter)
            .env("BANTIN_FAULT_ON", calls)
            .env("BANTIN_FAULT_AT", at)
            .env("BANTIN_FAULT_DO", deed)
            .env("BANTIN_FAULT_STAY", stays)
            .env("BANTIN_FAULT_LIE", if self.lie { "1" } else { "0" });
    }

    /// How many calls were counted.
    pub fn counted(&self) -> u64 {
        let bytes = fs::read(&self.counter).unwrap_or_default();
        let bytes = bytes.first_chunk::<8>().copied().unwrap_or_default();
        u64::from_ne_bytes(bytes)
    }
}
