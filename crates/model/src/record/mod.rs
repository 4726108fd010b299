//! Records: the leaves of a feed. A record is official content (a publication) or something the
//! protocol itself publishes: a place, an agency's keys, the delegation of a feed.
//!
//! The outer map is the same for every kind and the body is a byte string of its own, so a node that
//! does not know a kind keeps, proves and relays the record all the same.

mod agency;
mod article;
mod delegation;
mod limits;
mod media;
mod place;
mod product;
mod text;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

pub use agency::Agency;
pub use article::{Article, Heritage, Source, Topic, Urgency};
pub use delegation::{Delegation, NodeKeys};
pub use limits::{FieldError, RECORD_BYTES_MAX, Text as TextLimits};
pub use media::{Audio, Blob, Mime, Picture};
pub use place::PlaceInfo;
pub use product::{Certificate, Group, Product};
pub use text::{Method, Names, Text};

use crate::cbor::{self, CborError};
use crate::id::{Hash, PlaceId, RecordId};
use crate::time::{Seconds, Validity};
use crate::tree;

/// What a record is about. Unknown numbers are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Kind(#[n(0)] pub u8);

impl Kind {
    /// Policy, law, news, guidance: an [`Article`].
    pub const NOTICE: Self = Self(1);
    /// An OCOP product: a [`Product`].
    pub const PRODUCT: Self = Self(2);
    /// A festival, craft, song or dish: an [`Article`] with [`Heritage`].
    pub const HERITAGE: Self = Self(3);
    /// Reserved: a lesson.
    pub const LESSON: Self = Self(4);
    /// Reserved: an event.
    pub const EVENT: Self = Self(5);
    /// Reserved: a form.
    pub const FORM: Self = Self(6);
    /// Reserved: a data set.
    pub const DATASET: Self = Self(7);
    /// The place that owns the feed: a [`PlaceInfo`].
    pub const PLACE: Self = Self(16);
    /// The agency that answers for the place: an [`Agency`].
    pub const AGENCY: Self = Self(17);
    /// The keys of a feed below: a [`Delegation`].
    pub const DELEGATION: Self = Self(18);
}

/// A leaf of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Record {
    /// Version of this format: 1.
    #[n(0)]
    pub format: u8,
    /// Name; the same through all corrections.
    #[n(1)]
    pub id: RecordId,
    /// What the body is.
    #[n(2)]
    pub kind: Kind,
    /// 1, and one more for each correction.
    #[n(3)]
    pub revision: u32,
    /// The place whose feed this is in.
    #[n(4)]
    pub place: PlaceId,
    /// When this revision was issued.
    #[n(5)]
    pub issued_at: Seconds,
    /// When what it says is in force, if it says so.
    #[n(6)]
    pub in_force: Option<Validity>,
    /// Leaf hash of the revision this corrects.
    #[n(7)]
    pub supersedes: Option<Hash>,
    /// CBOR of the kind's type.
    #[n(8)]
    pub body: ByteVec,
}

/// A record body of a known kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)]
pub enum Body {
    /// [`Kind::NOTICE`] or [`Kind::HERITAGE`].
    Article(Article),
    /// [`Kind::PRODUCT`].
    Product(Product),
    /// [`Kind::PLACE`].
    Place(PlaceInfo),
    /// [`Kind::AGENCY`].
    Agency(Agency),
    /// [`Kind::DELEGATION`].
    Delegation(Delegation),
    /// A kind this version does not know.
    Unknown,
}

impl Record {
    /// The version of the format written here.
    pub const FORMAT: u8 = 1;

    /// A first revision.
    pub fn new<B: Encode<()>>(
        id: RecordId,
        kind: Kind,
        place: PlaceId,
        issued_at: Seconds,
        body: &B,
    ) -> Self {
        Self {
            format: Self::FORMAT,
            id,
            kind,
            revision: 1,
            place,
            issued_at,
            in_force: None,
            supersedes: None,
            body: cbor::to_vec(body).into(),
        }
    }

    /// The leaf's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_vec(self)
    }

    /// Reads a leaf.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
        cbor::from_slice(bytes, RECORD_BYTES_MAX)
    }

    /// The hash under which the leaf stands in its tree.
    pub fn leaf_hash(bytes: &[u8]) -> Hash {
        tree::leaf_hash(bytes)
    }

    /// The body by kind; [`Body::Unknown`] is no error.
    pub fn body(&self) -> Result<Body, CborError> {
        Ok(match self.kind {
            Kind::NOTICE | Kind::HERITAGE => Body::Article(self.read()?),
            Kind::PRODUCT => Body::Product(self.read()?),
            Kind::PLACE => Body::Place(self.read()?),
            Kind::AGENCY => Body::Agency(self.read()?),
            Kind::DELEGATION => Body::Delegation(self.read()?),
            _ => Body::Unknown,
        })
    }

    fn read<T: for<'b> Decode<'b, ()>>(&self) -> Result<T, CborError> {
        cbor::from_slice(&self.body, RECORD_BYTES_MAX)
    }

    /// Every blob the record names, so that a node knows what to keep.
    pub fn blobs(&self) -> Vec<Blob> {
        let (pictures, audio) = match self.body() {
            Ok(Body::Article(article)) => (article.pictures, article.audio),
            Ok(Body::Product(product)) => (product.pictures, Vec::new()),
            _ => return Vec::new(),
        };
        let pictured = pictures.into_iter().flat_map(Picture::into_blobs);
        pictured.chain(audio.into_iter().map(|a| a.blob)).collect()
    }
}
