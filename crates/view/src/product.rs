//! Products of the agency's catalogue: tiles, pages and their order.

use std::cmp::Reverse;

use bantin_model::id::RecordId;
use bantin_model::record::{Certificate, Product, Record};
use bantin_model::time::Seconds;
use bantin_wire::ipc::product::{CertificateView, ProductCard, ProductPage};

use crate::part::{languages, no_text, picture_view, picture_views, text_view};
use crate::{Context, FeedMark, Reader, authenticity};

/// One tile.
pub fn product_card(record: &Record, product: &Product, context: &Context<'_>) -> ProductCard {
    let reader = context.reader;
    let text = reader.text(&product.texts);
    ProductCard {
        id: record.id,
        name: text.map(|text| text.title.clone()).unwrap_or_default(),
        group: product.group.name().to_owned(),
        stars: product.stars(reader.now),
        maker: product.maker.clone(),
        village: product.village.clone(),
        price: product.price.clone(),
        price_date: product.price_date.clone(),
        season: product.season.clone(),
        available: product.available,
        picture: product
            .pictures
            .first()
            .map(|picture| picture_view(picture, reader)),
        sample: product.sample,
    }
}

/// A whole product. Give a reader that prefers the language asked for: [`Reader::preferring`].
pub fn product_page(
    record: &Record,
    product: &Product,
    feed: FeedMark,
    context: &Context<'_>,
) -> ProductPage {
    let reader = context.reader;
    ProductPage {
        card: product_card(record, product, context),
        text: text_view(&product.texts, reader).unwrap_or_else(no_text),
        languages: languages(&product.texts),
        pictures: picture_views(&product.pictures, reader),
        certificate: product
            .certificate
            .as_ref()
            .map(|certificate| certificate_view(certificate, reader.now)),
        authenticity: authenticity(record, feed, context.directory, reader),
    }
}

/// Whether a list of one group, or of all, shows the product.
pub fn product_shown(product: &Product, group: Option<&str>) -> bool {
    group.is_none_or(|group| product.group.name() == group)
}

/// Sort key: what can be had this month first, then newest first; never a tie.
pub fn product_order(
    record: &Record,
    product: &Product,
    reader: &Reader,
) -> Reverse<(bool, Seconds, RecordId)> {
    let in_season = product.season.is_empty() || product.season.contains(&reader.month());
    Reverse((product.available && in_season, record.issued_at, record.id))
}

fn certificate_view(certificate: &Certificate, now: Seconds) -> CertificateView {
    CertificateView {
        number: certificate.number.clone(),
        issued_by: certificate.issued_by.clone(),
        issued: certificate.valid.from,
        expires: certificate.valid.until.unwrap_or(Seconds(u64::MAX)),
        valid: certificate.counts(now),
        ends_soon: certificate.ends_soon(now),
    }
}
