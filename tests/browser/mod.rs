//! Browsers and the real window, driven over WebDriver as a person drives them: by the words on the
//! screen. A thin client of our own: the stories need twenty commands, blocking, and see every answer.

mod driver;
mod element;
mod look;

use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;

use crate::wait::until;

pub use driver::{Driver, chromium, window};
pub use element::Element;
pub use look::Look;

/// How WebDriver names an element in JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One browser with its tabs, or one window. It is closed when this goes.
pub struct Session {
    // Dropped last: the session is ended over it.
    url: String,
    agent: Agent,
    looks: RefCell<Vec<String>>,
    _driver: Driver,
}

impl Session {
    /// Starts a browser with `capabilities`.
    pub(crate) fn start(driver: Driver, capabilities: &Value) -> Self {
        // Generous: the first start of a browser on a busy machine takes its time.
        let patience = Some(Duration::from_secs(120));
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(patience);
        let agent: Agent = config.build().into();
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let made = send(&agent, "POST", &format!("{}/session", driver.url()), &body);
        let made = made.unwrap_or_else(|e| panic!("no browser: {e}"));
        let id = made["sessionId"].as_str().expect("a session has an id");
        let url = format!("{}/session/{id}", driver.url());
        Self {
            url,
            agent,
            looks: RefCell::default(),
            _driver: driver,
        }
    }

    /// Sends a command.
    pub fn command(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        send(&self.agent, method, &format!("{}{path}", self.url), body)
    }

    #[track_caller]
    fn must(&self, method: &str, path: &str, body: &Value) -> Value {
        self.command(method, path, body)
            .unwrap_or_else(|e| panic!("{method} {path}: {e}"))
    }

    /// Opens an address.
    #[track_caller]
    pub fn open(&self, url: &str) {
        self.must("POST", "/url", &json!({ "url": url }));
    }

    /// Types keys where the page listens now.
    #[track_caller]
    pub fn type_keys(&self, keys: &str) {
        until("something to type into", || {
            let active = self.must("GET", "/element/active", &Value::Null);
            let id = active[ELEMENT].as_str()?;
            let typed = self.command(
                "POST",
                &format!("/element/{id}/value"),
                &json!({ "text": keys }),
            );
            // The screen was drawn anew in between: then nothing was typed.
            if typed.as_ref().is_err_and(|e| e.contains("stale")) {
                return None;
            }
            Some(typed.unwrap_or_else(|e| panic!("cannot be typed: {e}")))
        });
    }

    /// Opens the page again.
    #[track_caller]
    pub fn reload(&self) {
        self.must("POST", "/refresh", &json!({}));
    }

    /// Runs script in the page; `arguments` is its array.
    #[track_caller]
    pub fn script(&self, script: &str, arguments: &Value) -> Value {
        self.must(
            "POST",
            "/execute/sync",
            &json!({ "script": script, "args": arguments }),
        )
    }

    /// Runs script that answers by its last argument, a function.
    #[track_caller]
    pub fn script_later(&self, script: &str, arguments: &Value) -> Value {
        self.must(
            "POST",
            "/execute/async",
            &json!({ "script": script, "args": arguments }),
        )
    }

    /// Opens a second tab and closes the first, as a person who lost their way does.
    #[track_caller]
    pub fn lose_tab(&self) {
        let old = self.must("GET", "/window", &Value::Null);
        let new = self.must("POST", "/window/new", &json!({ "type": "tab" }));
        self.must("POST", "/window", &json!({ "handle": old }));
        self.must("DELETE", "/window", &Value::Null);
        self.must("POST", "/window", &json!({ "handle": new["handle"] }));
    }

    /// A command of the browser's own tools (Chromium).
    #[track_caller]
    pub fn tool(&self, name: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": name, "params": parameters });
        self.must("POST", "/goog/cdp/execute", &body)
    }

    /// Errors that pages wrote to the console since the last call (Chromium).
    pub fn console_errors(&self) -> Vec<String> {
        let lines = self.must("POST", "/se/log", &json!({ "type": "browser" }));
        let lines = lines.as_array().cloned().unwrap_or_default();
        let severe = lines.into_iter().filter(|line| line["level"] == "SEVERE");
        severe
            .map(|line| line["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// What the page looks like, as PNG.
    #[track_caller]
    pub fn picture(&self) -> Vec<u8> {
        let text = self.must("GET", "/screenshot", &Value::Null);
        decode_base64(text.as_str().expect("a picture as text"))
    }

    /// The address of the page.
    #[track_caller]
    pub fn address(&self) -> String {
        self.must("GET", "/url", &Value::Null)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let body = json!({ "script": "return document.body.innerText", "args": [] });
            let shown = self.command("POST", "/execute/sync", &body);
            eprintln!("on the screen at the end: {shown:#?}");
        }
        let _ = send(&self.agent, "DELETE", &self.url, &Value::Null);
    }
}

fn send(agent: &Agent, method: &str, url: &str, body: &Value) -> Result<Value, String> {
    let answer = match method {
        "GET" => agent.get(url).call(),
        "DELETE" => agent.delete(url).call(),
        _ => agent.post(url).send_json(body),
    };
    let mut answer = answer.map_err(|e| e.to_string())?;
    let text = answer
        .body_mut()
        .with_config()
        .limit(64 << 20)
        .read_to_string();
    let text = text.map_err(|e| e.to_string())?;
    let value: Value = serde_json::from_str(&text).map_err(|e| format!("{e}: {text}"))?;
    match answer.status().as_u16() {
        200..300 => Ok(value["value"].clone()),
        _ => Err(format!(
            "{}: {}",
            value["value"]["error"], value["value"]["message"]
        )),
    }
}

/// Standard base64, as WebDriver sends pictures.
fn decode_base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let sixes: Vec<u8> = text.bytes().filter_map(value).collect();
    let group = |six: &[u8]| {
        let all = six.iter().fold(0_u32, |all, s| (all << 6) | u32::from(*s));
        let all = all << (6 * (4 - six.len()));
        all.to_be_bytes()[1..six.len()].to_vec()
    };
    sixes.chunks(4).flat_map(group).collect()
}

/// Photographs the whole screen of the display, window frames and all.
pub fn photograph_screen(to: &Path) {
    let status = std::process::Command::new("import")
        .args(["-window", "root"])
        .arg(to)
        .status();
    assert!(
        status.is_ok_and(|s| s.success()),
        "`import` (ImageMagick) photographs the screen"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_arrive_whole() {
        assert_eq!(decode_base64("UE5H"), b"PNG", "a full group");
        assert_eq!(decode_base64("UE5HIQ=="), b"PNG!", "a group of one byte");
        assert_eq!(decode_base64("UE5HISE="), b"PNG!!", "a group of two bytes");
    }
}
