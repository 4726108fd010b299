//! Packs as lists of records: dropped, doubled, exchanged, put into one another, their lengths lied about, and
//! all checks and hashes made right again, which no change of bits would ever do.

use bantin_model::id::Hash;
use bantin_model::pack::{FRAME_BYTES, HEADER_BYTES, RecordKind};

use super::cbor;
use crate::chance::Chance;

const MARK: [u8; 4] = [0xb7, b'B', b'T', b'R'];
const TEXT: &[u8] = b"bantin pack record v1\0";

/// One record.
#[derive(Clone, Debug)]
pub struct Part {
    kind: u16,
    /// What the frame says the body's length is; none = the truth.
    length: Option<u32>,
    /// What the frame says the body's hash is; none = the truth.
    hash: Option<Hash>,
    /// Whether the frame's check holds.
    sound: bool,
    body: Vec<u8>,
}

/// The records of a whole pack, the last one among them.
pub fn read(bytes: &[u8]) -> Vec<Part> {
    let mut rest = bytes.get(HEADER_BYTES..).unwrap_or_default();
    let mut parts = Vec::new();
    while let Some((frame, after)) = rest.split_first_chunk::<FRAME_BYTES>() {
        let kind = u16::from_le_bytes([frame[4], frame[5]]);
        let length = u32::from_le_bytes([frame[8], frame[9], frame[10], frame[11]]);
        let (body, after) = after.split_at((length as usize).min(after.len()));
        rest = after;
        parts.push(Part {
            kind,
            length: None,
            hash: None,
            sound: true,
            body: body.to_vec(),
        });
    }
    parts
}

/// Changes `parts` in one to four places; `other` lends records. `header` is what stands before them.
pub fn mutate(header: &[u8], parts: &[Part], other: &[Part], chance: &mut Chance) -> Vec<u8> {
    let mut parts = parts.to_vec();
    for _ in 0..1 << chance.below(3) {
        change(&mut parts, other, chance);
    }
    if !chance.one_in(4) {
        end_again(&mut parts);
    }
    let mut out = header.to_vec();
    parts.iter().for_each(|part| part.put(&mut out));
    out
}

fn change(parts: &mut Vec<Part>, other: &[Part], chance: &mut Chance) {
    if parts.is_empty() {
        parts.extend_from_slice(other);
    }
    let (at, to) = (chance.below(parts.len()), chance.below(parts.len()));
    match chance.below(10) {
        0 => drop(parts.remove(at)),
        1 => parts.insert(to, parts[at].clone()),
        2 => parts.swap(at, to),
        3 => parts.extend(chance.pick(other).cloned()),
        4 => parts[at].length = Some(length(&parts[at], chance)),
        5 => parts[at].kind = kind(chance),
        6 => parts[at].hash = Some(Hash::of(&chance.draw().to_le_bytes())),
        7 => parts[at].sound = false,
        8 => {
            // A pack within a record: where its frame does not hold, what is inside comes to light.
            let inner = parts[to].clone();
            inner.put(&mut parts[at].body);
        }
        _ => {
            let mut body = std::mem::take(&mut parts[at].body);
            body = changed(&body, &parts[to].body, chance);
            parts[at].body = body;
        }
    }
}

/// A length near the truth, or one that parsers like to get wrong.
fn length(part: &Part, chance: &mut Chance) -> u32 {
    let length = part.body.len() as u32;
    match chance.below(4) {
        0 => length.wrapping_add(1),
        1 => length.wrapping_sub(1),
        2 => length + FRAME_BYTES as u32,
        _ => chance.edge() as u32,
    }
}

fn kind(chance: &mut Chance) -> u16 {
    match chance.one_in(3) {
        true => chance.edge() as u16,
        false => *chance
            .pick(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, RecordKind::END.0])
            .unwrap_or(&0),
    }
}

/// Another body of the same kind: its items changed if it has any, else its bytes.
fn changed(body: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    match cbor::read(body).filter(|items| !items.is_empty()) {
        Some(mut items) => {
            cbor::mutate(&mut items, &cbor::read(other).unwrap_or_default(), chance);
            cbor::write(&items)
        }
        None => {
            let mut bytes = body.to_vec();
            super::mutate(&mut bytes, other, chance, 64 << 10);
            bytes
        }
    }
}

/// Makes the last record name those before it, as a whole pack's does.
fn end_again(parts: &mut Vec<Part>) {
    parts.retain(|part| part.kind != RecordKind::END.0);
    let named: Vec<u8> = parts
        .iter()
        .flat_map(|part| {
            let kind = part.kind.to_le_bytes();
            kind.into_iter().chain(part.hash().0)
        })
        .collect();
    let end = crate::seed::map([
        (0, crate::seed::number(parts.len() as u64)),
        (1, crate::seed::bytes(&Hash::of(&named).0)),
    ]);
    parts.push(Part {
        kind: RecordKind::END.0,
        length: None,
        hash: None,
        sound: true,
        body: crate::seed::one(&end),
    });
}

impl Part {
    fn hash(&self) -> Hash {
        self.hash.unwrap_or_else(|| Hash::of(&self.body))
    }

    fn put(&self, out: &mut Vec<u8>) {
        let begin = out.len();
        out.extend(MARK);
        out.extend(self.kind.to_le_bytes());
        out.extend([0, 0]);
        out.extend(self.length.unwrap_or(self.body.len() as u32).to_le_bytes());
        out.extend(self.hash().0);
        let check = Hash::of_parts(&[TEXT, &out[begin..]]);
        let check = if self.sound { check } else { Hash([0; 32]) };
        out.extend(&check.0[..8]);
        out.extend(&self.body);
    }
}
