//! From a published record back to the form, to correct it.

use bantin_model::id::{Lang, RecordId};
use bantin_model::record::{Article, Kind, Method, Urgency};
use bantin_model::time::Validity;
use bantin_wire::desk::publication::{AudioForm, NoticeForm, PictureForm, TextForm};
use bantin_wire::ipc::notice::SourceView;

use super::kind_name;
use super::picture::largest;

/// The form that would publish this article again.
pub(in crate::desk) fn write(
    id: RecordId,
    kind: Kind,
    in_force: Option<Validity>,
    article: &Article,
) -> NoticeForm {
    let texts = article.texts.iter().map(|text| TextForm {
        lang: text.lang.to_string(),
        title: text.title.clone(),
        summary: text.summary.clone(),
        body: text.body.clone(),
        who: text.who.clone(),
        todo: text.todo.clone(),
        ask: text.ask.clone(),
        machine: text.method == Method::Machine,
        reviewed: text.reviewed_by.is_some(),
    });
    let audio = article.audio.iter().map(|audio| AudioForm {
        blob: audio.blob.hash,
        lang: audio.lang.to_string(),
        machine: audio.method == Method::Machine,
    });
    let pictures = article.pictures.iter().map(|picture| PictureForm {
        blob: largest(picture),
        alt: picture
            .alt
            .get(&Lang::vietnamese())
            .cloned()
            .unwrap_or_default(),
    });
    let sources = article.sources.iter().map(|source| SourceView {
        name: source.name.clone(),
        url: source.url.clone(),
        date: source.date.clone(),
    });
    NoticeForm {
        corrects: Some(id),
        kind: kind_name(kind).into(),
        topic: article.topic.name().into(),
        urgent: article.urgency == Urgency::URGENT,
        in_force_from: in_force.map(|validity| validity.from),
        in_force_until: in_force.and_then(|validity| validity.until),
        texts: texts.collect(),
        audio: audio.collect(),
        pictures: pictures.collect(),
        sources: sources.collect(),
    }
}
