//! The phrases the documents are made of, read from `bench/data/` at compile time.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The topics, in the order documents take turns.
pub const TOPICS: [&str; 7] = [
    "health",
    "education",
    "market",
    "science",
    "security",
    "culture",
    "livelihood",
];

/// Topic phrases in the order of [`TOPICS`]: lines of `n` (a thing) or `v` (something to do), then the phrase.
const TOPIC_FILES: [&str; 7] = [
    include_str!("../../data/topic/health.txt"),
    include_str!("../../data/topic/education.txt"),
    include_str!("../../data/topic/market.txt"),
    include_str!("../../data/topic/science.txt"),
    include_str!("../../data/topic/security.txt"),
    include_str!("../../data/topic/culture.txt"),
    include_str!("../../data/topic/livelihood.txt"),
];

/// Phrases and words every topic uses, by the name of their slot. A phrase may have slots of its own.
const PHRASE_FILES: [(&str, &str); 44] = [
    ("adverb", include_str!("../../data/phrase/adverb.txt")),
    ("agency", include_str!("../../data/phrase/agency.txt")),
    ("amount", include_str!("../../data/phrase/amount.txt")),
    ("condition", include_str!("../../data/phrase/condition.txt")),
    ("contact", include_str!("../../data/phrase/contact.txt")),
    ("deed", include_str!("../../data/phrase/deed.txt")),
    ("do", include_str!("../../data/phrase/do.txt")),
    ("item", include_str!("../../data/phrase/item.txt")),
    ("manner", include_str!("../../data/phrase/manner.txt")),
    ("matter", include_str!("../../data/phrase/matter.txt")),
    ("op", include_str!("../../data/phrase/op.txt")),
    ("people", include_str!("../../data/phrase/people.txt")),
    ("place", include_str!("../../data/phrase/place.txt")),
    ("reason", include_str!("../../data/phrase/reason.txt")),
    ("state", include_str!("../../data/phrase/state.txt")),
    ("thing", include_str!("../../data/phrase/thing.txt")),
    ("time", include_str!("../../data/phrase/time.txt")),
    ("unit", include_str!("../../data/phrase/unit.txt")),
    ("when", include_str!("../../data/phrase/when.txt")),
    ("when_if", include_str!("../../data/phrase/when_if.txt")),
    ("where", include_str!("../../data/phrase/where.txt")),
    ("who", include_str!("../../data/phrase/who.txt")),
    ("why", include_str!("../../data/phrase/why.txt")),
    ("act", include_str!("../../data/word/act.txt")),
    ("animal", include_str!("../../data/word/animal.txt")),
    ("aspect", include_str!("../../data/word/aspect.txt")),
    ("body", include_str!("../../data/word/body.txt")),
    ("crop", include_str!("../../data/word/crop.txt")),
    ("demo", include_str!("../../data/word/demo.txt")),
    ("det", include_str!("../../data/word/det.txt")),
    ("food", include_str!("../../data/word/food.txt")),
    ("kin", include_str!("../../data/word/kin.txt")),
    ("law", include_str!("../../data/word/law.txt")),
    ("link", include_str!("../../data/word/link.txt")),
    ("object", include_str!("../../data/word/object.txt")),
    ("post", include_str!("../../data/word/post.txt")),
    ("quality", include_str!("../../data/word/quality.txt")),
    ("river", include_str!("../../data/word/river.txt")),
    ("tone", include_str!("../../data/word/tone.txt")),
    ("tool", include_str!("../../data/word/tool.txt")),
    ("trade", include_str!("../../data/word/trade.txt")),
    ("village", include_str!("../../data/word/village.txt")),
    ("weather", include_str!("../../data/word/weather.txt")),
    ("wood", include_str!("../../data/word/wood.txt")),
];

/// Everything one topic's documents are composed of.
pub(super) struct Vocabulary {
    /// The topic's name, one of [`TOPICS`].
    pub(super) topic: &'static str,
    /// Patterns of titles.
    pub(super) titles: Vec<&'static str>,
    /// Patterns of sentences.
    pub(super) sentences: Vec<&'static str>,
    /// What a slot may be filled with, by its name.
    pub(super) slots: BTreeMap<&'static str, Vec<&'static str>>,
}

static VOCABULARIES: LazyLock<Vec<Vocabulary>> = LazyLock::new(|| {
    TOPICS
        .iter()
        .zip(TOPIC_FILES)
        .map(|(topic, file)| read(topic, file))
        .collect()
});

/// The vocabulary of document `id`: topics take turns.
pub(super) fn of(id: u64) -> &'static Vocabulary {
    let turn = usize::try_from(id % TOPICS.len() as u64).unwrap_or(0);
    #[allow(
        clippy::indexing_slicing,
        reason = "the turn is a remainder by the length"
    )]
    &VOCABULARIES[turn]
}

fn read(topic: &'static str, file: &'static str) -> Vocabulary {
    let mut slots: BTreeMap<_, Vec<_>> = PHRASE_FILES
        .iter()
        .map(|(name, file)| (*name, lines(file).collect()))
        .collect();
    for line in lines(file) {
        if let Some(noun) = line.strip_prefix("n ") {
            slots.entry("noun").or_default().push(noun);
        } else if let Some(verb) = line.strip_prefix("v ") {
            slots.entry("verb").or_default().push(verb);
        }
    }
    for line in lines(include_str!("../../data/name.txt")) {
        let (part, name) = line.split_at(2);
        let slot = match part {
            "s " => "surname",
            "m " => "middle",
            _ => "given",
        };
        slots.entry(slot).or_default().push(name);
    }
    Vocabulary {
        topic,
        titles: lines(include_str!("../../data/title.txt")).collect(),
        sentences: lines(include_str!("../../data/sentence.txt")).collect(),
        slots,
    }
}

/// Lines with something on them; those starting with `#` explain the file.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}
