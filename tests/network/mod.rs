//! A network that fails on purpose: a proxy on the loopback address between a device and its hub. It
//! understands requests, so a fault can be tied to what is asked and to the moment in its way.

mod crossing;
mod fault;
mod line;
mod message;
mod profile;
mod relay;

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

pub use crossing::{COST_MAX, Crossing, Fair, named};
pub use fault::{Fault, Moment, Rule};
pub use line::Line;
pub use profile::{PROFILES, Profile};

/// One request as the proxy saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// `GET`, `POST`, …
    pub method: String,
    /// The address asked for.
    pub path: String,
    /// The status that the hub gave; none if no answer came.
    pub status: Option<u16>,
    /// Bytes of the request, head and body.
    pub sent: usize,
    /// Bytes of the answer, head and body.
    pub received: usize,
}

/// The proxy. It stops taking connections when it goes.
pub struct Network {
    address: SocketAddr,
    state: Arc<State>,
}

/// What all connections share.
struct State {
    hub: Mutex<SocketAddr>,
    up: AtomicBool,
    closed: AtomicBool,
    rules: Mutex<Vec<Rule>>,
    seen: Mutex<Vec<Seen>>,
    open: Mutex<Vec<TcpStream>>,
}

/// A moment at which the proxy holds a request until the test has done its deed.
pub struct Held {
    reached: Receiver<Sender<()>>,
}

/// Holds the request as long as it lives.
pub struct Hold {
    _release: Sender<()>,
}

impl Network {
    /// A network that leads to `hub`, in order until told otherwise.
    pub fn to(hub: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on the loopback address");
        let address = listener.local_addr().expect("a bound port");
        let state = Arc::new(State {
            hub: Mutex::new(hub),
            up: AtomicBool::new(true),
            closed: AtomicBool::new(false),
            rules: Mutex::default(),
            seen: Mutex::default(),
            open: Mutex::default(),
        });
        let shared = Arc::clone(&state);
        thread::spawn(move || accept(&listener, &shared));
        Self { address, state }
    }

    /// Where devices reach the hub.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Leads to another hub from now on (one that was started again has another port).
    pub fn lead_to(&self, hub: SocketAddr) {
        *self.state.hub.lock().unwrap() = hub;
        self.drop_open();
    }

    /// Takes the network away: every connection breaks, every new one too.
    pub fn cut(&self) {
        self.state.up.store(false, Ordering::SeqCst);
        self.drop_open();
    }

    /// Brings the network back, without faults.
    pub fn mend(&self) {
        self.state.rules.lock().unwrap().clear();
        self.state.up.store(true, Ordering::SeqCst);
    }

    /// Adds a fault.
    pub fn fail(&self, rule: Rule) {
        self.state.rules.lock().unwrap().push(rule);
    }

    /// Holds the next request for `path` at `moment`.
    pub fn hold(&self, path: &str, moment: Moment) -> Held {
        let (sender, reached) = channel();
        self.fail(Rule::once(path, Fault::Hold(moment, sender)));
        Held { reached }
    }

    /// What was asked since the last call.
    pub fn take_seen(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.state.seen.lock().unwrap())
    }

    fn drop_open(&self) {
        for stream in self.state.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
    }
}

impl Held {
    /// Waits until the request is there; it stays held until the answer is dropped.
    pub fn wait(self) -> Hold {
        let release = self.reached.recv_timeout(crate::wait::PATIENCE);
        Hold {
            _release: release.expect("the awaited request never came"),
        }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.state.closed.store(true, Ordering::SeqCst);
        self.cut();
        // The listener waits for a connection; this one tells it to end.
        let _ = TcpStream::connect(self.address);
    }
}

fn accept(listener: &TcpListener, state: &Arc<State>) {
    for stream in listener.incoming().flatten() {
        if state.closed.load(Ordering::SeqCst) {
            return;
        }
        if !state.up.load(Ordering::SeqCst) {
            continue;
        }
        if let Ok(copy) = stream.try_clone() {
            state.open.lock().unwrap().push(copy);
        }
        let state = Arc::clone(state);
        thread::spawn(move || relay::serve(stream, &state));
    }
}
