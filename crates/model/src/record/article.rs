//! Notices and heritage: what an agency tells.

use minicbor::{Decode, Encode};

use super::{Audio, Picture, Text};

/// What a notice is about. Numbers are on the wire, names in JSON and files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Topic(#[n(0)] pub u8);

impl Topic {
    /// Every known topic with its name.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self(1), "policy"),
        (Self(2), "health"),
        (Self(3), "education"),
        (Self(4), "market"),
        (Self(5), "science"),
        (Self(6), "security"),
        (Self(7), "culture"),
    ];

    /// Its name; `other` for one this version does not know.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(topic, _)| *topic == self)
            .map_or("other", |(_, name)| name)
    }

    /// The topic of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(topic, _)| *topic)
    }
}

/// How a notice is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Urgency(#[n(0)] pub u8);

impl Urgency {
    /// In its turn.
    pub const NORMAL: Self = Self(0);
    /// First, in red, while in force.
    pub const URGENT: Self = Self(1);
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Source {
    /// Document or body.
    #[n(0)]
    pub name: String,
    /// Address, if it has one.
    #[n(1)]
    pub url: Option<String>,
    /// Date of the document, `YYYY-MM-DD`, or a year.
    #[n(2)]
    pub date: String,
    /// Day on which it was read, `YYYY-MM-DD`.
    #[n(3)]
    pub read: Option<String>,
}

/// What makes an article a heritage item.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Heritage {
    /// Community whose heritage it is, as the community names itself.
    #[n(0)]
    pub community: String,
    /// `festival`, `craft`, `song`, `dish`, …
    #[n(1)]
    pub form: String,
    /// On what consent it is shown.
    #[n(2)]
    pub consent: String,
}

/// The body of a notice or heritage item.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Article {
    /// What it is about.
    #[n(0)]
    pub topic: Topic,
    /// How it is shown.
    #[n(1)]
    pub urgency: Urgency,
    /// One per language, the original first.
    #[n(2)]
    pub texts: Vec<Text>,
    /// Recordings.
    #[n(3)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub audio: Vec<Audio>,
    /// Pictures.
    #[n(4)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// Where the facts come from.
    #[n(5)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// Set on heritage items.
    #[n(6)]
    pub heritage: Option<Heritage>,
    /// Visibly a sample that no agency issued.
    #[n(7)]
    #[cbor(default)]
    pub sample: bool,
}
