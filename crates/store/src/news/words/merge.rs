//! Merging runs, so that there are few whatever came when.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bantin_search::run::{Keys, frames, merged};
use bantin_search::{Form, WordList};
use sqlx::SqliteConnection;

use super::write::{begin, insert_words};
use crate::{Result, StoreError, column};

/// A run is merged with those after it unless it has more than so many times their records: each record is written again
/// a few times in its life, and a search asks a few runs.
const GROWTH: u64 = 4;
/// Of so many records one may be gone and still be listed.
const STALE_SHARE: u64 = 4;
/// Words read at once of each run.
const WORDS_AT_ONCE: u32 = 256;

/// Merges what has become too many, or too much of what is gone.
pub(in crate::news) async fn merge(tx: &mut SqliteConnection) -> Result<()> {
    let runs: Vec<(u32, i64)> = sqlx::query_as("select id, records from run order by id desc")
        .fetch_all(&mut *tx)
        .await?;
    let stale: i64 = sqlx::query_scalar("select count(*) from stale")
        .fetch_one(&mut *tx)
        .await?;
    let sizes = runs.iter().map(|(_, records)| column::unsigned(*records));
    let all: u64 = sizes.clone().sum();
    let count = if column::unsigned(stale) * STALE_SHARE > all {
        runs.len()
    } else {
        newest_to_merge(sizes)
    };
    let merging = runs.get(..count).unwrap_or_default();
    match (merging, merging.len() == runs.len()) {
        ([], true) => {
            // Nothing is listed: no key is waited for.
            sqlx::query("delete from stale").execute(tx).await?;
            Ok(())
        }
        ([], false) | ([_], false) => Ok(()),
        (merging, all) => {
            let merging: Vec<u32> = merging.iter().rev().map(|(run, _)| *run).collect();
            merge_runs(tx, &merging, all).await
        }
    }
}

/// How many of the newest runs are merged, given how large they are, the newest first; none if all may stay.
fn newest_to_merge(sizes: impl Iterator<Item = u64>) -> usize {
    let (mut count, mut sum) = (0, 0);
    for (at, size) in sizes.enumerate() {
        if at > 0 && size > sum * GROWTH {
            break;
        }
        sum += size;
        count = at + 1;
    }
    if count > 1 { count } else { 0 }
}

/// One run that is merged.
struct Old {
    run: u32,
    /// Where its texts stand in the new one.
    places: Vec<Option<u32>>,
    /// Words read and not merged yet.
    words: VecDeque<WordList>,
    after: Option<(Form, Box<str>)>,
}

