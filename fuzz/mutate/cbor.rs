//! CBOR as a tree that can be made wrong: items deleted, doubled, exchanged, their numbers pushed to an
//! edge, their headers lied about, while everything around them stays well-formed.

use crate::chance::Chance;

/// Deepest nesting read; deeper input is kept as bytes.
const DEPTH_MAX: usize = 24;

/// One item. Byte strings whose content is itself CBOR are entered, because envelopes nest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// Unsigned (major 0), negative (1), or simple (7) with its argument.
    Plain(u8, u64),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A text string.
    Text(Vec<u8>),
    /// A byte string that holds items.
    Nested(Vec<Item>),
    /// An array.
    Array(Vec<Item>),
    /// Keys and values, one after the other.
    Map(Vec<Item>),
    /// A header of this major type and length, and nothing after it.
    Lie(u8, u64),
    /// Bytes as they are.
    Raw(Vec<u8>),
}

/// The items of `bytes`; none if they are not a sequence of whole, definite CBOR items.
pub fn read(bytes: &[u8]) -> Option<Vec<Item>> {
    let mut rest = bytes;
    let mut items = Vec::new();
    while !rest.is_empty() {
        items.push(item(&mut rest, 0)?);
    }
    Some(items)
}

fn item(rest: &mut &[u8], depth: usize) -> Option<Item> {
    let (major, argument) = header(rest)?;
    if depth > DEPTH_MAX {
        return None;
    }
    Some(match major {
        0 | 1 | 7 => Item::Plain(major, argument),
        2 => {
            let (content, after) = rest.split_at_checked(usize::try_from(argument).ok()?)?;
            *rest = after;
            nested(content, depth).unwrap_or_else(|| Item::Bytes(content.to_vec()))
        }
        3 => {
            let (content, after) = rest.split_at_checked(usize::try_from(argument).ok()?)?;
            *rest = after;
            Item::Text(content.to_vec())
        }
        4 => Item::Array(many(rest, argument, depth)?),
        5 => Item::Map(many(rest, argument.checked_mul(2)?, depth)?),
        _ => return None,
    })
}

/// Only what begins as a map or an array is taken for CBOR: keys and hashes are not.
fn nested(content: &[u8], depth: usize) -> Option<Item> {
    let major = content.first()? >> 5;
    if !matches!(major, 4 | 5) {
        return None;
    }
    let mut rest = content;
    let mut items = Vec::new();
    while !rest.is_empty() {
        items.push(item(&mut rest, depth + 1)?);
    }
    Some(Item::Nested(items))
}

fn many(rest: &mut &[u8], count: u64, depth: usize) -> Option<Vec<Item>> {
    if count > rest.len() as u64 {
        return None;
    }
    (0..count).map(|_| item(rest, depth + 1)).collect()
}

fn header(rest: &mut &[u8]) -> Option<(u8, u64)> {
    let (first, after) = rest.split_first()?;
    *rest = after;
    let width = match first & 31 {
        small @ 0..=23 => return Some((first >> 5, u64::from(small))),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return None,
    };
    let (bytes, after) = rest.split_at_checked(width)?;
    *rest = after;
    let argument = bytes
        .iter()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    Some((first >> 5, argument))
}

/// The bytes of `items`.
pub fn write(items: &[Item]) -> Vec<u8> {
    let mut out = Vec::new();
    items.iter().for_each(|item| put(item, &mut out));
    out
}

fn put(item: &Item, out: &mut Vec<u8>) {
    match item {
        Item::Plain(major, argument) | Item::Lie(major, argument) => head(*major, *argument, out),
        Item::Bytes(bytes) => {
            head(2, bytes.len() as u64, out);
            out.extend_from_slice(bytes);
        }
        Item::Text(bytes) => {
            head(3, bytes.len() as u64, out);
            out.extend_from_slice(bytes);
        }
        Item::Nested(items) => put(&Item::Bytes(write(items)), out),
        Item::Array(items) => {
            head(4, items.len() as u64, out);
            items.iter().for_each(|item| put(item, out));
        }
        Item::Map(items) => {
            head(5, items.len() as u64 / 2, out);
            items.iter().for_each(|item| put(item, out));
        }
        Item::Raw(bytes) => out.extend_from_slice(bytes),
    }
}

