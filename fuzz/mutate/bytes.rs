//! Changes that know nothing of the format: bits, bytes, lengths, blocks.

use crate::chance::Chance;

/// Changes `input` in one to eight places; `other` lends blocks. The result has at most `limit` bytes.
pub fn mutate(input: &mut Vec<u8>, other: &[u8], chance: &mut Chance, limit: usize) {
    let times = 1 << chance.below(4);
    for _ in 0..times {
        change(input, other, chance);
    }
    input.truncate(limit);
}

fn change(input: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    let at = chance.below(input.len());
    match chance.below(12) {
        0..=2 => flip(input, at, chance),
        3 | 4 => {
            if let Some(byte) = input.get_mut(at) {
                *byte = chance.edge() as u8;
            }
        }
        5 => number(input, at, chance),
        6 => input.truncate(at),
        7 => {
            let until = (at + 1 + chance.below(32)).min(input.len());
            input.drain(at.min(until)..until);
        }
        8 => {
            let block: Vec<u8> = (0..1 + chance.below(16))
                .map(|_| chance.draw() as u8)
                .collect();
            input.splice(at..at, block);
        }
        9 => copy_within(input, at, chance),
        10 => splice(input, at, other, chance),
        _ => {
            let byte = chance.edge() as u8;
            let until = (at + chance.below(64)).min(input.len());
            if let Some(range) = input.get_mut(at..until) {
                range.fill(byte);
            }
        }
    }
}

fn flip(input: &mut [u8], at: usize, chance: &mut Chance) {
    if let Some(byte) = input.get_mut(at) {
        *byte ^= 1 << chance.below(8);
    }
}

/// Writes a number of one to eight bytes, either way round: many formats have their lengths so.
fn number(input: &mut [u8], at: usize, chance: &mut Chance) {
    let value = chance.edge();
    let width = 1usize << chance.below(4);
    let bytes = match chance.one_in(2) {
        true => value.to_le_bytes(),
        false => value.rotate_right(8 * width as u32).to_be_bytes(),
    };
    for (to, from) in input.iter_mut().skip(at).zip(bytes.iter().take(width)) {
        *to = *from;
    }
}

fn copy_within(input: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let from = chance.below(input.len());
    let until = (from + 1 + chance.below(64)).min(input.len());
    let block = input.get(from..until).unwrap_or_default().to_vec();
    input.splice(at..at, block);
}

/// Takes over where another valid input goes on.
fn splice(input: &mut Vec<u8>, at: usize, other: &[u8], chance: &mut Chance) {
    let from = chance.below(other.len());
    match chance.one_in(2) {
        true => {
            input.truncate(at);
            input.extend_from_slice(other.get(from..).unwrap_or_default());
        }
        false => {
            let until = (from + 1 + chance.below(128)).min(other.len());
            let block = other.get(from..until).unwrap_or_default().to_vec();
            let end = (at + block.len()).min(input.len());
            input.splice(at..end, block);
        }
    }
}
