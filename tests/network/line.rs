//! A line between a device and its hub that knows bytes, not requests: it cuts, slices, slows, stalls,
//! refuses and lies as its [`Profile`] says, the same way for the same seed, and counts what passes.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::Profile;

const PORTAL: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 56\r\n\
    Connection: close\r\n\r\n<html><body>Please sign in to this network</body></html>";

/// The line. It takes no more connections when it goes.
pub struct Line {
    address: SocketAddr,
    state: Arc<State>,
}

struct State {
    hub: SocketAddr,
    profile: Profile,
    chance: Mutex<u64>,
    up: AtomicU64,
    down: AtomicU64,
    closed: AtomicBool,
}

/// What one connection will suffer.
#[derive(Clone, Copy)]
struct Fate {
    cut_up: Option<u64>,
    cut_down: Option<u64>,
    short: bool,
    alter_at: Option<u64>,
}

impl Line {
    /// A line to `hub` as `profile` says.
    pub fn to(hub: SocketAddr, profile: Profile, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on the loopback address");
        let address = listener.local_addr().expect("a bound port");
        let state = Arc::new(State {
            hub,
            profile,
            chance: Mutex::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1),
            up: AtomicU64::new(0),
            down: AtomicU64::new(0),
            closed: AtomicBool::new(false),
        });
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if shared.closed.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&shared);
                thread::spawn(move || carry(stream, &shared));
            }
        });
        Self { address, state }
    }

    /// Where devices reach the hub.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Bytes that passed, up and down; what was cut off before it arrived is not counted.
    pub fn passed(&self) -> u64 {
        self.state.up.load(Ordering::SeqCst) + self.state.down.load(Ordering::SeqCst)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.state.closed.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

impl State {
    fn below(&self, end: u64) -> u64 {
        let mut state = self.chance.lock().unwrap();
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state % end.max(1)
    }

    fn happens(&self, of_hundred: u64) -> bool {
        of_hundred > 0 && self.below(100) < of_hundred
    }

    /// About `bytes`: three quarters to five quarters of it.
    fn about(&self, bytes: u64) -> Option<u64> {
        (bytes > 0).then(|| bytes * 3 / 4 + self.below(bytes / 2))
    }
}

fn carry(device: TcpStream, state: &Arc<State>) {
    let profile = state.profile;
    if state.happens(profile.refused) {
        return;
    }
    pause(profile.delay_ms);
    if state.happens(profile.portal) {
        let mut request = [0; 4096];
        let _ = (&device).read(&mut request);
        let _ = (&device).write_all(PORTAL.as_bytes());
        state.down.fetch_add(PORTAL.len() as u64, Ordering::SeqCst);
        return;
    }
    let Ok(hub) = TcpStream::connect(state.hub) else {
        return;
    };
    let short = state.happens(profile.short);
    let altered = state.happens(profile.altered);
    let fate = Fate {
        cut_up: state.about(profile.cut_up),
        cut_down: match short {
            true => Some(400 + state.below(4_000)),
            false => state.about(profile.cut_down),
        },
        short,
        alter_at: altered.then(|| 600 + state.below(20_000)),
    };
    let copies = (device.try_clone(), hub.try_clone());
    let (Ok(device_too), Ok(hub_too)) = copies else {
        return;
    };
    let shared = Arc::clone(state);
    let upward = thread::spawn(move || {
        let none = Fate {
            short: false,
            alter_at: None,
            ..fate
        };
        pump(&device_too, &hub_too, fate.cut_up, none, &shared, true);
    });
    pump(&hub, &device, fate.cut_down, fate, state, false);
    let _ = upward.join();
}

/// Carries bytes one way until either side ends or the fate is met; then both ways end.
fn pump(
    mut from: &TcpStream,
    mut to: &TcpStream,
    cut: Option<u64>,
    fate: Fate,
    state: &State,
    upward: bool,
) {
    let profile = state.profile;
    let counter = if upward { &state.up } else { &state.down };
    let mut buffer = vec![0; 16 << 10];
    let (mut passed, mut since_stall) = (0u64, 0u64);
    let piece = match profile.slice {
        0 => buffer.len(),
        slice => slice,
    };
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        if let Some(at) = fate
            .alter_at
            .filter(|at| (passed..passed + read as u64).contains(at))
        {
            buffer[(at - passed) as usize] ^= 0x20;
        }
        let left = cut.map_or(read, |cut| {
            cut.saturating_sub(passed).min(read as u64) as usize
        });
        for part in buffer[..left].chunks(piece) {
            if to.write_all(part).is_err() {
                break;
            }
            counter.fetch_add(part.len() as u64, Ordering::SeqCst);
            slow(profile.rate, part.len());
        }
        passed += left as u64;
        since_stall += left as u64;
        if profile.stall_every > 0 && since_stall >= profile.stall_every {
            since_stall = 0;
            pause(profile.stall_ms);
        }
        if cut.is_some_and(|cut| passed >= cut) {
            break;
        }
    }
    // A short answer ends in good order: only its length tells that something is missing.
    let how = if fate.short {
        Shutdown::Write
    } else {
        Shutdown::Both
    };
    let _ = to.shutdown(how);
    let _ = from.shutdown(Shutdown::Both);
}

fn slow(rate: u64, bytes: usize) {
    if let Some(us) = (bytes as u64 * 1_000_000).checked_div(rate) {
        thread::sleep(Duration::from_micros(us)); // poll: the line's speed
    }
}

fn pause(ms: u64) {
    if ms > 0 {
        thread::sleep(Duration::from_millis(ms)); // poll: the line's delay
    }
}
