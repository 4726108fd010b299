//! A meter between a device and its hub: a TCP proxy on loopback that counts what passes.
//!
//! It counts the bytes of HTTP/1.1 as they travel, heads included, the requests, the connections and
//! the round trips: how often the device asked again after it had been answered. There is no TLS between
//! them; its handshake and its few bytes per record come on top.

mod link;
mod request;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

pub use link::Link;
pub use request::{Request, Requests};

use link::{Lane, Life};

/// What passed since the last [`Meter::take`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Bytes from the device to the hub.
    pub up_bytes: u64,
    /// Bytes from the hub to the device.
    pub down_bytes: u64,
    /// Requests that began after the hub had answered, the first one included. Of two that are under way
    /// together the second waits for nothing.
    pub round_trips: u64,
    /// TCP connections.
    pub connections: u64,
    /// HTTP requests in the order in which they began.
    pub requests: Vec<Request>,
}

impl Traffic {
    /// Size of the largest body sent to `path`, in bytes; 0 if there was none.
    pub fn body_bytes(&self, path: &str) -> u64 {
        let to = self.requests.iter().filter(|r| r.path == path);
        to.map(|request| request.body_bytes).max().unwrap_or(0)
    }

    /// Bytes in both directions.
    pub fn bytes(&self) -> u64 {
        self.up_bytes + self.down_bytes
    }

    /// How many requests there were of each kind, such as `1 GET heads, 2 GET segments`.
    pub fn kinds(&self) -> String {
        let mut kinds = BTreeMap::<String, u64>::new();
        for request in &self.requests {
            // What follows the version in a path of ours says what is asked for; the rest names one of them.
            let noun = request.path.split('/').nth(2).unwrap_or_default();
            let kind = format!("{} {noun}", request.method);
            *kinds.entry(kind).or_default() += 1;
        }
        let kinds = kinds.iter().map(|(kind, count)| format!("{count} {kind}"));
        kinds.collect::<Vec<_>>().join(", ")
    }
}

#[derive(Debug)]
struct State {
    hub: SocketAddr,
    link: Link,
    traffic: Traffic,
    /// No request began since the last answer.
    answered: bool,
}

/// The proxy; it stops with the process.
#[derive(Clone, Debug)]
pub struct Meter {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    /// Up and down.
    lanes: Arc<[Lane; 2]>,
}

impl Meter {
    /// A proxy to `hub` on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// No port can be had.
    pub fn start(hub: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let state = State {
            hub,
            link: Link::default(),
            traffic: Traffic::default(),
            answered: true,
        };
        let meter = Self {
            address,
            state: Arc::new(Mutex::new(state)),
            lanes: Arc::default(),
        };
        let shared = meter.clone();
        thread::spawn(move || {
            for device in listener.incoming().flatten() {
                let meter = shared.clone();
                thread::spawn(move || meter.relay(device));
            }
        });
        Ok(meter)
    }

    /// Where a device finds the hub through this meter.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Connections that begin from now on go to `hub`.
    pub fn lead_to(&self, hub: SocketAddr) {
        self.state().hub = hub;
    }

    /// Connections that begin from now on go over such a line.
    pub fn over(&self, link: Link) {
        self.state().link = link;
    }

