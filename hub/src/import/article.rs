//! What makes a text a notice or a heritage item: its sources and whose heritage it is.

use bantin_model::record::{Heritage, Source};

use super::fields::Fields;

/// Sources of one publication.
const SOURCES_MAX: usize = 8;
/// Longest name of a source, in characters.
const NAME_MAX: usize = 300;
/// Longest address, in characters.
const URL_MAX: usize = 500;
/// Longest name of a community, in characters.
const COMMUNITY_MAX: usize = 120;
/// Longest place or consent, in characters.
const LINE_MAX: usize = 200;
/// What a heritage item can be.
const FORMS: [&str; 10] = [
    "festival", "craft", "song", "dance", "music", "story", "dish", "dress", "building", "custom",
];

/// Reads all `[[source]]` tables.
pub(super) fn sources(fields: &mut Fields<'_>) -> Vec<Source> {
    fields
        .tables("source", SOURCES_MAX)
        .into_iter()
        .filter_map(source)
        .collect()
}

fn source(mut fields: Fields<'_>) -> Option<Source> {
    let name = fields.need_line("name", NAME_MAX);
    let url = fields.line("url", URL_MAX);
    let date = fields.when("date");
    let read = fields.need_date("read");
    let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    if url.as_ref().is_some_and(|url| !web(url)) {
        fields.wrong("url", "must begin with https:// or http://");
    }
    // As texts: a month or year comes before each of its days.
    if let (Some(date), Some(read)) = (&date, read)
        && read.to_string() < *date
    {
        fields.wrong("read", "is a day before the document was written");
    }
    fields.end();
    Some(Source {
        name: name?,
        url,
        date: date.unwrap_or_default(),
        read: Some(read?.to_string()),
    })
}

/// Reads `[heritage]` of a source file: what a record keeps, and the place, which it tells in its text.
pub(super) fn heritage(mut fields: Fields<'_>) -> Option<(Heritage, String)> {
    let community = fields.need_line("community", COMMUNITY_MAX);
    let form = fields.need_word("form", &FORMS);
    let place = fields.need_line("place", LINE_MAX);
    let consent = fields.need_line("consent", LINE_MAX);
    fields.end();
    Some((
        Heritage {
            community: community?,
            form: form?.into(),
            consent: consent?,
        },
        place?,
    ))
}

/// Reads `[heritage]` of a rendition: the place, in its language.
pub(super) fn rendition(mut fields: Fields<'_>) -> Option<String> {
    fields.line("community", COMMUNITY_MAX);
    fields.line("consent", LINE_MAX);
    let place = fields.line("place", LINE_MAX);
    fields.end();
    place
}
