//! Which texts have all the words of a query, out of stored word lists: those with the accents as typed first, each
//! kind the newest first.

use std::collections::{BTreeMap, BTreeSet};

use crate::run::{BadLists, Keys, each_text, frames};
use crate::slots::Bits;

/// What the store has for one term of a query: framed lists of every word that satisfies it, of all runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Listed<'a> {
    /// Of exact words.
    pub exact: &'a [u8],
    /// Of folded words.
    pub folded: &'a [u8],
}

/// Keys of the texts that all of `terms` name, at most `limit`. `runs`: framed keys of every run; `gone`: keys that no
/// longer count.
///
/// # Errors
/// Something stored does not follow its format.
pub fn newest(
    runs: &[u8],
    terms: &[Listed<'_>],
    gone: &BTreeSet<i64>,
    limit: usize,
) -> Result<Vec<i64>, BadLists> {
    let runs = frames(runs).map(|frame| frame.and_then(|(run, keys)| Ok((run, Keys::of(keys)?))));
    let runs: BTreeMap<u32, Keys<'_>> = runs.collect::<Result<_, _>>()?;
    let exact = common(&runs, terms, |term| term.exact)?;
    let mut found = page(&runs, &exact, gone, limit)?;
    if found.len() < limit {
        let mut folded = common(&runs, terms, |term| term.folded)?;
        for (run, bits) in &mut folded {
            if let Some(exact) = exact.get(run) {
                bits.take_out(exact);
            }
        }
        found.extend(page(&runs, &folded, gone, limit - found.len())?);
    }
    Ok(found)
}

/// The texts of each run that every term names; no entry where there are none.
fn common<'a>(
    runs: &BTreeMap<u32, Keys<'_>>,
    terms: &[Listed<'a>],
    form: impl Fn(&Listed<'a>) -> &'a [u8],
) -> Result<BTreeMap<u32, Bits>, BadLists> {
    let mut common: Option<BTreeMap<u32, Bits>> = None;
    for term in terms {
        let mut named: BTreeMap<u32, Bits> = BTreeMap::new();
        for frame in frames(form(term)) {
            let (run, list) = frame?;
            let count = runs.get(&run).ok_or(BadLists)?.count();
            if common
                .as_ref()
                .is_some_and(|common| !common.contains_key(&run))
            {
                continue;
            }
            let bits = named
                .entry(run)
                .or_insert_with(|| Bits::empty(count as usize));
            each_text(list, |text| bits.add(text))?;
        }
        common = Some(match common {
            None => named,
            Some(mut common) => {
                common.retain(|run, bits| {
                    let both = named.get(run).map(|named| bits.keep_common(named));
                    both.is_some() && !bits.is_empty()
                });
                common
            }
        });
    }
    Ok(common.unwrap_or_default())
}

/// Keys of the newest texts in `found`.
fn page(
    runs: &BTreeMap<u32, Keys<'_>>,
    found: &BTreeMap<u32, Bits>,
    gone: &BTreeSet<i64>,
    limit: usize,
) -> Result<Vec<i64>, BadLists> {
    let mut out = Vec::new();
    for (run, bits) in found {
        let mut keys = runs.get(run).ok_or(BadLists)?.clone();
        let mut left = limit;
        for wanted in bits.descending() {
            if left == 0 {
                break;
            }
            let key = loop {
                match keys.next_newest()? {
                    Some((text, key)) if text == wanted => break Some(key),
                    Some(_) => {}
                    None => break None,
                }
            };
            let key = key.ok_or(BadLists)?;
            if !gone.contains(&key) {
                out.push(key);
                left -= 1;
            }
        }
    }
    out.sort_unstable_by(|one, other| other.cmp(one));
    out.truncate(limit);
    Ok(out)
}
