//! A folder of text files becomes drafts of publications, exactly as `content/README.md` describes.
//!
//! Reading neither writes nor publishes. [`read_folder`] finds every problem with its file and line,
//! and gives drafts only when there is none: no half of a folder is ever published. A draft has no
//! revision: [`crate::Hub::import`] compares with what the feed holds, and what is the same stays.

mod article;
mod body;
mod collect;
mod content;
mod fields;
mod group;
mod media;
mod page;
mod picture;
mod places;
mod problem;
mod product;
mod publish;
mod rendition;
mod text;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::record::{Article, Kind, Mime, Product};
use bantin_model::time::{Seconds, Validity};

use crate::feed::NewPlace;

pub use collect::{read_folder, read_publication};
pub use places::read_places;
pub use problem::Problem;
pub(crate) use text::is_when;

pub use publish::{Imported, ImportedPlace};

/// What the reader has to know of the hub.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Places that need not stand in the folder's own `places.toml`.
    pub known: BTreeSet<PlaceId>,
    /// Where days begin, in minutes east of Greenwich.
    pub utc_offset_minutes: i32,
}

/// A whole folder, in order.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// What `places.toml` says, parents before children.
    pub places: Vec<NewPlace>,
    /// Publications, by place, kind and slug.
    pub drafts: Vec<Draft>,
    /// Files that drafts name.
    pub blobs: BTreeMap<Hash, File>,
    /// What is allowed but should be looked at.
    pub warnings: Vec<Problem>,
}

/// A publication without its revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its source file, below the folder.
    pub file: String,
    /// In whose feed.
    pub place: PlaceId,
    /// The record that its file says it is.
    pub id: Option<RecordId>,
    /// Which file it is; the same at every import.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Start of the day on which it counts as published.
    pub issued_at: Seconds,
    /// When what it says is in force.
    pub in_force: Option<Validity>,
    /// The content.
    pub content: Content,
}

/// What a draft says. It has passed [`Article::check`] or [`Product::check`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)]
pub enum Content {
    /// A notice or heritage item.
    Article(Article),
    /// A product.
    Product(Product),
}

/// A picture in one of its sizes, or a sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it is, told by its bytes.
    pub mime: Mime,
    /// The bytes as they are published.
    pub bytes: Vec<u8>,
}

/// The largest number of text files in one import.
pub const TEXTS_MAX: usize = 5_000;
/// The largest size of one import, texts and media together, in bytes.
pub const FOLDER_BYTES_MAX: u64 = 512 << 20;
/// The largest text file, in bytes.
pub const TEXT_BYTES_MAX: u64 = 128 << 10;
