//! A meter between a device and its hub: a TCP proxy on loopback that counts what passes.
//!
//! It counts the bytes of HTTP/1.1 as they travel, heads included, the requests, the connections and
//! the round trips: how often the device spoke again after it had been answered.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What passed since the last [`Meter::take`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Bytes from the device to the hub.
    pub up_bytes: u64,
    /// Bytes from the hub to the device.
    pub down_bytes: u64,
    /// HTTP requests.
    pub requests: u64,
    /// Times the device spoke after the hub had answered, the first time included.
    pub round_trips: u64,
    /// TCP connections.
    pub connections: u64,
}

#[derive(Debug, Default)]
struct Counts {
    traffic: Traffic,
    answered: bool,
}

/// The proxy; it stops with the process.
#[derive(Debug)]
pub struct Meter {
    address: SocketAddr,
    counts: Arc<Mutex<Counts>>,
}

impl Meter {
    /// A proxy to `hub` on a free port of 127.0.0.1.
    pub fn start(hub: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let counts = Arc::new(Mutex::new(Counts {
            answered: true,
            ..Counts::default()
        }));
        let shared = Arc::clone(&counts);
        thread::spawn(move || {
            for device in listener.incoming().flatten() {
                let counts = Arc::clone(&shared);
                thread::spawn(move || relay(device, hub, &counts));
            }
        });
        Ok(Self { address, counts })
    }

    /// Where a device finds the hub through this meter.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What passed since the last call; counting begins anew.
    pub fn take(&self) -> Traffic {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let traffic = counts.traffic;
        *counts = Counts {
            answered: true,
            ..Counts::default()
        };
        traffic
    }
}

fn relay(device: TcpStream, hub: SocketAddr, counts: &Arc<Mutex<Counts>>) {
    let Ok(upstream) = TcpStream::connect(hub) else {
        return;
    };
    with(counts, |counts| counts.traffic.connections += 1);
    let (Ok(device_out), Ok(hub_in)) = (device.try_clone(), upstream.try_clone()) else {
        return;
    };
    let back = Arc::clone(counts);
    let down = thread::spawn(move || {
        pump(hub_in, device_out, |chunk| {
            with(&back, |counts| {
                counts.traffic.down_bytes += chunk.len() as u64;
                counts.answered = true;
            });
        });
    });
    pump(device, upstream, |chunk| {
        with(counts, |counts| {
            counts.traffic.up_bytes += chunk.len() as u64;
            counts.traffic.requests += request_lines(chunk);
            counts.traffic.round_trips += u64::from(counts.answered);
            counts.answered = false;
        });
    });
    // The counting of the other direction ends when its socket does.
    let _ = down.join();
}

fn with(counts: &Mutex<Counts>, change: impl FnOnce(&mut Counts)) {
    change(&mut counts.lock().unwrap_or_else(PoisonError::into_inner));
}

fn pump(mut from: TcpStream, mut to: TcpStream, mut seen: impl FnMut(&[u8])) {
    let mut buffer = vec![0u8; 64 << 10];
    while let Ok(count) = from.read(&mut buffer) {
        let Some(chunk) = buffer.get(..count).filter(|chunk| !chunk.is_empty()) else {
            break;
        };
        seen(chunk);
        if to.write_all(chunk).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

/// Request lines in a chunk. Bodies here are CBOR and ciphertext, in which ` HTTP/1.1\r\n` does not occur.
fn request_lines(chunk: &[u8]) -> u64 {
    const END: &[u8] = b" HTTP/1.1\r\n";
    chunk
        .windows(END.len())
        .filter(|window| *window == END)
        .count() as u64
}
