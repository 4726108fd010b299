//! The part of a text that shows why it was found, as plain data without markup.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::candidates::Candidates;
use crate::query::Query;
use crate::tokens::{Room, Words, forms_of, span_ranges};

/// A fragment of a text and the stretches of it that matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The fragment, with the original accents, at most the asked number of characters.
    pub text: String,
    /// Byte ranges in `text` to highlight: on character boundaries, rising, not touching.
    pub hits: Vec<Range<usize>>,
    /// True if the original goes on before the fragment.
    pub more_before: bool,
    /// True if the original goes on after the fragment.
    pub more_after: bool,
}

impl Snippet {
    /// The fragment in pieces, each with whether it is to be highlighted.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let mut out = Vec::new();
        let mut at = 0;
        for hit in &self.hits {
            out.push((self.text.get(at..hit.start).unwrap_or_default(), false));
            out.push((self.text.get(hit.clone()).unwrap_or_default(), true));
            at = hit.end;
        }
        out.push((self.text.get(at..).unwrap_or_default(), false));
        out.retain(|(piece, _)| !piece.is_empty());
        out
    }
}

/// A matching token: where it stands in bytes and in characters, and which term it satisfies.
struct Found {
    bytes: Range<usize>,
    chars: Range<usize>,
    term: usize,
}

/// The fragment of `text` with the most different terms of `query`, the earliest of equals, at most
/// `max_chars` characters long and cut between words. Without a match it is the beginning.
pub fn snippet(text: &str, query: &Query, max_chars: usize) -> Snippet {
    let found = read(text, query, max_chars);
    let core = best_window(&found, max_chars);
    let range = widen(text, core, max_chars);
    let cut = text.get(range.clone()).unwrap_or_default();
    Snippet {
        text: cut.to_owned(),
        hits: highlights(&found, &range),
        more_before: range.start > 0,
        more_after: range.end < text.len(),
    }
}

/// The tokens of `text` that match, as far as the fragment can reach: nothing after the first stretch of `max_chars`
/// that holds every term can be better, and reading on is most of the work.
fn read(text: &str, query: &Query, max_chars: usize) -> Vec<Found> {
    let terms = query.terms();
    let mut found = Vec::<Found>::new();
    let (mut counted, mut room) = ((0, 0), Room::default());
    let mut last = text.len();
    for word in Candidates::of(text, terms) {
        if word.range.start >= last {
            break;
        }
        forms_of(text, &word, &mut room, |range, folded, _| {
            let Some(term) = terms.iter().position(|term| term.matches_folded(folded)) else {
                return;
            };
            let start = chars_until(text, &mut counted, range.start);
            let length = count(text, range.clone());
            found.push(Found {
                bytes: range.clone(),
                chars: start..start + length,
                term,
            });
            if last == text.len()
                && let Some(first) = full_window(&found, terms.len(), max_chars)
            {
                last = forward(text, first, max_chars);
            }
        });
    }
    found.retain(|found| found.bytes.start < last);
    found
}

/// The first byte of a stretch that ends with the last match and holds every term.
fn full_window(found: &[Found], terms: usize, max_chars: usize) -> Option<usize> {
    let end = found.last()?.chars.end;
    let first = found.partition_point(|f| end.saturating_sub(f.chars.start) > max_chars);
    let within = found.get(first..)?;
    let all = (0..terms).all(|term| within.iter().any(|f| f.term == term));
    all.then(|| within.first().map(|f| f.bytes.start))?
}

/// Characters before byte `at`, continuing from the (byte, characters) counted last.
fn chars_until(text: &str, counted: &mut (usize, usize), at: usize) -> usize {
    counted.1 += count(text, counted.0..at);
    counted.0 = at;
    counted.1
}

fn count(text: &str, range: Range<usize>) -> usize {
    text.get(range).map_or(0, |part| part.chars().count())
}

