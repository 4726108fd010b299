//! What goes over a line, by kind, and the order of kinds.

use serde::{Deserialize, Serialize};

/// Text of at most this many bytes goes even when the budget is spent: a new notice, and an urgent one
/// above all, comes as a small segment; nothing outside a segment says that it is urgent.
pub const SMALL_TEXT_BYTES: u64 = 64 << 10;

/// What bytes were for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataKind {
    /// Asking what is new; small urgent news come with the answer.
    Ask,
    /// Letters and their photos, sent.
    Letter,
    /// Answers from mailboxes.
    Answer,
    /// Texts of the news.
    Text,
    /// Small pictures.
    Thumb,
    /// Sound in a language of the person.
    Sound,
    /// Large pictures, sound in other languages.
    Rest,
    /// Anything else: lists of places, what is carried for neighbours, what was counted before kinds were.
    Other,
}

/// What goes on after the budget is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// All of it.
    All,
    /// One thing of at most so many bytes.
    UpTo(u64),
    /// Nothing.
    None,
}

impl Beyond {
    /// Whether one thing of so many bytes goes on.
    pub fn lets(self, bytes: u64) -> bool {
        match self {
            Self::All => true,
            Self::UpTo(most) => bytes <= most,
            Self::None => false,
        }
    }
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub kind: DataKind,
    /// What goes on after the budget is spent.
    pub beyond: Beyond,
    /// The part of a budget, in per cent, after which it waits so that what stands above it still fits.
    pub part_percent: u8,
    /// Comes unasked over a network that is known to cost money.
    pub metered: bool,
    /// Waits until it is asked for where the network may cost money or the battery is low.
    pub media: bool,
}

/// The order: the first line goes first.
#[rustfmt::skip]
pub const ORDER: [Row; 8] = [
    row(DataKind::Ask,    Beyond::All,                     100, true,  false),
    row(DataKind::Letter, Beyond::All,                     100, true,  false),
    row(DataKind::Answer, Beyond::All,                     100, true,  false),
    row(DataKind::Other,  Beyond::All,                     100, true,  false),
    row(DataKind::Text,   Beyond::UpTo(SMALL_TEXT_BYTES),  100, true,  false),
    row(DataKind::Thumb,  Beyond::None,                     90, true,  true),
    row(DataKind::Sound,  Beyond::None,                     80, false, true),
    row(DataKind::Rest,   Beyond::None,                     50, false, true),
];

const fn row(kind: DataKind, beyond: Beyond, part_percent: u8, metered: bool, media: bool) -> Row {
    Row {
        kind,
        beyond,
        part_percent,
        metered,
        media,
    }
}

impl DataKind {
    /// Its line in the table.
    pub fn row(self) -> Row {
        let found = ORDER.into_iter().find(|row| row.kind == self);
        // Every kind has a line: a test looks.
        found.unwrap_or(row(self, Beyond::None, 0, false, true))
    }

    /// Its place in the order, 0 first.
    pub fn rank(self) -> usize {
        let found = ORDER.iter().position(|row| row.kind == self);
        found.unwrap_or(ORDER.len())
    }

    /// The number it is stored under. Never changed.
    pub fn code(self) -> u8 {
        match self {
            Self::Other => 0,
            Self::Ask => 1,
            Self::Letter => 2,
            Self::Answer => 3,
            Self::Text => 4,
            Self::Thumb => 5,
            Self::Sound => 6,
            Self::Rest => 7,
        }
    }

    /// The kind of a number; what a later version stored is [`Self::Other`].
    pub fn of_code(code: u8) -> Self {
        let found = ORDER.into_iter().find(|row| row.kind.code() == code);
        found.map_or(Self::Other, |row| row.kind)
    }
}
