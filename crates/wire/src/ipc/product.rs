//! OCOP products: what the agency's catalogue shows, and what a household submits.

use bantin_model::id::RecordId;
use bantin_model::time::Seconds;
use serde::{Deserialize, Serialize};

use super::notice::{Authenticity, PictureView, TextView};
use crate::commands;

/// A certificate and whether it counts today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateView {
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issued_by: String,
    /// First day.
    pub issued: Seconds,
    /// First moment it no longer counts.
    pub expires: Seconds,
    /// It counts now, judged offline too.
    pub valid: bool,
    /// It counts now but ends within 90 days.
    pub ends_soon: bool,
}

/// One tile of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductCard {
    /// Which.
    pub id: RecordId,
    /// Name in the best language there is.
    pub name: String,
    /// `food`, `drinks`, `herbs`, `handicraft`, `ornamental` or `tourism`.
    pub group: String,
    /// 1–5 while the certificate counts, else none.
    pub stars: Option<u8>,
    /// Household or cooperative.
    pub maker: String,
    /// Where it is made.
    pub village: String,
    /// As the maker says it; prices are text.
    pub price: String,
    /// Day the price was said, `YYYY-MM-DD`.
    pub price_date: String,
    /// Months 1–12 in which there is some; empty = all year.
    pub season: Vec<u8>,
    /// There is some now.
    pub available: bool,
    /// First picture.
    pub picture: Option<PictureView>,
    /// Visibly a sample.
    pub sample: bool,
}

/// A whole product page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductPage {
    /// What the tile shows.
    pub card: ProductCard,
    /// The maker's story; `ask` says how to buy.
    pub text: TextView,
    /// Languages there are texts in.
    pub languages: Vec<String>,
    /// All pictures.
    pub pictures: Vec<PictureView>,
    /// Certificate, if any.
    pub certificate: Option<CertificateView>,
    /// Who published it.
    pub authenticity: Authenticity,
}

/// What a household tells about its product. Limits are those of the letter format.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProductForm {
    /// Name.
    pub name: String,
    /// One of the six groups, see [`ProductCard::group`].
    pub group: String,
    /// The story.
    pub story: String,
    /// Price as text.
    pub price: String,
    /// Months 1–12.
    pub season: Vec<u8>,
    /// Village.
    pub village: String,
    /// Household or cooperative, as it wants to be named in public.
    pub maker: String,
    /// How to buy; public.
    pub how_to_buy: String,
    /// Stars claimed, with the certificate to check.
    pub stars: Option<u8>,
    /// Number of the certificate, empty if none.
    pub certificate_number: String,
    /// Tokens of photos taken with [`super::media::PHOTO_ADD`], 1–8.
    pub photos: Vec<String>,
}

commands! {
    /// Products, in season and available first, then newest.
    ProductList "product_list" {
        /// One group, or all.
        group: Option<String>,
        /// How many to pass over.
        offset: u32,
        /// How many at most, ≤ 200.
        limit: u32,
    } -> Vec<ProductCard>;
    /// One product.
    ProductRead "product_read" {
        /// Which.
        id: RecordId,
        /// Another language than the settings say.
        lang: Option<String>,
    } -> ProductPage;
    /// Sends a product to be checked; a conversation with the agency follows it. Returns its id.
    ProductSubmit "product_submit" {
        /// The form.
        form: ProductForm,
        /// Names this act, so that a double tap submits once.
        once: String,
    } -> String;
}
