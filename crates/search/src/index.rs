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
///
/// Meanwhile it only notes which words each text has; lists are made of the notes when they are asked for. To add each text to
/// its words' lists at once would touch memory all over the place for every word of it.
#[derive(Debug, Default)]
pub struct Indexer {
    short: Numbers<u128>,
    long: Numbers<Box<str>>,
    forms: Vec<Forms>,
    numbers: Numbers<Forms>,
    folded: Vocabulary,
    exact: Vocabulary,
    /// For each word the last text that has it, counted from 1.
    last: Vec<u32>,
    /// Words of one text after another.
    noted: Vec<u32>,
    /// Where each text's words end.
    ends: Vec<usize>,
}

/// Different words after which an indexer forgets what it learnt: whoever writes more nonsense costs time, not memory.
const WORDS_MAX: usize = 1 << 16;
/// Longer words are no words, and are worked out each time.
const LONG_BYTES_MAX: usize = 128;
/// What one more of them takes, in bytes, about.
const WORD_BYTES: usize = 256;

type Numbers<T> = HashMap<T, u32, FxBuildHasher>;

/// The numbers of a word's forms: one word for the indexer, however it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Forms {
    folded: u32,
    exact: u32,
}

impl Indexer {
    /// Adds a text. Put title and body in one, separated by a newline.
    ///
    /// A query asks whether a word is there, not how often or where: each is listed once.
    pub fn add(&mut self, text: &str) {
        let mut room = Room::default();
        for word in Words::of(text) {
            let written = text.get(word.range.clone()).unwrap_or_default();
            // Of a script without spaces this is no word but a run of them.
            let known = (!word.unspaced).then(|| self.known(written)).flatten();
            if let Some(known) = known {
                self.note(known);
                continue;
            }
            let mut number = None;
            forms_of(text, &word, &mut room, |_, folded, exact| {
                let known = self.number(folded, exact);
                self.note(known);
                number = Some(known);
            });
            if let (false, Some(number)) = (word.unspaced, number) {
                match packed(written) {
                    Some(packed) => self.short.insert(packed, number),
                    None if written.len() <= LONG_BYTES_MAX => {
                        self.long.insert(written.into(), number)
                    }
                    None => None,
                };
            }
        }
        self.ends.push(self.noted.len());
    }

    /// Memory of what is noted and not taken yet, in bytes, about; words beyond all reason count too, which are forgotten
    /// with the lists.
    pub fn bytes(&self) -> usize {
        let beyond = self.learnt().saturating_sub(WORDS_MAX) * WORD_BYTES;
        self.noted.len() * size_of::<u32>() + self.ends.len() * size_of::<usize>() + beyond
    }

    fn learnt(&self) -> usize {
        self.forms.len().max(self.short.len() + self.long.len())
    }

    /// The lists of the texts added since this was asked last.
    pub fn take(&mut self) -> Lists {
        let texts = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        let mut words = Vec::new();
        for (form, vocabulary) in [(Form::Folded, &self.folded), (Form::Exact, &self.exact)] {
            let lists = self.lists(form, vocabulary.words.len());
            let lists = vocabulary.words.iter().zip(lists);
            let lists = lists.filter(|(_, texts)| !texts.is_empty());
            let start = words.len();
            words.extend(lists.map(|(word, texts)| WordList {
                form,
                word: word.clone(),
                texts,
            }));
            if let Some(new) = words.get_mut(start..) {
                new.sort_unstable_by(|one, other| one.word.cmp(&other.word));
            }
        }
        if self.learnt() > WORDS_MAX {
            *self = Self::default();
        }
        self.noted.clear();
        self.ends.clear();
        self.last.fill(0);
        Lists { texts, words }
    }

    /// The list of each word of a form, by number.
    fn lists(&self, form: Form, words: usize) -> Vec<Vec<u8>> {
        let mut lists: Vec<(u32, Vec<u8>)> = vec![(0, Vec::new()); words];
        let (mut from, mut text) = (0, 0);
        for end in &self.ends {
            text += 1;
            for number in self.noted.get(from..*end).unwrap_or_default() {
                let forms = self.forms.get(*number as usize);
                let number = forms.map(|forms| match form {
                    Form::Folded => forms.folded,
                    Form::Exact => forms.exact,
                });
                let list = number.and_then(|number| lists.get_mut(number as usize));
                if let Some((last, list)) = list
                    && *last != text
                {
                    varint::put(u64::from(text - *last), list);
                    *last = text;
                }
            }
            from = *end;
        }
        lists.into_iter().map(|(_, list)| list).collect()
    }

    fn known(&self, written: &str) -> Option<u32> {
        match packed(written) {
            Some(packed) => self.short.get(&packed).copied(),
            None => self.long.get(written).copied(),
        }
    }

    fn number(&mut self, folded: &str, exact: &str) -> u32 {
        let forms = Forms {
            folded: self.folded.number(folded),
            exact: self.exact.number(exact),
        };
        let next = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(forms).or_insert(next);
        if number == next {
            self.forms.push(forms);
            self.last.push(0);
        }
        number
    }

    /// Notes that the text being added has a word, unless that is noted.
    fn note(&mut self, word: u32) {
        let text = u32::try_from(self.ends.len() + 1).unwrap_or(u32::MAX);
        if let Some(last) = self.last.get_mut(word as usize)
            && *last != text
        {
            *last = text;
            self.noted.push(word);
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
    numbers: Numbers<Box<str>>,
    words: Vec<Box<str>>,
}

impl Vocabulary {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.into(), number);
        self.words.push(word.into());
        number
    }
}
