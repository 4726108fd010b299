//! One document: a subject, and sentences that keep coming back to it until the page is full.

use super::draw::Draw;
use super::vocabulary::{self, Vocabulary};
use super::{Document, FIRST_ISSUED_AT, ISSUE_INTERVAL_S};
use std::collections::BTreeMap;

/// The body is closed at the first sentence that brings the document to a length drawn between these, in bytes.
const CLOSE_AT_BYTES: std::ops::Range<u64> = 1_450..1_590;
/// How often a slot returns to the document's own subject, in percent. Repetition is what compression lives on: with
/// this share the documents compress like genuine notices.
const RETURN_PERCENT: u64 = 44;
/// How often a time is told as an hour and a day rather than in words, in percent.
const EXACT_TIME_PERCENT: u64 = 60;
/// How many phrases of each slot make up the document's subject.
const SUBJECT_PHRASES: usize = 2;
/// Sentences in a paragraph.
const PARAGRAPH: std::ops::Range<u64> = 3..6;

/// Composes document `id` with the choices of `draw`.
pub(super) fn document(draw: &mut Draw, id: u64) -> Document {
    let vocabulary = vocabulary::of(id);
    let mut writer = Writer::new(draw, vocabulary);
    let pattern = writer.draw.even(&vocabulary.titles);
    let title = writer.fill(pattern).trim_end_matches('.').to_owned();
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

fn between(draw: &mut Draw, range: &std::ops::Range<u64>) -> u64 {
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
        let subject = vocabulary
            .slots
            .keys()
            .map(|slot| {
                let own = (0..SUBJECT_PHRASES).map(|_| fresh(draw, vocabulary, slot));
                (*slot, own.collect())
            })
            .collect();
        Self {
            draw,
            vocabulary,
            subject,
            last_pattern: "",
        }
    }

    fn sentence(&mut self) -> String {
        let mut pattern = self.draw.zipf(&self.vocabulary.sentences);
        while pattern == self.last_pattern {
            pattern = self.draw.zipf(&self.vocabulary.sentences);
        }
        self.last_pattern = pattern;
        self.fill(pattern)
    }

    /// Fills the slots of `pattern` and begins the result with a capital. A phrase is not used twice in one sentence
    /// as long as another can be drawn.
    fn fill(&mut self, pattern: &str) -> String {
        let mut text = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('<') {
            text.push_str(before);
            let (slot, after) = after.split_once('>').unwrap_or((after, ""));
            let mut phrase = self.phrase(slot);
            for _ in 0..8 {
                if !text.contains(&phrase) {
                    break;
                }
                phrase = self.phrase(slot);
            }
            text.push_str(&phrase);
            rest = after;
        }
        text.push_str(rest);
        capitalised(&text)
    }

    fn phrase(&mut self, slot: &str) -> String {
        if slot == "number" {
            // Small numbers are said more often than large ones.
            let magnitude = 10_u64.pow(1 + u32::try_from(self.draw.below(3)).unwrap_or(0));
            return (2 + self.draw.below(magnitude)).to_string();
        }
        if self.draw.chance(RETURN_PERCENT) {
            let own = self.subject.get(slot).map(Vec::as_slice);
            let own: Vec<&str> = own.unwrap_or_default().iter().map(String::as_str).collect();
            return self.draw.zipf(&own).to_owned();
        }
        fresh(self.draw, self.vocabulary, slot)
    }
}

/// A phrase for `slot` that owes nothing to the document. Names, hours and days are composed: in genuine notices they
/// are what no other document has said before.
fn fresh(draw: &mut Draw, vocabulary: &Vocabulary, slot: &str) -> String {
    let list = |slot: &str| vocabulary.slots.get(slot).map(Vec::as_slice);
    match slot {
        "contact" => {
            let role = draw.even(list("contact").unwrap_or_default());
            let mut name = |part| draw.even(list(part).unwrap_or_default());
            let (surname, middle, given) = (name("surname"), name("middle"), name("given"));
            format!("{surname} {middle} {given} ({role})")
        }
        "time" if draw.chance(EXACT_TIME_PERCENT) => {
            let (hour, minute) = (6 + draw.below(15), draw.below(12) * 5);
            let (day, month) = (1 + draw.below(28), 1 + draw.below(12));
            format!("{hour} giờ {minute:02} ngày {day} tháng {month}")
        }
        _ => draw.zipf(list(slot).unwrap_or_default()).to_owned(),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
