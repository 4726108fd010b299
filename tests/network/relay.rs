//! Carrying requests and answers, with the fault that is due.

use std::io::{self, BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Sender, channel};

use super::fault::{self, Fault, Moment};
use super::message::Message;
use super::{Seen, State};

/// What a network with a sign-in page says to everything.
const PORTAL: &str = "<html><body>Please sign in to this network</body></html>";

/// Serves one connection until either side ends it or a fault cuts it.
pub(super) fn serve(device: TcpStream, state: &State) {
    let Ok(reading) = device.try_clone() else {
        return;
    };
    let mut reading = BufReader::new(reading);
    while let Ok(Some(request)) = Message::read(&mut reading, false) {
        match carry(&device, &request, state) {
            Ok(true) => {}
            Ok(false) | Err(_) => break,
        }
    }
    let _ = device.shutdown(std::net::Shutdown::Both);
}

/// Carries one request. False: the connection is to be cut.
fn carry(mut device: &TcpStream, request: &Message, state: &State) -> io::Result<bool> {
    let line = request.first_line();
    let (method, path) = (line[0].clone(), line.get(1).cloned().unwrap_or_default());
    let fault = fault::take(&mut state.rules.lock().unwrap(), &path);
    let note = |answer: Option<&Message>| {
        state.seen.lock().unwrap().push(Seen {
            method: method.clone(),
            path: path.clone(),
            status: answer.and_then(Message::status),
            sent: request.bytes().len(),
            received: answer.map_or(0, |a| a.bytes().len()),
        });
    };
    match &fault {
        Some(Fault::CutBefore) => {
            note(None);
            return Ok(false);
        }
        Some(Fault::CutInside(bytes)) => {
            note(None);
            let mut hub = TcpStream::connect(*state.hub.lock().unwrap())?;
            hub.write_all(&request.head)?;
            hub.write_all(&request.body[..(*bytes).min(request.body.len())])?;
            return Ok(false);
        }
        Some(Fault::Portal) => {
            let length = PORTAL.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n"
            );
            device.write_all(&[head.as_bytes(), PORTAL.as_bytes()].concat())?;
            note(None);
            return Ok(true);
        }
        Some(Fault::Hold(Moment::Asked, reached)) => hold(reached),
        _ => {}
    }
    if !state.up.load(Ordering::SeqCst) {
        return Ok(false);
    }
    let times = if matches!(fault, Some(Fault::Thrice)) {
        3
    } else {
        1
    };
    let mut answer = ask(state, request, &method)?;
    for _ in 1..times {
        answer = ask(state, request, &method)?;
    }
    note(Some(&answer));
    match fault {
        Some(Fault::CutAfter) => return Ok(false),
        Some(Fault::CutAnswer(bytes)) => {
            device.write_all(&answer.head)?;
            device.write_all(&answer.body[..bytes.min(answer.body.len())])?;
            return Ok(false);
        }
        Some(Fault::Alter) => {
            let middle = answer.body.len() / 2;
            if let Some(byte) = answer.body.get_mut(middle) {
                *byte ^= 1;
            }
        }
        Some(Fault::Hold(Moment::Answered, reached)) => hold(&reached),
        _ => {}
    }
    if !state.up.load(Ordering::SeqCst) {
        return Ok(false);
    }
    device.write_all(&answer.bytes())?;
    Ok(answer
        .header("connection")
        .is_none_or(|c| !c.eq_ignore_ascii_case("close")))
}

/// Asks the hub on a connection of its own: what happens to one request touches no other.
fn ask(state: &State, request: &Message, method: &str) -> io::Result<Message> {
    let hub = TcpStream::connect(*state.hub.lock().unwrap())?;
    (&hub).write_all(&request.bytes())?;
    let mut reading = BufReader::new(&hub);
    loop {
        let answer = Message::read(&mut reading, method == "HEAD")?;
        let answer = answer.ok_or(io::ErrorKind::UnexpectedEof)?;
        if answer.status() != Some(100) {
            return Ok(answer);
        }
    }
}

/// Tells the test that the moment has come and waits until it lets go.
fn hold(reached: &Sender<Sender<()>>) {
    let (release, released) = channel::<()>();
    if reached.send(release).is_ok() {
        let _ = released.recv();
    }
}
