//! Debian's packages.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::Purpose;
use crate::shell;

/// The desktop app is compiled against these.
const BUILD: [&str; 5] = [
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
];

/// The web view plays sound with these, and shows every script of the country with this font.
const RUN: [&str; 3] = [
    "gstreamer1.0-plugins-base",
    "gstreamer1.0-plugins-good",
    "fonts-noto-core",
];

/// Tests look at real windows (webkit2gtk-driver under xvfb), a real browser, and what a process really did (strace).
const TEST: [&str; 11] = [
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "chromium",
    "chromium-driver",
    "imagemagick",
    "strace",
    "faketime",
    "curl",
    "zstd",
    "brotli",
];

/// Installs the packages that `purpose` needs and that are not installed.
pub fn install(purpose: Purpose) -> Result<()> {
    if !Path::new("/usr/bin/dpkg-query").exists() {
        // Other systems: the README names the packages; the compiler will say what it misses.
        if cfg!(target_os = "linux") {
            println!(
                "x: not a Debian system; install WebKitGTK 4.1, GTK 3 and librsvg (development files) yourself"
            );
        }
        return Ok(());
    }
    add(&wanted(purpose))
}

/// Installs those of `packages` that are not installed.
///
/// # Errors
/// When they cannot be fetched or installed: one line, with the command a person can try.
pub fn add(packages: &[&str]) -> Result<()> {
    let missing = missing(packages, &installed());
    if missing.is_empty() {
        return Ok(());
    }
    println!("── installing {}", missing.join(" "));
    // The list may be fresh enough; it is fetched only when the first try fails.
    if apt_get("install", &missing).is_ok() {
        return Ok(());
    }
    if let Err(reason) = apt_get("update", &[]) {
        bail!(
            "Debian's package list cannot be fetched ({reason}). Check the network, then run this again"
        );
    }
    if let Err(reason) = apt_get("install", &missing) {
        bail!(
            "packages cannot be installed ({reason}). Try: sudo apt-get install {}",
            missing.join(" ")
        );
    }
    Ok(())
}

fn wanted(purpose: Purpose) -> Vec<&'static str> {
    let mut wanted = Vec::new();
    // A machine with any other Node.js (from its maker, say) must not get Debian's on top.
    if purpose != Purpose::Check && shell::ask(Command::new("npm").arg("--version")).is_none() {
        wanted.extend(["nodejs", "npm"]);
    }
    if purpose != Purpose::Web {
        wanted.extend(BUILD);
    }
    if matches!(purpose, Purpose::Run | Purpose::Test) {
        wanted.extend(RUN);
    }
    if purpose == Purpose::Test {
        wanted.extend(TEST);
    }
    wanted
}

/// Names of installed packages, as dpkg knows them, without the architecture.
fn installed() -> Vec<String> {
    let list = shell::ask(Command::new("dpkg-query").args([
        "-W",
        "-f",
        "${db:Status-Abbrev}${Package}\n",
    ]));
    list.unwrap_or_default()
        .lines()
        .filter_map(|line| line.strip_prefix("ii "))
        .map(str::to_owned)
        .collect()
}

fn missing<'a>(wanted: &[&'a str], installed: &[String]) -> Vec<&'a str> {
    wanted
        .iter()
        .copied()
        .filter(|name| !installed.iter().any(|have| have == name))
        .collect()
}

fn apt_get(action: &str, packages: &[&str]) -> std::result::Result<(), String> {
    let root = shell::ask(Command::new("id").arg("-u")).as_deref() == Some("0");
    let mut command = Command::new(if root { "env" } else { "sudo" });
    if !root {
        command.arg("env");
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-yq", action]);
    if action == "install" {
        command.arg("--no-install-recommends");
    }
    shell::quiet(command.args(packages))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_asked_for() {
        let installed = [
            "curl".to_owned(),
            "xvfb".to_owned(),
            "xvfb-tools".to_owned(),
        ];
        let missing = missing(&["curl", "xauth", "xvfb"], &installed);
        assert_eq!(
            missing,
            ["xauth"],
            "a package that is there must not touch the network"
        );
    }

    #[test]
    fn running_needs_no_test_tools() {
        let wanted = wanted(Purpose::Run);
        assert!(
            !wanted.contains(&"xvfb") && !wanted.contains(&"chromium"),
            "a person who only runs gets no browser"
        );
        assert!(
            wanted.contains(&"libwebkit2gtk-4.1-dev"),
            "the app cannot be built without its web view"
        );
    }
}
