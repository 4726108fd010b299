//! A commune's hub: the real `bantin-hub` with a folder of its own. It is made once from the starter
//! content and copied for every test, so that a story starts within milliseconds.

mod below;
mod desk;
mod serve;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::phone::{Said, said};
use crate::programs::{content, program};

pub use below::VILLAGE;
pub use desk::{Desk, Refused};
pub use serve::Serving;

/// The place of Mai's village.
pub const PLACE: &str = "vn-68-23005";

/// Sign-in name of officer Hạnh.
pub const HANH: &str = "hanh";

/// Her password.
pub const HANH_PASSWORD: &str = "ruong lua xanh";

/// A hub that was made and filled, and is only ever copied.
static FILLED: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for a hub");
    fill(folder.path());
    folder
});

/// A hub with the same places and officer and no content: small, for stories that are told often.
static BARE: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for a hub");
    staff(folder.path());
    folder
});

/// A hub's folder.
pub struct Hub {
    folder: TempDir,
}

impl Hub {
    /// A hub with the starter content and officer Hạnh.
    pub fn filled() -> Self {
        let folder = tempfile::tempdir().expect("a folder for a hub");
        copy(FILLED.path(), folder.path());
        Self { folder }
    }

    /// A hub with officer Hạnh and nothing published.
    pub fn bare() -> Self {
        let folder = tempfile::tempdir().expect("a folder for a hub");
        copy(BARE.path(), folder.path());
        Self { folder }
    }

    /// Another hub with the same places and content and a root of its own.
    pub fn founded() -> Self {
        let folder = tempfile::tempdir().expect("a folder for a hub");
        fill(folder.path());
        Self { folder }
    }

    /// Where it keeps everything.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A place beside the data, for backups and content.
    pub fn beside(&self) -> &Path {
        self.folder.path()
    }

    /// `bantin-hub` with `arguments`.
    pub fn command(&self, arguments: &[&str]) -> Command {
        command(&self.data(), arguments)
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Said {
        let output = self.command(arguments).stdin(Stdio::null()).output();
        said(&output.expect("bantin-hub starts"))
    }

    /// Runs a command that must succeed and returns its JSON.
    #[track_caller]
    pub fn ok(&self, arguments: &[&str]) -> Value {
        ok(self.run(arguments), arguments)
    }

    /// Runs a command that asks for Hạnh's password.
    #[track_caller]
    pub fn as_hanh(&self, arguments: &[&str]) -> Value {
        let mut command = self.command(arguments);
        command
            .env("BANTIN_PASSWORD", HANH_PASSWORD)
            .stdin(Stdio::null());
        ok(
            said(&command.output().expect("bantin-hub starts")),
            arguments,
        )
    }

    /// Starts serving on free ports.
    pub fn serve(&self) -> Serving {
        Serving::start(self)
    }

    /// Fingerprint of the root of trust.
    pub fn root(&self) -> String {
        let link = self.ok(&["link"])["link"]
            .as_str()
            .expect("a pairing link")
            .to_owned();
        link.split_once("#root=")
            .expect("a link with its root")
            .1
            .to_owned()
    }

    /// Makes a copy of the whole folder, as a restored disk image would be.
    pub fn copy_to(&self, folder: &Path) {
        copy(self.folder.path(), folder);
    }
}

#[track_caller]
fn ok(said: Said, arguments: &[&str]) -> Value {
    let words = arguments.join(" ");
    assert_eq!(
        said.code,
        Some(0),
        "`bantin-hub {words}` must work; it said {} {}",
        said.json,
        said.stderr
    );
    said.json
}

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = program("bantin-hub");
    command.arg("--dir").arg(data).arg("--json").args(arguments);
    command
}

fn fill(folder: &Path) {
    staff(folder);
    let starter = content().join("starter");
    must(&folder.join("data"), &["import", starter.to_str().unwrap()]);
}

/// Runs a command that must succeed and may ask for Hạnh's password.
#[track_caller]
fn must(data: &Path, arguments: &[&str]) {
    let mut command = command(data, arguments);
    command
        .env("BANTIN_PASSWORD", HANH_PASSWORD)
        .stdin(Stdio::null());
    ok(
        said(&command.output().expect("bantin-hub starts")),
        arguments,
    );
}

fn staff(folder: &Path) {
    let data = folder.join("data");
    let places = content().join("starter/places.toml");
    must(&data, &["init", "--places", places.to_str().unwrap()]);
    cheap_passwords(&data);
    must(&data, &["officer", "add", HANH, "--name", "Hạnh"]);
    must(
        &data,
        &[
            &[
                "officer",
                "grant",
                HANH,
                "--place",
                PLACE,
                "--legal-basis",
                "QĐ mẫu",
            ][..],
            &[
                "--role",
                "publish",
                "--role",
                "answer",
                "--role",
                "check-product",
            ][..],
        ]
        .concat(),
    );
}

/// Passwords that cost almost nothing: the stories are not about them, and twenty wrong ones are tried.
fn cheap_passwords(data: &Path) {
    let file = data.join("hub.toml");
    let text = std::fs::read_to_string(&file).expect("init writes hub.toml");
    let (before, _) = text
        .split_once("[password]")
        .expect("hub.toml has a part about passwords");
    let cheap = "[password]\nmemory_kib = 64\npasses = 1\nlanes = 1\n";
    std::fs::write(&file, format!("{before}{cheap}")).expect("hub.toml can be written");
}

fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp")
        .arg("-a")
        .arg(from.join("."))
        .arg(to)
        .status();
    assert!(status.is_ok_and(|s| s.success()), "a hub can be copied");
}
