//! Reads a TOML table field by field, so that every problem is found and not only the first, each
//! with its line. What nobody asked for is an unknown field.

use std::collections::BTreeSet;
use std::ops::Range;

use bantin_model::conversation::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::page::is_override;
use super::problem::Report;
use super::text::{clean, is_when};

/// The TOML text that tables are read from.
pub(super) struct Sheet<'a> {
    /// Path of the file.
    pub(super) file: &'a str,
    /// Its TOML.
    pub(super) toml: &'a str,
    /// Line of the file on which the TOML begins.
    pub(super) first_line: usize,
    /// Where problems go.
    pub(super) report: &'a Report,
}

impl<'a> Sheet<'a> {
    /// Parses the text; a syntax error is noted and nothing is given back.
    pub(super) fn parse(&self) -> Option<Spanned<DeTable<'a>>> {
        let (table, errors) = DeTable::parse_recoverable(self.toml);
        for error in &errors {
            let at = error.span().map_or(0, |span| span.start);
            self.say(at..at, format!("not TOML: {}", error.message()));
        }
        errors.is_empty().then_some(table)
    }

    fn say(&self, at: Range<usize>, text: String) {
        self.report.error(self.file, self.line(at.start), text);
    }

    fn line(&self, at: usize) -> usize {
        let before = self.toml.as_bytes().iter().take(at);
        self.first_line + before.filter(|byte| **byte == b'\n').count()
    }
}

/// A table that is being read. Each `need_…` notes a missing field, each `…` takes it if it is there.
pub(super) struct Fields<'a> {
    sheet: &'a Sheet<'a>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    /// In front of the names of its fields, such as `images[0].`.
    prefix: String,
    asked: BTreeSet<&'static str>,
}

impl<'a> Fields<'a> {
    /// The whole header.
    pub(super) fn of(sheet: &'a Sheet<'a>, table: &'a Spanned<DeTable<'a>>) -> Self {
        Self::inner(sheet, table.get_ref(), 0..0, String::new())
    }

    fn inner(
        sheet: &'a Sheet<'a>,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        prefix: String,
    ) -> Self {
        Self {
            sheet,
            table,
            span,
            prefix,
            asked: BTreeSet::new(),
        }
    }

    /// Notes a problem with a field, or with the table if the field is not there.
    pub(super) fn wrong(&self, key: &str, text: &str) {
        let found = self.table.iter().find(|(name, _)| name.get_ref() == key);
        let span = found.map_or(self.span.clone(), |(name, _)| name.span());
        self.sheet.say(span, format!("{}{key} {text}", self.prefix));
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.insert(key);
        self.table.get(key)
    }

