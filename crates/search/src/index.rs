//! Texts become word lists: for each word, once folded and once exact, the texts that have it.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::query::Form;
use crate::tokens::{Room, Words, forms_of};
use crate::varint;

/// What one word's list says: positions of texts, ascending, each as the distance from the one before it (from -1
/// the first) in a varint. Texts are counted from 0 in the order in which they were added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    /// In which form it is written.
    pub form: Form,
    /// The word.
    pub word: Box<str>,
    /// Its texts.
    pub texts: Vec<u8>,
}

/// Word lists of some texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// How many texts there are.
    pub texts: u32,
    /// By form and word.
    pub words: Vec<WordList>,
}

/// Takes in one text after another and remembers the words it has met: ten thousand notices are made of a
/// few thousand, so most are looked up and not worked out.
#[derive(Debug, Default)]
pub struct Indexer {
    short: HashMap<u128, Known, FxBuildHasher>,
    long: HashMap<Box<str>, Known, FxBuildHasher>,
    folded: Vocabulary,
    exact: Vocabulary,
    texts: u32,
}

/// Memory of an indexer, in bytes, its lists aside, after which it forgets what it learnt.
const LEARNT_BYTES_MAX: usize = 8 << 20;
/// What a word costs beside its letters, about.
const WORD_BYTES: usize = 96;

/// The numbers of a written word's forms.
#[derive(Clone, Copy, Debug)]
struct Known {
    folded: u32,
    exact: u32,
}

impl Indexer {
    /// Adds a text. Put title and body in one, separated by a newline.
    ///
    /// A query asks whether a word is there, not how often or where: each is listed once.
    pub fn add(&mut self, text: &str) {
        self.texts += 1;
        let mut room = Room::default();
        for word in Words::of(text) {
            let written = text.get(word.range.clone()).unwrap_or_default();
            let known = (!word.unspaced).then(|| self.known(written)).flatten();
            if let Some(known) = known {
                self.folded.list(known.folded, self.texts);
                self.exact.list(known.exact, self.texts);
                continue;
            }
            let (mut forms, mut last) = (0, None);
            forms_of(text, &word, &mut room, |_, folded, exact| {
                let known = Known {
                    folded: self.folded.number(folded),
                    exact: self.exact.number(exact),
                };
                self.folded.list(known.folded, self.texts);
                self.exact.list(known.exact, self.texts);
                (forms, last) = (forms + 1, Some(known));
            });
            if let (false, 1, Some(known)) = (word.unspaced, forms, last) {
                match packed(written) {
                    Some(packed) => self.short.insert(packed, known),
                    None => self.long.insert(written.into(), known),
                };
            }
        }
    }

    /// Texts whose words are listed and not taken yet.
    pub fn texts(&self) -> u32 {
        self.texts
    }

    /// Memory of the lists, in bytes, about.
    pub fn bytes(&self) -> usize {
        self.folded.bytes + self.exact.bytes
    }

    /// The lists of the texts added since this was asked last.
    pub fn take(&mut self) -> Lists {
        let texts = std::mem::take(&mut self.texts);
        let mut words = self.folded.take(Form::Folded);
        words.extend(self.exact.take(Form::Exact));
        let learnt = self.short.len() + self.long.len() + self.folded.len() + self.exact.len();
        if learnt * WORD_BYTES > LEARNT_BYTES_MAX {
            *self = Self::default();
        }
        Lists { texts, words }
    }

    fn known(&self, written: &str) -> Option<Known> {
        match packed(written) {
            Some(packed) => self.short.get(&packed).copied(),
            None => self.long.get(written).copied(),
        }
    }
}

/// A word of at most sixteen bytes as one number: it is compared in one step, where it stands. No word has a zero
/// byte.
fn packed(word: &str) -> Option<u128> {
    let mut bytes = [0; size_of::<u128>()];
    bytes
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    Some(u128::from_le_bytes(bytes))
}

/// Words of one form by number.
#[derive(Debug, Default)]
struct Vocabulary {
    numbers: HashMap<Box<str>, u32, FxBuildHasher>,
    words: Vec<Entry>,
    bytes: usize,
}

#[derive(Debug, Default)]
struct Entry {
    /// How many texts there were with the last one that has the word.
    last: u32,
    texts: Vec<u8>,
}

impl Vocabulary {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.into(), number);
        self.words.push(Entry::default());
        number
    }

    /// Lists the text that is the `texts`-th, unless it is listed already.
    fn list(&mut self, number: u32, texts: u32) {
        let Some(entry) = self.words.get_mut(number as usize) else {
            return;
        };
        let distance = texts - entry.last;
        if distance == 0 {
            return;
        }
        if entry.last == 0 {
            self.bytes += WORD_BYTES;
        }
        entry.last = texts;
        self.bytes += 1;
        varint::put(distance.into(), &mut entry.texts);
    }

    fn len(&self) -> usize {
        self.words.len()
    }

    fn take(&mut self, form: Form) -> Vec<WordList> {
        self.bytes = 0;
        let mut out = Vec::with_capacity(self.words.len());
        for (word, number) in &self.numbers {
            let Some(entry) = self.words.get_mut(*number as usize) else {
                continue;
            };
            if entry.last > 0 {
                let texts = std::mem::take(entry).texts;
                let word = word.clone();
                out.push(WordList { form, word, texts });
            }
        }
        out.sort_unstable_by(|one, other| one.word.cmp(&other.word));
        out
    }
}
