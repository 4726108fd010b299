//! OCOP products in the agency's catalogue.

use minicbor::{Decode, Encode};

use super::{Picture, Text};
use crate::time::{Seconds, Validity};

/// The six OCOP product groups (Decision 148/QĐ-TTg of 2023).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Group(#[n(0)] pub u8);

impl Group {
    /// Every group with its name.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self(1), "food"),
        (Self(2), "drinks"),
        (Self(3), "herbs"),
        (Self(4), "handicraft"),
        (Self(5), "ornamental"),
        (Self(6), "tourism"),
    ];

    /// Its name; `other` for one this version does not know.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(group, _)| *group == self)
            .map_or("other", |(_, name)| name)
    }

    /// The group of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(group, _)| *group)
    }
}

/// A certificate that an officer has seen.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Certificate {
    /// Its number.
    #[n(0)]
    pub number: String,
    /// Who issued it.
    #[n(1)]
    pub issued_by: String,
    /// When it counts; the end is always known.
    #[n(2)]
    pub valid: Validity,
    /// 1–5 stars that it grants.
    #[n(3)]
    pub stars: u8,
}

impl Certificate {
    /// Days before the end from which on the end is announced.
    pub const ENDS_SOON_DAYS: u64 = 90;

    /// Counts at `now`.
    pub fn counts(&self, now: Seconds) -> bool {
        self.valid.covers(now)
    }

    /// Counts at `now`, but ends within [`Self::ENDS_SOON_DAYS`].
    pub fn ends_soon(&self, now: Seconds) -> bool {
        let horizon = now.plus(Self::ENDS_SOON_DAYS * Seconds::DAY);
        self.counts(now) && !self.valid.covers(horizon)
    }
}

/// The body of a product record. Its texts use `title` for the name, `body` for the story and `ask`
/// for how to buy.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Product {
    /// Which group.
    #[n(0)]
    pub group: Group,
    /// One per language, the original first.
    #[n(1)]
    pub texts: Vec<Text>,
    /// Household or cooperative, as it wants to be named in public.
    #[n(2)]
    pub maker: String,
    /// Where it is made.
    #[n(3)]
    pub village: String,
    /// As the maker says it.
    #[n(4)]
    pub price: String,
    /// Day on which the price was said, `YYYY-MM-DD`.
    #[n(5)]
    pub price_date: String,
    /// Months 1–12 in which there is some; empty = all year.
    #[n(6)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub season: Vec<u8>,
    /// There is some now.
    #[n(7)]
    pub available: bool,
    /// Certificate, if an officer has seen one.
    #[n(8)]
    pub certificate: Option<Certificate>,
    /// Pictures, the first one leads.
    #[n(9)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// Visibly a sample.
    #[n(10)]
    #[cbor(default)]
    pub sample: bool,
}

impl Product {
    /// Stars that count at `now`: only those of a certificate in force.
    pub fn stars(&self, now: Seconds) -> Option<u8> {
        self.certificate
            .as_ref()
            .filter(|c| c.counts(now))
            .map(|c| c.stars)
    }
}
