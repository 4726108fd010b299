//! An officer's desk without its pages: the same commands on the same origin.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::time::Duration;

use bantin_wire::desk::session::{Officer, SignIn};
use bantin_wire::{Command, Failure, desk};
use serde_json::Value;
use ureq::Agent;

/// A desk and its session.
pub struct Desk {
    address: SocketAddr,
    agent: Agent,
    cookie: RefCell<Option<String>>,
}

/// How the hub refused.
#[derive(Clone, Debug)]
pub struct Refused {
    /// HTTP status.
    pub status: u16,
    /// Its code, if it gave one.
    pub failure: Option<Failure>,
}

impl Desk {
    pub(super) fn at(address: SocketAddr) -> Self {
        let agent = Agent::config_builder()
            // A hub that refuses a request unread closes its connection: none is used twice.
            .max_idle_connections(0)
            // One that neither answers nor goes away is a failure too.
            .timeout_global(Some(Duration::from_secs(60)))
            .http_status_as_error(false)
            .build()
            .into();
        Self {
            address,
            agent,
            cookie: RefCell::default(),
        }
    }

    /// Signs in.
    pub fn sign_in(&self, login: &str, password: &str) -> Result<Officer, Refused> {
        self.run(&SignIn {
            login: login.into(),
            password: password.into(),
        })
    }

    /// Signs in at a hub that may be failing; whether it worked.
    pub fn try_sign_in(&self, login: &str, password: &str) -> bool {
        let act = SignIn {
            login: login.into(),
            password: password.into(),
        };
        self.try_run(&act).is_some()
    }

    /// Runs a command at a hub that may be failing; its reply, if the hub gave one and it is no refusal.
    pub fn try_run<C: Command>(&self, command: &C) -> Option<C::Reply> {
        let origin = format!("http://{}", self.address);
        let url = format!("{origin}{}/{}", desk::API, C::NAME);
        let body = serde_json::to_string(command).expect("commands are JSON");
        let answer = self.try_send(&url, &origin, "application/json", body.as_bytes());
        serde_json::from_slice(&answer.ok()?.ok()?).ok()
    }

    /// Runs a command.
    pub fn run<C: Command>(&self, command: &C) -> Result<C::Reply, Refused> {
        self.run_from(command, &format!("http://{}", self.address))
    }

    /// Runs a command as a page of `origin` would.
    pub fn run_from<C: Command>(&self, command: &C, origin: &str) -> Result<C::Reply, Refused> {
        let url = format!("http://{}{}/{}", self.address, desk::API, C::NAME);
        let body = serde_json::to_string(command).expect("commands are JSON");
        let answer = self.send(&url, origin, "application/json", body.as_bytes())?;
        Ok(serde_json::from_slice(&answer).unwrap_or_else(|e| {
            panic!(
                "{} answered something else: {e} {}",
                C::NAME,
                String::from_utf8_lossy(&answer)
            )
        }))
    }

    /// Hands in a picture or sound; returns its name.
    pub fn upload(&self, mime: &str, bytes: &[u8]) -> Result<Value, Refused> {
        let url = format!("http://{}{}", self.address, desk::UPLOAD);
        let answer = self.send(&url, &format!("http://{}", self.address), mime, bytes)?;
        Ok(serde_json::from_slice(&answer).expect("an upload is answered in JSON"))
    }

    /// What came with a letter, as the desk shows it.
    pub fn attachment(&self, conversation: &str, hash: &str) -> Vec<u8> {
        let url = format!(
            "http://{}{}/{conversation}/{hash}",
            self.address,
            desk::ATTACHMENT
        );
        let mut request = self.agent.get(url);
        if let Some(cookie) = &*self.cookie.borrow() {
            request = request.header("Cookie", cookie);
        }
        let mut answer = request.call().expect("the desk answers");
        assert_eq!(answer.status().as_u16(), 200, "an officer may see it");
        answer.body_mut().read_to_vec().expect("the answer arrives")
    }

    fn send(&self, url: &str, origin: &str, mime: &str, body: &[u8]) -> Result<Vec<u8>, Refused> {
        self.try_send(url, origin, mime, body)
            .expect("the desk answers")
    }

    /// The outer error: no answer came, because the hub went away.
    fn try_send(
        &self,
        url: &str,
        origin: &str,
        mime: &str,
        body: &[u8],
    ) -> Result<Result<Vec<u8>, Refused>, ureq::Error> {
        let mut request = self
            .agent
            .post(url)
            .header("Origin", origin)
            .header("Content-Type", mime);
        if let Some(cookie) = &*self.cookie.borrow() {
            request = request.header("Cookie", cookie);
        }
        let mut answer = request.send(body)?;
        if let Some(set) = answer.headers().get("set-cookie") {
            let set = set.to_str().expect("a cookie is text");
            *self.cookie.borrow_mut() = set.split(';').next().map(str::to_owned);
        }
        let status = answer.status().as_u16();
        let bytes = answer.body_mut().read_to_vec()?;
        Ok(match status {
            200..300 => Ok(bytes),
            _ => Err(Refused {
                status,
                failure: serde_json::from_slice(&bytes).ok(),
            }),
        })
    }
}
