//! What a household tells about a product it wants the agency to publish.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::body::{LetterError, check_chars, check_present};
use super::{CONTACT_CHARS_MAX, LINE_CHARS_MAX, STORY_CHARS_MAX};
use crate::id::RecordId;
use crate::time::Seconds;

/// A product as its maker describes it; an officer checks it before anything is published. Photos
/// are attachments of the letter, the first one is the main picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ProductDraft {
    /// The record it will become; the same for every new version of the draft.
    #[n(0)]
    pub id: RecordId,
    /// Name, at most 200 characters.
    #[n(1)]
    pub name: String,
    /// Product group 1–6: food, drinks, medicinal herbs, handicraft, ornamental organisms, tourism.
    #[n(2)]
    pub group: u8,
    /// Its story, at most 5,000 characters.
    #[n(3)]
    #[cbor(default)]
    pub story: String,
    /// Price as the maker writes it, at most 200 characters.
    #[n(4)]
    #[cbor(default)]
    pub price: String,
    /// Months in which it can be had, 1–12, ascending; empty = not said.
    #[n(5)]
    #[cbor(default)]
    pub season_months: Vec<u8>,
    /// Village, at most 200 characters.
    #[n(6)]
    #[cbor(default)]
    pub village: String,
    /// The household, cooperative or person who makes it, at most 200 characters.
    #[n(7)]
    #[cbor(default)]
    pub maker: String,
    /// How to buy, at most 500 characters.
    #[n(8)]
    #[cbor(default)]
    pub how_to_buy: String,
    /// The certificate, if there is one.
    #[n(9)]
    pub certificate: Option<CertificateDraft>,
    /// Stars 1–5 on the certificate.
    #[n(10)]
    pub stars: Option<u8>,
}

/// A certificate as the maker reads it from the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct CertificateDraft {
    /// Its number, at most 200 characters.
    #[n(0)]
    pub number: String,
    /// Who issued it, at most 200 characters.
    #[n(1)]
    pub issued_by: String,
    /// When it was issued; 0 together with `expires`: the maker did not say.
    #[n(2)]
    pub issued: Seconds,
    /// When it ends.
    #[n(3)]
    pub expires: Seconds,
}

impl ProductDraft {
    /// Whether every field is within its limits.
    pub fn validate(&self) -> Result<(), LetterError> {
        check_present("product.name", &self.name)?;
        check_chars("product.name", &self.name, LINE_CHARS_MAX)?;
        check_chars("product.story", &self.story, STORY_CHARS_MAX)?;
        check_chars("product.price", &self.price, LINE_CHARS_MAX)?;
        check_chars("product.village", &self.village, LINE_CHARS_MAX)?;
        check_chars("product.maker", &self.maker, LINE_CHARS_MAX)?;
        check_chars("product.how_to_buy", &self.how_to_buy, CONTACT_CHARS_MAX)?;
        if !(1..=6).contains(&self.group) {
            return Err(LetterError::OutOfRange("product.group"));
        }
        if self.stars.is_some_and(|stars| !(1..=5).contains(&stars)) {
            return Err(LetterError::OutOfRange("product.stars"));
        }
        let ascending = self.season_months.is_sorted_by(|a, b| a < b);
        if !ascending || !self.season_months.iter().all(|m| (1..=12).contains(m)) {
            return Err(LetterError::OutOfRange("product.season_months"));
        }
        self.certificate
            .as_ref()
            .map_or(Ok(()), CertificateDraft::validate)
    }
}

impl CertificateDraft {
    fn validate(&self) -> Result<(), LetterError> {
        check_present("product.certificate.number", &self.number)?;
        check_chars("product.certificate.number", &self.number, LINE_CHARS_MAX)?;
        check_chars(
            "product.certificate.issued_by",
            &self.issued_by,
            LINE_CHARS_MAX,
        )?;
        let dated = (self.issued, self.expires) != Default::default();
        if dated && self.expires <= self.issued {
            return Err(LetterError::OutOfRange("product.certificate.expires"));
        }
        Ok(())
    }
}
