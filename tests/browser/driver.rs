//! Starting ChromeDriver and WebKitWebDriver.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::json;

use super::Session;
use crate::programs::programs;
use crate::wait::until_true;

/// A driver's process.
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Chromium without a display, `width` × `height` px, with a profile of its own in `profile`.
pub fn chromium(profile: &Path, width: u32, height: u32) -> Session {
    let mut child = Command::new("chromedriver")
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver is installed (chromium-driver); `./x test` does it");
    let mut lines = BufReader::new(child.stdout.take().expect("its output is ours")).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, after) = line.split_once("successfully on port ")?;
        after.trim_end_matches('.').parse().ok()
    });
    // Somebody must go on reading, or the driver stops when the pipe is full.
    thread::spawn(move || lines.for_each(drop));
    let driver = Driver {
        child,
        port: port.expect("chromedriver names its port"),
    };
    let profile = format!("--user-data-dir={}", profile.display());
    Session::start(
        driver,
        &json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": "/usr/bin/chromium",
                "args": [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--disable-dev-shm-usage", "--mute-audio", "--hide-scrollbars", "--lang=vi",
                    "--autoplay-policy=no-user-gesture-required", profile,
                ],
                "mobileEmulation": {
                    "deviceMetrics": {
                        "width": width, "height": height, "pixelRatio": 1.0,
                        "touch": width < 600, "mobile": width < 600,
                    },
                },
            },
        }),
    )
}

/// The real window of the desktop app, with its data in `data`, following `link` from its first start.
pub fn window(data: &Path, link: &str) -> Session {
    // This driver does not say which port it took, so it is told one that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a port")
        .port();
    let child = Command::new("WebKitWebDriver")
        .arg(format!("--port={port}"))
        .env("TAURI_AUTOMATION", "true")
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("BANTIN_DATA", data)
        .env("BANTIN_FOLLOW", link)
        // No graphics card here: WebKit draws in memory.
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("GDK_BACKEND", "x11")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("WebKitWebDriver is installed (webkit2gtk-driver); `./x test` does it");
    let driver = Driver { child, port };
    until_true("WebKitWebDriver to answer", || {
        TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    let binary = programs().join("bantin-app");
    assert!(
        binary.is_file(),
        "{} is missing; `./x test` builds it first",
        binary.display()
    );
    Session::start(
        driver,
        &json!({ "webkitgtk:browserOptions": { "binary": binary } }),
    )
}