    /// Whether the field is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn missing<T>(&self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.has(key) {
            self.wrong(key, "is missing");
        }
        value
    }

    /// One line of 1 to `limit` characters.
    pub(super) fn line(&mut self, key: &'static str, limit: usize) -> Option<String> {
        let Some(text) = self.get(key)?.get_ref().as_str() else {
            self.wrong(key, "must be a text in quotes");
            return None;
        };
        let text = clean(text.trim());
        let fault = match text.chars().count() {
            0 => "is empty".into(),
            count if count > limit => {
                format!("has {count} characters, at most {limit} are allowed")
            }
            _ => match text.chars().find(|c| c.is_control() || is_override(*c)) {
                None => return Some(text),
                Some('\n') => "must be one line".into(),
                Some(c) => format!("has the invisible character U+{:04X}", u32::from(c)),
            },
        };
        self.wrong(key, &fault);
        None
    }

    /// As [`Self::line`]; must be there.
    pub(super) fn need_line(&mut self, key: &'static str, limit: usize) -> Option<String> {
        let line = self.line(key, limit);
        self.missing(key, line)
    }

    /// One of the allowed words.
    pub(super) fn word(
        &mut self,
        key: &'static str,
        allowed: &[&'static str],
    ) -> Option<&'static str> {
        let value = self.get(key)?.get_ref().as_str();
        let found = allowed.iter().copied().find(|word| Some(*word) == value);
        if found.is_none() {
            self.wrong(key, &format!("must be one of: {}", allowed.join(", ")));
        }
        found
    }

    /// As [`Self::word`]; must be there.
    pub(super) fn need_word(
        &mut self,
        key: &'static str,
        allowed: &[&'static str],
    ) -> Option<&'static str> {
        let word = self.word(key, allowed);
        self.missing(key, word)
    }

    /// A local date.
    pub(super) fn date(&mut self, key: &'static str) -> Option<Date> {
        let value = self.get(key)?.get_ref().as_datetime();
        let date = value
            .filter(|at| at.time.is_none() && at.offset.is_none())
            .and_then(|at| at.date);
        let date = date.and_then(|date| {
            Date::from_civil(date.year.into(), date.month.into(), date.day.into())
        });
        if date.is_none() {
            self.wrong(key, "must be a date without quotes, such as 2026-11-20");
        }
        date
    }

    /// A day, or a month or year in quotes where a document shows no more; as it is written.
    pub(super) fn when(&mut self, key: &'static str) -> Option<String> {
        let Some(text) = self.get(key)?.get_ref().as_str() else {
            return self.date(key).map(|date| date.to_string());
        };
        if is_when(text) {
            return Some(text.to_owned());
        }
        self.wrong(
            key,
            "must be a date without quotes, or a month \"2026-11\" or year \"2026\"",
        );
        None
    }

    /// As [`Self::date`]; must be there.
    pub(super) fn need_date(&mut self, key: &'static str) -> Option<Date> {
        let date = self.date(key);
        self.missing(key, date)
    }

    /// `true` or `false`; false if it is not there.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.get(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(key, "must be true or false");
            false
        })
    }

    fn whole(value: &DeValue<'_>) -> Option<u8> {
        let number = value.as_integer()?;
        u8::from_str_radix(number.as_str(), number.radix()).ok()
    }

    /// A small whole number between `least` and `most`.
    pub(super) fn number(&mut self, key: &'static str, least: u8, most: u8) -> Option<u8> {
        let number = Self::whole(self.get(key)?.get_ref());
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.wrong(
                key,
                &format!("must be a whole number from {least} to {most}"),
            );
        }
        number
    }

    /// Months 1–12, ascending, at least one; must be there.
    pub(super) fn need_months(&mut self, key: &'static str) -> Option<Vec<u8>> {
        let Some(value) = self.get(key) else {
            return self.missing(key, None);
        };
        let list = value
            .get_ref()
            .as_array()
            .into_iter()
            .flat_map(|list| list.iter());
        let months: Option<Vec<u8>> = list.map(|month| Self::whole(month.get_ref())).collect();
        let fits = |months: &Vec<u8>| {
            let ascending = months.is_sorted_by(|a, b| a < b);
            !months.is_empty() && ascending && months.iter().all(|m| (1..=12).contains(m))
        };
        let months = months.filter(fits);
        if months.is_none() {
            self.wrong(
                key,
                "must be months from 1 to 12, ascending, such as [1, 2, 12]",
            );
        }
        months
    }

    /// Texts in an array.
    pub(super) fn words(&mut self, key: &'static str) -> Option<Vec<&'a str>> {
        let list = self.get(key)?.get_ref().as_array();
        let words = list.map(|list| list.iter().map(|word| word.get_ref().as_str()).collect());
        if !matches!(words, Some(Some(_))) {
            self.wrong(key, "must be texts in square brackets");
        }
        words?
    }

    /// A table.
    pub(super) fn table(&mut self, key: &'static str) -> Option<Self> {
        let value = self.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(key, "must be a table");
            return None;
        };
        Some(Self::inner(
            self.sheet,
            table,
            value.span(),
            format!("{}{key}.", self.prefix),
        ))
    }

    /// At most `limit` tables.
    pub(super) fn tables(&mut self, key: &'static str, limit: usize) -> Vec<Self> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(key, "must be tables");
            return Vec::new();
        };
        if list.len() > limit {
            self.wrong(
                key,
                &format!("has {} entries, at most {limit} are allowed", list.len()),
            );
        }
        let mut out = Vec::new();
        for (at, entry) in list.iter().enumerate() {
            match entry.get_ref().as_table() {
                Some(table) => {
                    let prefix = format!("{}{key}[{at}].", self.prefix);
                    out.push(Self::inner(self.sheet, table, entry.span(), prefix));
                }
                None => self.wrong(key, "must be tables"),
            }
        }
        out
    }

    /// Names of all fields, for tables whose fields are languages; nothing is unknown in them.
    pub(super) fn keys(&self) -> Vec<&'a str> {
        self.table
            .keys()
            .map(|key| key.get_ref().as_ref())
            .collect()
    }

    /// A line under a name that is not known beforehand.
    pub(super) fn line_of(&self, key: &str, limit: usize) -> Option<String> {
        let text = self
            .table
            .get(key)?
            .get_ref()
            .as_str()
            .map(|text| clean(text.trim()));
        let fits = |text: &String| {
            (1..=limit).contains(&text.chars().count())
                && !text.chars().any(|c| c.is_control() || is_override(c))
        };
        let text = text.filter(fits);
        if text.is_none() {
            self.wrong(key, &format!("must be one line of 1 to {limit} characters"));
        }
        text
    }

    /// Ends the table: every field that was not asked for is unknown.
    pub(super) fn end(self) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !self.asked.contains(name) {
                let text = format!("the field {}{name} is not known here", self.prefix);
                self.sheet.say(key.span(), text);
            }
        }
    }
}
