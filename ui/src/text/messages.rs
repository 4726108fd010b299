//! Messages in the part of [Fluent](https://projectfluent.org) that ours are written in: text, values
//! (`{ $name }`), other messages (`{ name }`), and a choice by a value (`{ $name -> [one] … *[other] … }`).
//!
//! Fluent's own runtime brings the plural rules and the names of two hundred languages and a way to write
//! fractions, a twelfth of the first download over a village link, for two languages and whole numbers. A
//! test formats every message with both and allows no difference.

use super::number::grouped;

/// Messages that are inside one another; deeper is a circle.
const DEPTH_MAX: usize = 4;

/// A value for a message.
#[derive(Clone, Debug)]
pub enum Value {
    /// Put in as it is.
    Text(String),
    /// Written the way the language does, and what plural forms are chosen by.
    Number(i64),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Value {
            fn from(number: $kind) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}
numbers!(i32, i64, u8, u16, u32, u64, usize);

/// Values for a message, by name.
#[derive(Clone, Debug, Default)]
pub struct Args(Vec<(&'static str, Value)>);

impl Args {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives `name` a value it has not got yet.
    pub fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        self.0.push((name, value.into()));
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(own, _)| *own == name).map(|(_, v)| v)
    }
}

/// The messages of one language.
pub struct Messages<'s> {
    tag: &'static str,
    /// Key and text; of two with one key the later counts.
    all: Vec<(&'s str, &'s str)>,
}

impl<'s> Messages<'s> {
    /// None yet, of the language `tag`: `vi` or `en`.
    pub fn new(tag: &'static str) -> Self {
        Self {
            tag,
            all: Vec::new(),
        }
    }

    /// Adds the messages of a file. A line that is no part of a message is passed over.
    pub fn add(&mut self, source: &'s str) {
        let mut rest = source;
        while !rest.is_empty() {
            let (entry, next) = rest.split_at(entry_len(rest));
            rest = next;
            if let Some((key, text)) = entry.split_once('=').filter(|_| !entry.starts_with('#')) {
                self.all.push((key.trim(), text.trim()));
            }
        }
    }

    /// The message `key` with its values, if there is one.
    pub fn format(&self, key: &str, args: &Args) -> Option<String> {
        let text = self.find(key)?;
        let mut out = String::new();
        self.pattern(text, args, &mut out, 0);
        Some(out)
    }

    fn find(&self, key: &str) -> Option<&'s str> {
        let mut newest_first = self.all.iter().rev();
        newest_first
            .find(|(own, _)| *own == key)
            .map(|(_, text)| *text)
    }

    fn pattern(&self, text: &str, args: &Args, out: &mut String, depth: usize) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            words(before, out);
            let end = closing(after);
            self.placeable(after.get(..end).unwrap_or(after), args, out, depth);
            rest = after.get(end + 1..).unwrap_or_default();
        }
        words(rest, out);
    }

    /// What stands between two braces.
    fn placeable(&self, inside: &str, args: &Args, out: &mut String, depth: usize) {
        let (what, choice) = match inside.split_once("->") {
            Some((what, variants)) => (what.trim(), Some(variants)),
            None => (inside.trim(), None),
        };
        let Some(name) = what.strip_prefix('$') else {
            match self.find(what).filter(|_| depth < DEPTH_MAX) {
                Some(text) => self.pattern(text, args, out, depth + 1),
                None => absent(what, out),
            }
            return;
        };
        match (choice, args.get(name)) {
            (Some(variants), value) => {
                let text = variant(variants, |key| self.fits(key, value));
                self.pattern(text, args, out, depth);
            }
            (None, Some(Value::Text(text))) => out.push_str(text),
            (None, Some(Value::Number(number))) => {
                let separator = if self.tag == "en" { ',' } else { '.' };
                out.push_str(&grouped(*number, separator));
            }
            (None, None) => absent(what, out),
        }
    }

    /// Whether the variant `key` is for `value`: the same text, the same number, or the number's plural form.
    fn fits(&self, key: &str, value: Option<&Value>) -> bool {
        match value {
            Some(Value::Text(text)) => text == key && key.parse::<i64>().is_err(),
            Some(Value::Number(number)) => {
                key.parse() == Ok(*number) || key == plural(self.tag, *number)
            }
            None => false,
        }
    }
}

/// CLDR's plural form of a whole number.
fn plural(tag: &str, number: i64) -> &'static str {
    match (tag, number) {
        ("en", 1 | -1) => "one",
        _ => "other",
    }
}

/// The length of the first entry: its line and the indented ones after it.
fn entry_len(source: &str) -> usize {
    let mut starts = source.match_indices('\n').map(|(at, _)| at + 1);
    let goes_on = |at: usize| {
        let next = source.as_bytes().get(at);
        matches!(next, Some(b' ' | b'\n'))
    };
    starts.find(|at| !goes_on(*at)).unwrap_or(source.len())
}

/// Where the brace that closes what `text` is in stands, or the end.
fn closing(text: &str) -> usize {
    let mut open = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open == 0 => return at,
            '}' => open -= 1,
            _ => (),
        }
    }
    text.len()
}

/// The text of the first of `variants` that fits, else of the one with the star.
fn variant(variants: &str, fits: impl Fn(&str) -> bool) -> &str {
    let mut other = "";
    let mut rest = variants.trim_start();
    while !rest.is_empty() {
        let starred = rest.starts_with('*');
        let Some((key, after)) = rest.split_once('[').and_then(|(_, r)| r.split_once(']')) else {
            break;
        };
        let (text, next) = after.split_at(variant_len(after));
        if fits(key.trim()) {
            return text.trim();
        }
        if starred {
            other = text.trim();
        }
        rest = next.trim_start();
    }
    other
}

/// The length of a variant's text: up to the line that begins with the next one's key.
fn variant_len(text: &str) -> usize {
    let mut open = 0u32;
    for (at, c) in text.char_indices() {
        match c {
            '{' => open += 1,
            '}' => open = open.saturating_sub(1),
            '\n' if open == 0 => {
                let next = text.get(at..).unwrap_or_default().trim_start();
                if next.starts_with('[') || next.starts_with("*[") {
                    return at;
                }
            }
            _ => (),
        }
    }
    text.len()
}

/// Text as it is, without the indent of its lines.
fn words(text: &str, out: &mut String) {
    let mut lines = text.split('\n');
    out.push_str(lines.next().unwrap_or_default());
    for line in lines {
        out.push('\n');
        out.push_str(line.trim_start());
    }
}

/// A value that was not given is shown as the message asks for it, as Fluent does.
fn absent(what: &str, out: &mut String) {
    out.push('{');
    out.push_str(what);
    out.push('}');
}