/// Characters of `part`, or `enough` if there are as many or more: what needs no number is not counted.
fn count_up_to(part: Option<&str>, enough: usize) -> usize {
    let part = part.unwrap_or_default();
    // A character takes at most four bytes.
    if part.len() / 4 >= enough {
        return enough;
    }
    part.chars().count().min(enough)
}

/// The byte range from the first to the last match of the best window; empty at 0 without one.
fn best_window(found: &[Found], max_chars: usize) -> Range<usize> {
    let mut best: Option<(u32, Range<usize>)> = None;
    for (at, first) in found.iter().enumerate() {
        let mut seen = 0_u64;
        let mut end = first.bytes.end;
        for later in found.iter().skip(at) {
            if later.chars.end.saturating_sub(first.chars.start) > max_chars {
                break;
            }
            seen |= 1 << (later.term % 64);
            end = end.max(later.bytes.end);
        }
        let score = seen.count_ones();
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, first.bytes.start..end));
        }
    }
    best.map_or(0..0, |(_, range)| range)
}

/// Adds context around `core` up to the budget: a third before, the rest after, at word borders.
fn widen(text: &str, core: Range<usize>, max_chars: usize) -> Range<usize> {
    let spare = max_chars.saturating_sub(count(text, core.clone()));
    let before = count_up_to(text.get(..core.start), spare);
    let after = count_up_to(text.get(core.end..), spare);
    let lead = before.min((spare / 3).max(spare.saturating_sub(after)));
    let raw_start = back(text, core.start, lead);
    let start = if raw_start == 0 {
        0
    } else {
        let mut words = words_around(text, raw_start);
        let word = words.find(|word| word.start >= raw_start);
        let word = word.map_or(core.start, |word| word.start);
        whole_grapheme(text, word.min(core.start), true)
    };
    let raw_end = forward(text, start, max_chars);
    if raw_end == text.len() {
        return start..raw_end;
    }
    let end = words_around(text, start)
        .filter(|word| word.start >= start)
        .map(|word| word.end)
        .take_while(|end| *end <= raw_end)
        .max()
        .unwrap_or(raw_end);
    // A grapheme longer than the whole budget is cut inside: the budget always holds.
    let end = match whole_grapheme(text, end, false) {
        whole if whole > start => whole,
        _ => end,
    };
    start..end
}

/// The byte ranges of tokens from the last space before `at` on: what stands before a space changes no word after it.
fn words_around(text: &str, at: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let space = text.get(..at).and_then(|before| before.rfind(' '));
    let from = space.map_or(0, |space| space + 1);
    let rest = text.get(from..).unwrap_or_default();
    Words::of(rest)
        .flat_map(move |word| span_ranges(rest, &word))
        .map(move |(word, _)| word.start + from..word.end + from)
}

/// The byte position `chars` characters before `at`.
fn back(text: &str, at: usize, chars: usize) -> usize {
    let head = text.get(..at).unwrap_or_default();
    match chars {
        0 => at,
        n => head.char_indices().rev().nth(n - 1).map_or(0, |(i, _)| i),
    }
}

/// The byte position `chars` characters after `at`.
fn forward(text: &str, at: usize, chars: usize) -> usize {
    let tail = text.get(at..).unwrap_or_default();
    tail.char_indices()
        .nth(chars)
        .map_or(text.len(), |(i, _)| at + i)
}

/// The nearest grapheme boundary at or after (`up`) or at or before `at`.
fn whole_grapheme(text: &str, at: usize, up: bool) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return at;
    }
    let near = if up {
        cursor.next_boundary(text, 0)
    } else {
        cursor.prev_boundary(text, 0)
    };
    near.ok().flatten().unwrap_or(at)
}

/// The matches inside `range`, relative to it, clipped and merged.
fn highlights(found: &[Found], range: &Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for hit in found {
        let start = hit.bytes.start.max(range.start);
        let end = hit.bytes.end.min(range.end);
        if start >= end {
            continue;
        }
        let (start, end) = (start - range.start, end - range.start);
        match out.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => out.push(start..end),
        }
    }
    out
}

#[cfg(test)]
#[path = "snippet_tests.rs"]
mod tests;
