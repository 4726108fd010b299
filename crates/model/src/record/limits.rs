//! Limits of what may be published, counted in characters (Unicode scalar values) and bytes.

use super::{Article, Product, Text as TextRendition};

/// The largest leaf, in bytes.
pub const RECORD_BYTES_MAX: usize = 256 << 10;

/// Limits of one text.
pub struct Text;

impl Text {
    /// Headline, in characters.
    pub const TITLE_MAX: usize = 200;
    /// Summary, in characters.
    pub const SUMMARY_MAX: usize = 600;
    /// Body, in characters.
    pub const BODY_MAX: usize = 20_000;
    /// Each of who, what to do, whom to ask, in characters.
    pub const PART_MAX: usize = 4_000;
    /// Any other short field, in characters.
    pub const FIELD_MAX: usize = 200;
    /// Texts in one record.
    pub const TEXTS_MAX: usize = 32;
    /// Pictures in one record.
    pub const PICTURES_MAX: usize = 8;
    /// Recordings in one record.
    pub const AUDIO_MAX: usize = 32;
    /// Sources in one record.
    pub const SOURCES_MAX: usize = 16;
}

/// What is wrong with a field of a publication.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// Must be filled.
    #[error("{0} is empty")]
    Empty(String),
    /// Longer than allowed.
    #[error("{field} is longer than {limit}")]
    TooLong {
        /// Which.
        field: String,
        /// In characters.
        limit: usize,
    },
    /// More items than allowed.
    #[error("{field} has more than {limit} items")]
    TooMany {
        /// Which.
        field: String,
        /// How many are allowed.
        limit: usize,
    },
    /// Not one of the allowed values.
    #[error("{0} has a value that is not allowed")]
    NotAllowed(String),
}

fn length(field: &str, value: &str, limit: usize) -> Result<(), FieldError> {
    match value.chars().count() > limit {
        true => Err(FieldError::TooLong {
            field: field.into(),
            limit,
        }),
        false => Ok(()),
    }
}

fn count(field: &str, items: usize, limit: usize) -> Result<(), FieldError> {
    match items > limit {
        true => Err(FieldError::TooMany {
            field: field.into(),
            limit,
        }),
        false => Ok(()),
    }
}

fn texts(texts: &[TextRendition]) -> Result<(), FieldError> {
    count("texts", texts.len(), Text::TEXTS_MAX)?;
    let mut seen = std::collections::BTreeSet::new();
    for (at, text) in texts.iter().enumerate() {
        let field = |name: &str| format!("texts.{at}.{name}");
        if text.title.trim().is_empty() {
            return Err(FieldError::Empty(field("title")));
        }
        if !seen.insert(&text.lang) {
            return Err(FieldError::NotAllowed(field("lang")));
        }
        length(&field("title"), &text.title, Text::TITLE_MAX)?;
        length(&field("summary"), &text.summary, Text::SUMMARY_MAX)?;
        length(&field("body"), &text.body, Text::BODY_MAX)?;
        length(&field("who"), &text.who, Text::PART_MAX)?;
        length(&field("todo"), &text.todo, Text::PART_MAX)?;
        length(&field("ask"), &text.ask, Text::PART_MAX)?;
    }
    if texts.iter().all(|text| text.lang.as_str() != "vi") {
        return Err(FieldError::Empty("texts.vi".into()));
    }
    Ok(())
}

impl Article {
    /// Whether it may be published: a Vietnamese text, no language twice, everything within limits.
    pub fn check(&self) -> Result<(), FieldError> {
        texts(&self.texts)?;
        count("audio", self.audio.len(), Text::AUDIO_MAX)?;
        count("pictures", self.pictures.len(), Text::PICTURES_MAX)?;
        count("sources", self.sources.len(), Text::SOURCES_MAX)?;
        if self.topic.name() == "other" {
            return Err(FieldError::NotAllowed("topic".into()));
        }
        for (at, source) in self.sources.iter().enumerate() {
            let field = format!("sources.{at}.name");
            if source.name.trim().is_empty() {
                return Err(FieldError::Empty(field));
            }
            length(&field, &source.name, Text::SUMMARY_MAX)?;
        }
        Ok(())
    }
}

impl Product {
    /// Whether it may be published.
    pub fn check(&self) -> Result<(), FieldError> {
        texts(&self.texts)?;
        count("pictures", self.pictures.len(), Text::PICTURES_MAX)?;
        for (name, value) in [
            ("maker", &self.maker),
            ("village", &self.village),
            ("price", &self.price),
            ("price_date", &self.price_date),
        ] {
            length(name, value, Text::FIELD_MAX)?;
        }
        if self.maker.trim().is_empty() {
            return Err(FieldError::Empty("maker".into()));
        }
        if self.group.name() == "other" {
            return Err(FieldError::NotAllowed("group".into()));
        }
        if self.season.len() > 12 || self.season.iter().any(|month| !(1..=12).contains(month)) {
            return Err(FieldError::NotAllowed("season".into()));
        }
        if self
            .certificate
            .as_ref()
            .is_some_and(|c| !(1..=5).contains(&c.stars))
        {
            return Err(FieldError::NotAllowed("certificate.stars".into()));
        }
        Ok(())
    }
}
