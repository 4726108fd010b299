//! Between an officer's form and a record. A fault names the field of the form, such as `texts.0.body`.

mod notice;
mod picture;
mod words;
mod write;

use bantin_model::record::{Article, Kind};
use bantin_model::time::Validity;

pub(super) use notice::read;
pub(super) use write::write;

/// A notice or heritage item ready to be published.
pub(super) struct Written {
    /// What it is.
    pub(super) kind: Kind,
    /// What it says; checked.
    pub(super) article: Article,
    /// When it is in force.
    pub(super) in_force: Option<Validity>,
}

/// The kinds officers see, with their names.
const KINDS: [(Kind, &str); 3] = [
    (Kind::NOTICE, "notice"),
    (Kind::HERITAGE, "heritage"),
    (Kind::PRODUCT, "product"),
];

/// A kind's name; empty for what officers do not publish.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    KINDS
        .iter()
        .find(|(known, _)| *known == kind)
        .map_or("", |(_, name)| name)
}