    /// What passed since the last call; counting begins anew.
    pub fn take(&self) -> Traffic {
        let mut state = self.state();
        state.answered = true;
        std::mem::take(&mut state.traffic)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn relay(&self, device: TcpStream) {
        let (hub, link) = {
            let state = self.state();
            (state.hub, state.link)
        };
        let Ok(upstream) = TcpStream::connect(hub) else {
            return;
        };
        // What is passed on at once arrives as it was sent.
        let _ = (device.set_nodelay(true), upstream.set_nodelay(true));
        self.state().traffic.connections += 1;
        let (Ok(device_out), Ok(hub_in)) = (device.try_clone(), upstream.try_clone()) else {
            return;
        };
        let life = Arc::new(Life::new(link));
        let (back, shared) = (self.clone(), life.clone());
        let down = thread::spawn(move || {
            let [_, lane] = &*back.lanes;
            pump(hub_in, device_out, &link, lane, &shared, |chunk| {
                let mut state = back.state();
                state.traffic.down_bytes += chunk.len() as u64;
                state.answered = true;
            });
        });
        let mut requests = Requests::default();
        let [lane, _] = &*self.lanes;
        pump(device, upstream, &link, lane, &life, |chunk| {
            let begun = requests.read(chunk);
            let mut state = self.state();
            state.traffic.up_bytes += chunk.len() as u64;
            // The rest of a long body waits for nothing, even if another connection was answered meanwhile.
            if !begun.is_empty() {
                state.traffic.round_trips += u64::from(state.answered);
                state.answered = false;
            }
            state.traffic.requests.extend(begun);
        });
        // The counting of the other direction ends when its socket does.
        let _ = down.join();
    }
}

fn pump(
    mut from: TcpStream,
    mut to: TcpStream,
    link: &Link,
    lane: &Lane,
    life: &Life,
    mut seen: impl FnMut(&[u8]),
) {
    let mut buffer = vec![0u8; link.piece_bytes()];
    while let Ok(count) = from.read(&mut buffer) {
        let Some(chunk) = buffer.get(..count).filter(|chunk| !chunk.is_empty()) else {
            break;
        };
        let passing = chunk.get(..life.take(count)).unwrap_or_default();
        lane.carry(link, passing.len());
        seen(passing);
        let written = to.write_all(passing);
        if passing.len() < count {
            // What has arrived can still be read; nothing more comes, on either side.
            let _ = (to.shutdown(Shutdown::Both), from.shutdown(Shutdown::Both));
            return;
        }
        if written.is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    /// A hub that answers every read with `answer`.
    fn hub(answer: &'static [u8]) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for mut device in listener.incoming().flatten() {
                let mut asked = [0; 1024];
                while device.read(&mut asked).is_ok_and(|count| count > 0) {
                    device.write_all(answer).unwrap();
                }
            }
        });
        address
    }

    #[test]
    fn every_byte_and_every_turn_is_counted() {
        let answer = b"HTTP/1.1 304 Not Modified\r\n\r\n";
        let meter = Meter::start(hub(answer)).unwrap();
        let mut device = TcpStream::connect(meter.address()).unwrap();
        let ask = b"GET /v1/heads/vn HTTP/1.1\r\nHost: hub\r\n\r\n";
        for _ in 0..2 {
            device.write_all(ask).unwrap();
            let mut heard = vec![0; answer.len()];
            device.read_exact(&mut heard).unwrap();
        }
        let traffic = meter.take();
        assert_eq!(traffic.up_bytes, 2 * ask.len() as u64, "heads are paid for");
        assert_eq!(traffic.down_bytes, 2 * answer.len() as u64);
        assert_eq!(traffic.requests.len(), 2);
        assert_eq!(
            traffic.kinds(),
            "2 GET heads",
            "a reader sees what they were for"
        );
        assert_eq!(
            traffic.round_trips, 2,
            "the second question waited for an answer"
        );
        assert_eq!(traffic.connections, 1, "both went through one connection");
        assert_eq!(meter.take(), Traffic::default(), "counting begins anew");
    }
    #[test]
    fn the_rest_of_a_long_body_is_no_round_trip() {
        let answer = b"HTTP/1.1 202 Accepted\r\n\r\n";
        let meter = Meter::start(hub(answer)).unwrap();
        let mut device = TcpStream::connect(meter.address()).unwrap();
        let head = b"PUT /v1/attachments/00 HTTP/1.1\r\nContent-Length: 8\r\n\r\n".as_slice();
        for piece in [head, b"a ph".as_slice(), b"oto!".as_slice()] {
            device.write_all(piece).unwrap();
            let mut heard = vec![0; answer.len()];
            device.read_exact(&mut heard).unwrap();
        }
        let traffic = meter.take();
        assert_eq!(
            (traffic.requests.len(), traffic.round_trips),
            (1, 1),
            "answers that come while a photo still leaves hold nothing up"
        );
    }

    #[test]
    fn a_cut_line_brings_what_came_before_the_cut() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n12345678901234567890";
        let meter = Meter::start(hub(answer)).unwrap();
        let ask = b"GET /v1/heads/vn HTTP/1.1\r\n\r\n";
        meter.over(Link {
            cut_after_bytes: Some(ask.len() as u64 + 30),
            ..Link::default()
        });
        let mut device = TcpStream::connect(meter.address()).unwrap();
        device.write_all(ask).unwrap();
        let mut heard = Vec::new();
        device.read_to_end(&mut heard).unwrap();
        assert_eq!(heard, answer[..30], "a phone can keep what it has");
        assert_eq!(meter.take().down_bytes, 30, "and only that was paid for");
    }
}
