//! Faults on purpose, each of a kind the runner must catch. They read as the real ones might.

use std::io::Cursor;

use bantin_model::letter::PollRequest;
use bantin_model::pack::{FRAME_BYTES, Lost, scan};

fn first(data: &[u8]) -> Option<u64> {
    let request = PollRequest::from_bytes(data).ok()?;
    request.boxes.first().map(|one| one.after)
}

/// Divides by what a stranger wrote.
pub fn panics(data: &[u8]) -> bool {
    first(data).is_some_and(|after| 1_000 / after < 900)
}

/// Makes room for as much as was announced, to a bound that is far too high.
pub fn allocates(data: &[u8]) -> bool {
    let room = first(data).unwrap_or(0).min(300 << 20) as usize;
    let buffer: Vec<u8> = vec![1; room];
    !std::hint::black_box(&buffer).is_empty()
}

/// Makes room for as much as was announced, whatever that is.
pub fn trusts_a_length(data: &[u8]) -> bool {
    let room = first(data).unwrap_or(0).min(1 << 60) as usize;
    let buffer: Vec<u8> = Vec::with_capacity(room);
    buffer.capacity() > 0
}

/// Counts up to what a stranger wrote.
pub fn never_ends(data: &[u8]) -> bool {
    let until = first(data).unwrap_or(0);
    let mut at = 0u64;
    while at < until {
        at = std::hint::black_box(at + 1);
    }
    at > 0
}

/// One call deeper for every array inside an array.
pub fn descends(data: &[u8]) -> bool {
    fn depth(data: &[u8]) -> usize {
        let room = std::hint::black_box([0u8; 512]);
        match data.split_first() {
            Some((0x81 | 0x9f | 0xc1, rest)) => 1 + depth(rest) + usize::from(room[0]),
            _ => 0,
        }
    }
    let longest = (0..data.len()).find(|at| data.get(*at..at + 8) == Some(&[0x81; 8]));
    longest.is_some_and(|at| depth(&data[at..]) > 0)
}

/// Believes the length in a frame whose check holds, and takes what lies there.
pub fn believes_a_frame(data: &[u8]) -> bool {
    let Ok(contents) = scan(&mut Cursor::new(data)) else {
        return false;
    };
    let framed = contents
        .damages
        .iter()
        .find(|damage| damage.lost == Lost::Cut);
    framed.is_some_and(|damage| {
        let frame = &data[damage.at as usize..][..FRAME_BYTES];
        let length = u32::from_le_bytes([frame[8], frame[9], frame[10], frame[11]]);
        let body = &data[damage.at as usize + FRAME_BYTES..][..length as usize];
        !body.is_empty()
    })
}
