//! Notices and heritage: cards, pages and their order.

use std::cmp::Reverse;

use bantin_model::id::{Lang, RecordId};
use bantin_model::record::{Article, Kind, Record, Source, Urgency};
use bantin_model::time::Seconds;
use bantin_wire::ipc::notice::{NoticeCard, NoticePage, SourceView};

use crate::part::{
    audio_views, first_audio_view, languages, no_text, picture_view, picture_views, text_view,
};
use crate::{Context, FeedMark, Reader, authenticity};

/// What this device remembers about a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Somebody opened it or heard it to its end here.
    pub read: bool,
    /// The person keeps it.
    pub saved: bool,
}

/// One line of a list.
pub fn notice_card(
    record: &Record,
    article: &Article,
    marks: Marks,
    context: &Context<'_>,
) -> NoticeCard {
    let reader = context.reader;
    // No more than a card shows is copied: a search makes fifty of them while somebody types.
    let text = reader.text(&article.texts);
    let summary = text.map(|text| match text.summary.as_str() {
        "" => first_lines(&text.body),
        summary => summary.to_owned(),
    });
    NoticeCard {
        id: record.id,
        kind: kind_name(record.kind).to_owned(),
        topic: article.topic.name().to_owned(),
        urgent: is_urgent(record, article, reader.now),
        title: text.map(|text| text.title.clone()).unwrap_or_default(),
        summary: summary.unwrap_or_default(),
        lang: text
            .map_or_else(Lang::vietnamese, |text| text.lang.clone())
            .to_string(),
        agency: context.directory.agency_name(&record.place, reader),
        issued_at: record.issued_at,
        in_force_until: record.in_force.and_then(|valid| valid.until),
        picture: article
            .pictures
            .first()
            .map(|picture| picture_view(picture, reader)),
        audio: first_audio_view(&article.audio, context),
        unread: !marks.read,
        saved: marks.saved,
        sample: article.sample,
    }
}

/// A whole notice. Give a reader that prefers the language asked for: [`Reader::preferring`].
pub fn notice_page(
    record: &Record,
    article: &Article,
    marks: Marks,
    feed: FeedMark,
    context: &Context<'_>,
) -> NoticePage {
    let reader = context.reader;
    NoticePage {
        card: notice_card(record, article, marks, context),
        text: text_view(&article.texts, reader).unwrap_or_else(no_text),
        languages: languages(&article.texts),
        pictures: picture_views(&article.pictures, reader),
        audio: audio_views(&article.audio, context),
        sources: article.sources.iter().map(source_view).collect(),
        authenticity: authenticity(record, feed, context.directory, reader),
    }
}

/// Whether a list of `kind` (`notice` or `heritage`) and perhaps one topic shows the record.
pub fn notice_shown(record: &Record, article: &Article, kind: &str, topic: Option<&str>) -> bool {
    kind_name(record.kind) == kind && topic.is_none_or(|topic| article.topic.name() == topic)
}

/// Sort key: urgent ones in force first, then newest first; never a tie.
pub fn notice_order(
    record: &Record,
    article: &Article,
    now: Seconds,
) -> Reverse<(bool, Seconds, RecordId)> {
    Reverse((is_urgent(record, article, now), record.issued_at, record.id))
}

/// Belongs into *Nghe bản tin*: a notice with sound in a language of the reader, or in Vietnamese.
pub fn can_be_heard(record: &Record, article: &Article, reader: &Reader) -> bool {
    record.kind == Kind::NOTICE
        && in_force(record, reader.now)
        && article
            .audio
            .iter()
            .any(|audio| reader.distance(&audio.lang) <= reader.wanted.len())
}

fn in_force(record: &Record, now: Seconds) -> bool {
    record
        .in_force
        .is_none_or(|valid| valid.until.is_none_or(|end| now < end))
}

fn is_urgent(record: &Record, article: &Article, now: Seconds) -> bool {
    article.urgency == Urgency::URGENT && in_force(record, now)
}

fn kind_name(kind: Kind) -> &'static str {
    if kind == Kind::HERITAGE {
        "heritage"
    } else {
        "notice"
    }
}

/// Characters of the body that stand in for a missing summary.
const FIRST_LINES_CHARS: usize = 160;

fn first_lines(body: &str) -> String {
    let line = body.lines().find(|line| !line.trim().is_empty());
    crate::thread::first_words(line.unwrap_or_default(), FIRST_LINES_CHARS)
}

fn source_view(source: &Source) -> SourceView {
    SourceView {
        name: source.name.clone(),
        url: source.url.clone(),
        date: source.date.clone(),
    }
}