fn head(major: u8, argument: u64, out: &mut Vec<u8>) {
    let major = major << 5;
    let wide = argument.to_be_bytes();
    match argument {
        0..=23 => out.push(major | argument as u8),
        24..=0xff => out.extend([major | 24, argument as u8]),
        0x100..=0xffff => {
            out.push(major | 25);
            out.extend_from_slice(&wide[6..]);
        }
        0x1_0000..=0xffff_ffff => {
            out.push(major | 26);
            out.extend_from_slice(&wide[4..]);
        }
        _ => {
            out.push(major | 27);
            out.extend_from_slice(&wide);
        }
    }
}

/// Changes one to four items of `items`; `other` lends items of another valid input.
pub fn mutate(items: &mut Vec<Item>, other: &[Item], chance: &mut Chance) {
    for _ in 0..1 + chance.below(4) {
        let at = chance.below(count(items));
        let mut left = at;
        visit(items, &mut left, &mut |all, here| {
            change(all, here, other, chance);
        });
    }
}

/// Number of items, those inside included.
fn count(items: &[Item]) -> usize {
    let inside = |item: &Item| match item {
        Item::Nested(items) | Item::Array(items) | Item::Map(items) => count(items),
        _ => 0,
    };
    items.iter().map(|item| 1 + inside(item)).sum()
}

/// Calls `deed` with the list that holds the `left`-th item, and its place there.
fn visit(
    items: &mut Vec<Item>,
    left: &mut usize,
    deed: &mut impl FnMut(&mut Vec<Item>, usize),
) -> bool {
    for here in 0..items.len() {
        if *left == 0 {
            deed(items, here);
            return true;
        }
        *left -= 1;
        let inside = match items.get_mut(here) {
            Some(Item::Nested(inside) | Item::Array(inside) | Item::Map(inside)) => inside,
            _ => continue,
        };
        if visit(inside, left, deed) {
            return true;
        }
    }
    false
}

fn change(all: &mut Vec<Item>, here: usize, other: &[Item], chance: &mut Chance) {
    let Some(item) = all.get_mut(here) else {
        return;
    };
    match chance.below(10) {
        0 => {
            all.remove(here);
        }
        1 => {
            let copy = item.clone();
            all.insert(here, copy);
        }
        2 => *item = lent(other, chance),
        3 => all.insert(here, lent(other, chance)),
        4 => *item = Item::Lie(chance.below(8) as u8, chance.edge()),
        5 => *item = odd(chance),
        6 => {
            let with = chance.below(all.len());
            all.swap(here, with);
        }
        _ => inside(item, chance),
    }
}

/// Any item of another input, from any depth.
fn lent(other: &[Item], chance: &mut Chance) -> Item {
    match chance.pick(other) {
        Some(Item::Nested(items) | Item::Array(items) | Item::Map(items))
            if !items.is_empty() && !chance.one_in(4) =>
        {
            lent(items, chance)
        }
        Some(item) => item.clone(),
        None => Item::Plain(0, chance.edge()),
    }
}

/// Forms no honest writer uses: indefinite lengths, deep nesting, headers longer than needed, tags.
fn odd(chance: &mut Chance) -> Item {
    let deep = |byte: u8, chance: &mut Chance| vec![byte; 1 << (4 + chance.below(13))];
    Item::Raw(match chance.below(7) {
        0 => vec![0x9f, 0x01, 0xff],
        1 => vec![0xbf, 0x00, 0x01, 0xff],
        2 => vec![0x5f, 0x41, 0x00, 0xff],
        3 => deep(0x81, chance),
        4 => deep(0x9f, chance),
        5 => vec![0x1b, 0, 0, 0, 0, 0, 0, 0, 1],
        _ => deep(0xc1, chance),
    })
}

fn inside(item: &mut Item, chance: &mut Chance) {
    match item {
        Item::Plain(_, argument) => *argument = chance.edge(),
        Item::Bytes(bytes) | Item::Text(bytes) | Item::Raw(bytes) => {
            super::mutate(bytes, &[0xc4, 0x91, 0xe1, 0xba, 0xbf], chance, 1 << 16);
        }
        Item::Nested(items) | Item::Array(items) | Item::Map(items) => {
            items.truncate(chance.below(items.len() + 1));
        }
        Item::Lie(_, argument) => *argument = chance.edge(),
    }
}
