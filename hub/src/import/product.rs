//! What makes a text a product.

use bantin_model::record::{Certificate, Group};
use bantin_model::time::Validity;

use super::collect::Days;
use super::fields::Fields;

/// Longest maker, village and price, in characters.
const FIELD_MAX: usize = 120;
/// Longest advice on buying, in characters.
const BUY_MAX: usize = 600;
/// Longest certificate number, in characters.
const NUMBER_MAX: usize = 60;
/// Longest name of an issuer, in characters.
const ISSUER_MAX: usize = 160;

/// The table `[product]` of a source file.
pub(super) struct Offer {
    pub(super) group: Group,
    pub(super) maker: String,
    pub(super) village: String,
    pub(super) price: String,
    pub(super) price_date: String,
    pub(super) season: Vec<u8>,
    pub(super) available: bool,
    pub(super) how_to_buy: String,
    pub(super) certificate: Option<Certificate>,
}

/// Reads `[product]` of a source file.
pub(super) fn offer(mut fields: Fields<'_>, sample: bool, days: Days) -> Option<Offer> {
    let groups = Group::ALL.map(|(_, name)| name);
    let group = fields
        .need_word("group", &groups)
        .and_then(Group::from_name);
    let maker = fields.need_line("maker", FIELD_MAX);
    let village = fields.need_line("village", FIELD_MAX);
    let price = fields.need_line("price", FIELD_MAX);
    let price_date = fields.need_date("price_date");
    let season = fields.need_months("season");
    let available = fields.need_word("availability", &["available", "out"]);
    let how_to_buy = fields.need_line("how_to_buy", BUY_MAX);
    let stars = fields.number("stars", 3, 5);
    let certificate = match (fields.table("certificate"), stars) {
        (Some(table), stars) => {
            if !fields.has("stars") {
                fields.wrong("certificate", "says nothing without stars");
            }
            certificate(table, sample, stars, days)
        }
        (None, Some(_)) => {
            fields.wrong("stars", "need a table [product.certificate]");
            None
        }
        (None, None) => None,
    };
    fields.end();
    // All twelve months are kept as none: all year.
    let season = season.map(|months| {
        if months.len() == 12 {
            Vec::new()
        } else {
            months
        }
    });
    Some(Offer {
        group: group?,
        maker: maker?,
        village: village?,
        price: price?,
        price_date: price_date?.to_string(),
        season: season?,
        available: available? == "available",
        how_to_buy: how_to_buy?,
        certificate,
    })
}

fn certificate(
    mut fields: Fields<'_>,
    sample: bool,
    stars: Option<u8>,
    days: Days,
) -> Option<Certificate> {
    let number = fields.need_line("number", NUMBER_MAX);
    let issued_by = fields.need_line("issued_by", ISSUER_MAX);
    let issued = fields.need_date("issued");
    let expires = fields.need_date("expires");
    if let (Some(issued), Some(expires)) = (issued, expires)
        && expires <= issued
    {
        fields.wrong("expires", "must be later than issued");
    }
    if sample
        && number
            .as_ref()
            .is_some_and(|number| !number.starts_with("MẪU"))
    {
        fields.wrong("number", "of a sample must begin with MẪU");
    }
    fields.end();
    Some(Certificate {
        number: number?,
        issued_by: issued_by?,
        valid: Validity {
            from: days.begins(issued?),
            until: Some(days.ends(expires?)),
        },
        stars: stars?,
    })
}

/// Reads `[product]` of a rendition: how to buy, in its language.
pub(super) fn rendition(mut fields: Fields<'_>) -> Option<String> {
    for key in ["maker", "village", "price"] {
        fields.line(key, FIELD_MAX);
    }
    let how_to_buy = fields.line("how_to_buy", BUY_MAX);
    if let Some(mut certificate) = fields.table("certificate") {
        certificate.line("issued_by", ISSUER_MAX);
        certificate.end();
    }
    fields.end();
    how_to_buy
}
