//! From the form to the page a reader gets, as if it were published now.

use bantin_model::id::{PlaceId, RecordId};
use bantin_wire::desk::publication::{NoticeForm, TextForm};
use bantin_wire::ipc::notice::{
    AudioView, Authenticity, Genuine, NoticeCard, NoticePage, PictureView, SourceView, TextView,
};

use crate::desk::state::clock_now;

/// The page in `lang`.
pub fn page(form: &NoticeForm, lang: &str, place: &PlaceId, agency: String) -> NoticePage {
    let text = form
        .texts
        .iter()
        .find(|text| text.lang == lang)
        .or(form.texts.first())
        .cloned()
        .unwrap_or_default();
    let pictures: Vec<PictureView> = form
        .pictures
        .iter()
        .map(|picture| PictureView {
            thumb: picture.blob,
            screen: picture.blob,
            width: 0,
            height: 0,
            alt: picture.alt.clone(),
        })
        .collect();
    let audio = sounds(form, lang);
    let now = clock_now();
    NoticePage {
        card: NoticeCard {
            id: form.corrects.unwrap_or(RecordId([0; 16])),
            kind: form.kind.clone(),
            topic: form.topic.clone(),
            urgent: form.urgent,
            title: text.title.clone(),
            summary: text.summary.clone(),
            lang: text.lang.clone(),
            agency: agency.clone(),
            issued_at: now,
            in_force_until: form.in_force_until,
            picture: pictures.first().cloned(),
            audio: audio.first().cloned(),
            unread: false,
            saved: false,
            sample: false,
        },
        text: said(text),
        languages: form.texts.iter().map(|text| text.lang.clone()).collect(),
        pictures,
        audio,
        sources: form
            .sources
            .iter()
            .filter(|source| !source.name.is_empty())
            .map(SourceView::clone)
            .collect(),
        authenticity: Authenticity {
            agency,
            place: place.clone(),
            signed_at: now,
            version: 0,
            state: Genuine::Current,
        },
    }
}

/// Recordings, those in the language that is read first.
fn sounds(form: &NoticeForm, lang: &str) -> Vec<AudioView> {
    let mut audio: Vec<AudioView> = form
        .audio
        .iter()
        .map(|audio| AudioView {
            blob: audio.blob,
            // The browser hears for itself what it is.
            mime: String::new(),
            bytes: 0,
            lang: audio.lang.clone(),
            machine: audio.machine,
            here: true,
        })
        .collect();
    audio.sort_by_key(|audio| audio.lang != lang);
    audio
}

fn said(text: TextForm) -> TextView {
    TextView {
        lang: text.lang,
        wanted: true,
        machine: text.machine,
        reviewed: text.reviewed,
        title: text.title,
        summary: text.summary,
        body: text.body,
        who: text.who,
        todo: text.todo,
        ask: text.ask,
    }
}
