//! One document: a subject, and sentences that keep coming back to it until the page is full.

use super::draw::Draw;
use super::vocabulary::{self, Vocabulary};
use super::{Document, FIRST_ISSUED_AT, ISSUE_INTERVAL_S};
use std::collections::BTreeMap;
use std::ops::Range;

/// The body is closed at the first sentence that brings the document to a length drawn between these, in bytes.
const CLOSE_AT_BYTES: Range<u64> = 1_450..1_590;
/// How often a slot returns to the document's own subject, in percent. Repetition is what compression lives on: with
/// this share the documents compress like genuine notices.
const RETURN_PERCENT: u64 = 46;
/// How many phrases of each slot make up the document's subject.
const SUBJECT_PHRASES: usize = 2;
/// Sentences in a paragraph.
const PARAGRAPH: Range<u64> = 3..6;
/// Draws before a phrase may stand twice in one sentence.
const TRIES: usize = 8;

/// Composes document `id` with the choices of `draw`.
pub(super) fn document(draw: &mut Draw, id: u64) -> Document {
    let vocabulary = vocabulary::of(id);
    let mut writer = Writer::new(draw, vocabulary);
    let pattern = writer.draw.even(&vocabulary.titles);
    let title = writer.line(pattern).trim_end_matches('.').to_owned();
    let summary = format!("{} {}", writer.sentence(), writer.sentence());
    let close_at = between(writer.draw, &CLOSE_AT_BYTES);
    let close_at = usize::try_from(close_at).unwrap_or(usize::MAX);
    let mut body = String::new();
    let mut until_break = between(writer.draw, &PARAGRAPH);
    while title.len() + summary.len() + body.len() < close_at {
        if !body.is_empty() {
            body.push_str(if until_break == 0 { "\n\n" } else { " " });
        }
        if until_break == 0 {
            until_break = between(writer.draw, &PARAGRAPH);
        }
        body.push_str(&writer.sentence());
        until_break -= 1;
    }
    Document {
        id,
        title,
        summary,
        body,
        topic: vocabulary.topic,
        issued_at: FIRST_ISSUED_AT
            .saturating_add(ISSUE_INTERVAL_S.saturating_mul(i64::try_from(id).unwrap_or(i64::MAX))),
    }
}

fn between(draw: &mut Draw, range: &Range<u64>) -> u64 {
    range.start + draw.below(range.end - range.start)
}

/// Writes the sentences of one document.
struct Writer<'a> {
    draw: &'a mut Draw,
    vocabulary: &'static Vocabulary,
    /// The phrases this document keeps returning to, by slot.
    subject: BTreeMap<&'static str, Vec<String>>,
    /// The pattern just used; no two sentences in a row are built alike.
    last_pattern: &'static str,
}

impl<'a> Writer<'a> {
    fn new(draw: &'a mut Draw, vocabulary: &'static Vocabulary) -> Self {
        let mut writer = Self {
            draw,
            vocabulary,
            subject: BTreeMap::new(),
            last_pattern: "",
        };
        // Slots in the order of their names: a phrase's own slots return to the subject as far as it is known by then.
        for slot in vocabulary.slots.keys() {
            let own = (0..SUBJECT_PHRASES).map(|_| writer.fresh(slot)).collect();
            writer.subject.insert(slot, own);
        }
        writer
    }

    fn sentence(&mut self) -> String {
        let mut pattern = self.draw.zipf(&self.vocabulary.sentences);
        while pattern == self.last_pattern {
            pattern = self.draw.zipf(&self.vocabulary.sentences);
        }
        self.last_pattern = pattern;
        self.line(pattern)
    }

    /// `pattern` with its slots filled, beginning with a capital.
    fn line(&mut self, pattern: &str) -> String {
        capitalised(&self.fill(pattern))
    }

    /// Fills the slots of `pattern`. A phrase is not used twice in it as long as another can be drawn.
    fn fill(&mut self, pattern: &str) -> String {
        let mut text = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('<') {
            text.push_str(before);
            let (slot, after) = after.split_once('>').unwrap_or((after, ""));
            let mut phrase = self.phrase(slot);
            for _ in 0..TRIES {
                if !text.contains(&phrase) {
                    break;
                }
                phrase = self.phrase(slot);
            }
            text.push_str(&phrase);
            rest = after;
        }
        text.push_str(rest);
        text
    }

    fn phrase(&mut self, slot: &str) -> String {
        if let Some(number) = self.number(slot) {
            return number;
        }
        if self.draw.chance(RETURN_PERCENT)
            && let Some(own) = self.subject.get(slot)
        {
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            return self.draw.zipf(&own).to_owned();
        }
        self.fresh(slot)
    }

    /// A number in the manner of `slot`, or `None` for a slot of words. Numbers are never the subject: in genuine
    /// notices they are what no other sentence has said before.
    fn number(&mut self, slot: &str) -> Option<String> {
        let mut from = |range: Range<u64>| between(self.draw, &range);
        Some(match slot {
            // Small numbers are said more often than large ones.
            "number" => {
                let magnitude = [10, 100, 1_000].get(usize::try_from(from(0..3)).unwrap_or(0));
                from(2..magnitude.copied().unwrap_or(10) + 2).to_string()
            }
            "day" => from(1..29).to_string(),
            "month" => from(1..13).to_string(),
            "hour" => from(6..21).to_string(),
            "minute" => format!("{:02}", from(0..12) * 5),
            "price" => format!("{}.{}00", from(2..200), from(1..10)),
            "money" => format!("{}.{}0.000", from(1..90), from(10..100)),
            _ => return None,
        })
    }

    /// A phrase for `slot` that is not taken from the subject, though phrases within it may be.
    fn fresh(&mut self, slot: &str) -> String {
        let list = self.vocabulary.slots.get(slot).map(Vec::as_slice);
        let list = list.unwrap_or_default();
        match slot {
            // Who can be asked: a name no other document has, and the office.
            "contact" => {
                let office = self.draw.even(list);
                self.fill(&format!("<surname> <middle> <given> ({office})"))
            }
            _ => {
                let phrase = self.draw.zipf(list);
                self.fill(phrase)
            }
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
