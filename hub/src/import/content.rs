//! From the words and fields of a publication's files to what a record holds.

use bantin_model::conversation::Date;
use bantin_model::id::RecordId;
use bantin_model::record::{Article, Picture, Product, Source, TextLimits, Topic, Urgency};

use super::Content;
use super::fields::Fields;
use super::media::Sizes;
use super::product::Offer;
use super::rendition::Words;

/// What a source file says besides its words.
pub(super) struct Head {
    pub(super) id: Option<RecordId>,
    pub(super) kind: &'static str,
    pub(super) topic: Option<Topic>,
    pub(super) urgency: Urgency,
    pub(super) published: Option<Date>,
    pub(super) in_force: Option<(Option<Date>, Option<Date>)>,
    pub(super) sample: bool,
    pub(super) sources: Vec<Source>,
}

pub(super) fn of_article(topic: Topic, words: &Words, head: &Head) -> Article {
    Article {
        topic,
        urgency: head.urgency,
        texts: vec![words.text.clone()],
        audio: words.audio.clone(),
        pictures: pictures(words),
        sources: head.sources.clone(),
        heritage: None,
        sample: head.sample,
    }
}

pub(super) fn of_product(offer: Offer, words: &Words, head: &Head) -> Product {
    Product {
        group: offer.group,
        texts: vec![words.text.clone()],
        maker: offer.maker,
        village: offer.village,
        price: offer.price,
        price_date: offer.price_date,
        season: offer.season,
        available: offer.available,
        certificate: offer.certificate,
        pictures: pictures(words),
        sample: head.sample,
    }
}

fn pictures(words: &Words) -> Vec<Picture> {
    let of = |(_, sizes, alt): &(String, Sizes, String)| Picture {
        thumb: sizes.thumb,
        screen: sizes.screen,
        full: (sizes.full.hash != sizes.screen.hash).then_some(sizes.full),
        width: sizes.width,
        height: sizes.height,
        alt: [(words.text.lang.clone(), alt.clone())].into(),
    };
    words.pictures.iter().map(of).collect()
}

/// Adds a rendition to what its source says.
pub(super) fn join(content: &mut Content, words: Words, extra: &Option<String>, kind: &str) {
    let mut text = words.text;
    match (kind, extra) {
        ("product", Some(how_to_buy)) => text.ask.clone_from(how_to_buy),
        ("heritage", Some(place)) => text.body = closing(&text.body, place),
        _ => {}
    }
    let lang = text.lang.clone();
    let pictures = match content {
        Content::Article(article) => {
            article.texts.push(text);
            article.audio.extend(words.audio);
            &mut article.pictures
        }
        Content::Product(product) => {
            product.texts.push(text);
            &mut product.pictures
        }
    };
    for (_, sizes, alt) in words.pictures {
        let same = pictures
            .iter_mut()
            .find(|picture| picture.screen.hash == sizes.screen.hash);
        if let Some(picture) = same {
            picture.alt.insert(lang.clone(), alt);
        }
    }
}

/// A record has no field for where heritage lives, so its text ends with it.
pub(super) fn closing(body: &str, place: &str) -> String {
    if body.is_empty() {
        place.into()
    } else {
        format!("{body}\n\n{place}")
    }
}

/// The field `id`: a UUIDv7 in its usual form.
pub(super) fn uuid(fields: &mut Fields<'_>) -> Option<RecordId> {
    let text = fields.line("id", TextLimits::FIELD_MAX)?;
    let plain = text.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    let id = RecordId::from_hex(&text.replace('-', "")).filter(|id| plain && is_version_7(id));
    if id.is_none() {
        fields.wrong("id", "must be a UUIDv7");
    }
    id
}

fn is_version_7(id: &RecordId) -> bool {
    let [_, _, _, _, _, _, version, _, variant, ..] = id.0;
    version >> 4 == 7 && variant >> 6 == 0b10
}