async fn merge_runs(tx: &mut SqliteConnection, runs: &[u32], all: bool) -> Result<()> {
    let stale: BTreeSet<i64> = sqlx::query_scalar("select key from stale")
        .fetch_all(&mut *tx)
        .await?
        .into_iter()
        .collect();
    let mut keys_of = BTreeMap::new();
    for run in runs {
        keys_of.insert(*run, keys(tx, *run).await?);
    }
    let listed = keys_of.values().flatten().copied();
    let (gone, kept): (BTreeSet<i64>, BTreeSet<i64>) = listed.partition(|key| stale.contains(key));
    let place_of: BTreeMap<i64, u32> = kept.iter().copied().zip(0..).collect();
    let old = |(run, keys): (u32, Vec<i64>)| Old {
        run,
        places: keys.iter().map(|key| place_of.get(key).copied()).collect(),
        words: VecDeque::new(),
        after: None,
    };
    let mut olds: Vec<Old> = keys_of.into_iter().map(old).collect();
    let kept: Vec<i64> = kept.into_iter().collect();
    if !kept.is_empty() {
        let new = begin(tx, &kept).await?;
        merge_words(tx, &mut olds, new).await?;
    }
    for run in runs {
        for sql in [
            "delete from word where run = ?",
            "delete from run where id = ?",
        ] {
            sqlx::query(sql).bind(run).execute(&mut *tx).await?;
        }
    }
    if all {
        sqlx::query("delete from stale").execute(&mut *tx).await?;
        return Ok(());
    }
    for key in gone {
        let sql = "delete from stale where key = ?";
        sqlx::query(sql).bind(key).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Walks through the words of all `olds` at once.
async fn merge_words(tx: &mut SqliteConnection, olds: &mut [Old], new: u32) -> Result<()> {
    let mut out: Vec<WordList> = Vec::new();
    loop {
        for old in olds.iter_mut() {
            old.read_on(tx).await?;
        }
        let first = olds.iter().filter_map(|old| old.words.front());
        let first = first.map(|word| (word.form, &word.word)).min();
        let first = first.map(|(form, word)| (form, word.clone()));
        if first.is_none() || out.len() >= WORDS_AT_ONCE as usize {
            insert_words(tx, new, &out).await?;
            out.clear();
        }
        let Some((form, word)) = first else {
            return Ok(());
        };
        let mut lists = Vec::new();
        for old in olds.iter_mut() {
            let next = old
                .words
                .pop_front_if(|list| list.form == form && list.word == word);
            if let Some(list) = next {
                lists.push((old.places.as_slice(), list.texts));
            }
        }
        let lists: Vec<_> = lists
            .iter()
            .map(|(places, list)| (*places, list.as_slice()))
            .collect();
        let texts = merged(&lists).map_err(|_| StoreError::Damaged("index"))?;
        if !texts.is_empty() {
            out.push(WordList { form, word, texts });
        }
    }
}

impl Old {
    /// Reads the next words if none are left.
    async fn read_on(&mut self, tx: &mut SqliteConnection) -> Result<()> {
        if !self.words.is_empty() {
            return Ok(());
        }
        let (form, after) = match &self.after {
            Some((form, word)) => (*form as i64, word.as_ref()),
            None => (-1, ""),
        };
        let sql = "select form, word, records from word where run = ? and (form, word) > (?, ?)
                   order by form, word limit ?";
        let rows: Vec<(i64, String, Vec<u8>)> = sqlx::query_as(sql)
            .bind(self.run)
            .bind(form)
            .bind(after)
            .bind(WORDS_AT_ONCE)
            .fetch_all(tx)
            .await?;
        for (form, word, list) in rows {
            let form = match form {
                0 => Form::Folded,
                _ => Form::Exact,
            };
            let texts = inside(&list, self.run)?.to_vec();
            let word = word.into_boxed_str();
            self.words.push_back(WordList { form, word, texts });
        }
        if let Some(last) = self.words.back() {
            self.after = Some((last.form, last.word.clone()));
        }
        Ok(())
    }
}

async fn keys(tx: &mut SqliteConnection, run: u32) -> Result<Vec<i64>> {
    let stored: Vec<u8> = sqlx::query_scalar("select keys from run where id = ?")
        .bind(run)
        .fetch_one(tx)
        .await?;
    let keys = Keys::of(inside(&stored, run)?).and_then(Keys::ascending);
    keys.map_err(|_| StoreError::Damaged("index"))
}

/// What the one frame holds.
fn inside(stored: &[u8], run: u32) -> Result<&[u8]> {
    let mut frames = frames(stored);
    match (frames.next(), frames.next()) {
        (Some(Ok((of, inside))), None) if of == run => Ok(inside),
        _ => Err(StoreError::Damaged("index")),
    }
}

#[cfg(test)]
mod tests {
    use super::newest_to_merge;

    #[test]
    fn a_run_is_merged_until_one_is_much_larger() {
        let merged = |sizes: &[u64]| newest_to_merge(sizes.iter().copied());
        assert_eq!(merged(&[10]), 0, "one alone stays");
        assert_eq!(
            merged(&[10, 10_000]),
            0,
            "the large one is not written again for ten"
        );
        assert_eq!(merged(&[10, 40, 10_000]), 2, "the small ones become one");
        assert_eq!(
            merged(&[10, 40, 200, 10_000]),
            3,
            "and what they sum up to goes on"
        );
        assert_eq!(merged(&[2_500, 10_000]), 2, "in the end all");
    }
}
