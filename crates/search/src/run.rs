//! Word lists as they are stored: in runs, each of the texts that were added together.
//!
//! A run numbers its texts from 0, the oldest first; beside its lists it has the keys of its texts. Both are kept
//! framed, with the run's number before them, so that those of several runs can be put one after another and still be
//! told apart: `varint(run) varint(length) bytes`. Lists are as [`WordList`](crate::index::WordList) has them, keys are
//! the newest first: their count, the first key, then the distance to each next one, all varints.

use crate::varint;

/// A stored run or list does not follow the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("word lists do not follow their format")]
pub struct BadLists;

/// Puts `bytes` in a frame.
pub fn framed(run: u32, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 8);
    varint::put(run.into(), &mut out);
    varint::put(bytes.len() as u64, &mut out);
    out.extend_from_slice(bytes);
    out
}

/// Run and contents of each of some frames.
pub fn frames(mut bytes: &[u8]) -> impl Iterator<Item = Result<(u32, &[u8]), BadLists>> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let next = frame(&mut bytes);
        if next.is_none() {
            bytes = &[];
        }
        Some(next.ok_or(BadLists))
    })
}

fn frame<'a>(bytes: &mut &'a [u8]) -> Option<(u32, &'a [u8])> {
    let run = u32::try_from(varint::take(bytes)?).ok()?;
    let length = usize::try_from(varint::take(bytes)?).ok()?;
    let (inside, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some((run, inside))
}

/// What is stored of the keys of a run's texts. `ascending`: the oldest text first, no key twice, none below zero.
pub fn keys(ascending: &[i64]) -> Vec<u8> {
    let mut out = Vec::with_capacity(ascending.len() * 4 + 10);
    varint::put(ascending.len() as u64, &mut out);
    let mut before: Option<u64> = None;
    for key in ascending.iter().rev() {
        let key = key.unsigned_abs();
        varint::put(before.map_or(key, |before| before.abs_diff(key)), &mut out);
        before = Some(key);
    }
    out
}

/// Keys of a run's texts, read as far as they are asked for.
#[derive(Clone, Debug)]
pub struct Keys<'a> {
    count: u32,
    rest: &'a [u8],
    read: u32,
    last: u64,
}

impl<'a> Keys<'a> {
    /// Of stored ones.
    ///
    /// # Errors
    /// They claim more keys than there are bytes.
    pub fn of(mut bytes: &'a [u8]) -> Result<Self, BadLists> {
        let count = varint::take(&mut bytes).ok_or(BadLists)?;
        let count = u32::try_from(count).map_err(|_| BadLists)?;
        if count as usize > bytes.len() {
            return Err(BadLists);
        }
        Ok(Self {
            count,
            rest: bytes,
            read: 0,
            last: 0,
        })
    }

    /// Texts of the run.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Position and key of the newest text that was not given yet; none after the oldest.
    ///
    /// # Errors
    /// They do not follow the format.
    pub fn next_newest(&mut self) -> Result<Option<(u32, i64)>, BadLists> {
        if self.read == self.count {
            return Ok(None);
        }
        let number = varint::take(&mut self.rest).ok_or(BadLists)?;
        let key = match self.read {
            0 => number,
            _ => self.last.checked_sub(number).ok_or(BadLists)?,
        };
        self.last = key;
        self.read += 1;
        let key = i64::try_from(key).map_err(|_| BadLists)?;
        Ok(Some((self.count - self.read, key)))
    }

    /// All keys, the oldest text's first.
    ///
    /// # Errors
    /// They do not follow the format.
    pub fn ascending(mut self) -> Result<Vec<i64>, BadLists> {
        let mut out = Vec::with_capacity(self.count as usize);
        while let Some((_, key)) = self.next_newest()? {
            out.push(key);
        }
        out.reverse();
        Ok(out)
    }
}

/// Calls `with` for each position of a list, in ascending order.
pub(crate) fn each_text(mut list: &[u8], mut with: impl FnMut(u32)) -> Result<(), BadLists> {
    let mut after: u32 = 0;
    while let Some((byte, rest)) = list.split_first() {
        // Nearly all distances are short.
        let distance = if *byte < 0x80 {
            list = rest;
            u32::from(*byte)
        } else {
            let number = varint::take(&mut list).ok_or(BadLists)?;
            u32::try_from(number).map_err(|_| BadLists)?
        };
        after = after.checked_add(distance).ok_or(BadLists)?;
        with(after.checked_sub(1).ok_or(BadLists)?);
    }
    Ok(())
}

/// Merges lists of one word out of several runs into one of a new run. `places`: where each run's texts stand in the new
/// one, none for what is gone; one entry for each of `lists`.
///
/// # Errors
/// A list does not follow the format, or names a text that its run does not have.
pub fn merged(lists: &[(&[Option<u32>], &[u8])]) -> Result<Vec<u8>, BadLists> {
    let mut texts = Vec::<u32>::new();
    for (places, list) in lists {
        let mut known = true;
        each_text(list, |text| match places.get(text as usize) {
            Some(place) => texts.extend(place),
            None => known = false,
        })?;
        if !known {
            return Err(BadLists);
        }
    }
    if lists.len() > 1 {
        texts.sort_unstable();
    }
    let mut out = Vec::with_capacity(texts.len() + 8);
    let mut before = 0;
    for text in texts {
        varint::put(u64::from(text + 1 - before), &mut out);
        before = text + 1;
    }
    Ok(out)
}
