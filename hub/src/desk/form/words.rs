//! Texts, sounds and sources of a form.

use bantin_model::id::{Lang, PlaceId};
use bantin_model::record::{Article, Audio, Method, Mime, Source, Text, TextLimits};
use bantin_wire::desk::publication::{NoticeForm, TextForm};
use bantin_wire::ipc::notice::SourceView;
use bantin_wire::{Code, Failure};

use crate::Hub;
use crate::desk::text;
use crate::failure::Result;
use crate::import::is_when;

/// The longest address of a source, in characters.
const URL_MAX: usize = 500;

/// A text of the form; none for one that nobody began.
fn text_of(form: &TextForm, at: usize, office: &str) -> Result<Option<Text>> {
    let field = |name: &str| format!("texts.{at}.{name}");
    let text = Text {
        lang: Lang::new(form.lang.trim())
            .map_err(|_| Failure::at(Code::NotAllowed, field("lang")))?,
        title: text::line(&form.title),
        summary: text::line(&form.summary),
        body: text::lines(&form.body),
        who: text::lines(&form.who),
        todo: text::lines(&form.todo),
        ask: text::lines(&form.ask),
        method: if form.machine {
            Method::Machine
        } else {
            Method::Human
        },
        made_by: None,
        reviewed_by: form.reviewed.then(|| office.to_owned()),
    };
    let vietnamese = text.lang == Lang::vietnamese();
    if text.searchable().is_empty() && text.title.is_empty() && !vietnamese {
        return Ok(None);
    }
    let limits = [
        ("title", &text.title, TextLimits::TITLE_MAX),
        ("summary", &text.summary, TextLimits::SUMMARY_MAX),
        ("body", &text.body, TextLimits::BODY_MAX),
        ("who", &text.who, TextLimits::PART_MAX),
        ("todo", &text.todo, TextLimits::PART_MAX),
        ("ask", &text.ask, TextLimits::PART_MAX),
    ];
    if text.title.is_empty() {
        return Err(Failure::at(Code::Empty, field("title")).into());
    }
    for (name, value, limit) in limits {
        if value.chars().count() > limit {
            return Err(Failure::at(Code::TooLong, field(name))
                .with(limit as u64)
                .into());
        }
    }
    Ok(Some(text))
}

/// All texts, Vietnamese first. Fields are named by their place in the form, not in the record.
pub(super) fn texts(form: &NoticeForm, office: &str) -> Result<Vec<Text>> {
    let mut out: Vec<Text> = Vec::new();
    for (at, one) in form.texts.iter().enumerate() {
        let Some(text) = text_of(one, at, office)? else {
            continue;
        };
        if out.iter().any(|known| known.lang == text.lang) {
            return Err(Failure::at(Code::NotAllowed, format!("texts.{at}.lang")).into());
        }
        out.push(text);
    }
    out.sort_by_key(|text| text.lang != Lang::vietnamese());
    Ok(out)
}

/// All sounds. Who made one that was there before stays known.
pub(super) async fn sounds(
    hub: &Hub,
    place: &PlaceId,
    form: &NoticeForm,
    before: Option<&Article>,
) -> Result<Vec<Audio>> {
    let office = hub.office(place).await?;
    let mut out: Vec<Audio> = Vec::new();
    for (at, one) in form.audio.iter().enumerate() {
        let field = |name: &str| format!("audio.{at}.{name}");
        let lang =
            Lang::new(one.lang.trim()).map_err(|_| Failure::at(Code::NotAllowed, field("lang")))?;
        let blob = hub.known_blob(&one.blob).await?;
        let blob = blob.ok_or_else(|| Failure::at(Code::NotFound, field("blob")))?;
        if !matches!(blob.mime, Mime::Mp3 | Mime::Ogg | Mime::Wav | Mime::M4a) {
            return Err(Failure::at(Code::MediaKind, field("blob")).into());
        }
        let old = before.and_then(|article| article.audio.iter().find(|a| a.blob == blob));
        let made_by = match old {
            Some(old) => old.made_by.clone(),
            None => (!one.machine).then(|| office.clone()),
        };
        let method = if one.machine {
            Method::Machine
        } else {
            Method::Human
        };
        out.push(Audio {
            blob,
            lang,
            method,
            made_by,
        });
    }
    Ok(out)
}

/// All sources; empty rows are passed over. The day one was read stays as it was.
pub(super) fn sources(form: &NoticeForm, before: Option<&Article>) -> Result<Vec<Source>> {
    let mut out = Vec::new();
    for (at, one) in form.sources.iter().enumerate() {
        if let Some(source) = source(one, at, before)? {
            out.push(source);
        }
    }
    Ok(out)
}

fn source(form: &SourceView, at: usize, before: Option<&Article>) -> Result<Option<Source>> {
    let field = |name: &str| format!("sources.{at}.{name}");
    let (name, date) = (text::line(&form.name), text::line(&form.date));
    let url = form
        .url
        .as_deref()
        .map(text::line)
        .filter(|url| !url.is_empty());
    if name.is_empty() && date.is_empty() && url.is_none() {
        return Ok(None);
    }
    if name.is_empty() {
        return Err(Failure::at(Code::Empty, field("name")).into());
    }
    if name.chars().count() > TextLimits::SUMMARY_MAX {
        let limit = TextLimits::SUMMARY_MAX as u64;
        return Err(Failure::at(Code::TooLong, field("name")).with(limit).into());
    }
    if !date.is_empty() && !is_when(&date) {
        return Err(Failure::at(Code::NotAllowed, field("date")).into());
    }
    if let Some(url) = &url {
        // Shown as a link: no other scheme may get there.
        if !(url.starts_with("https://") || url.starts_with("http://")) || url.contains(' ') {
            return Err(Failure::at(Code::NotAllowed, field("url")).into());
        }
        if url.chars().count() > URL_MAX {
            return Err(Failure::at(Code::TooLong, field("url"))
                .with(URL_MAX as u64)
                .into());
        }
    }
    let mut known = before.into_iter().flat_map(|article| &article.sources);
    let read = known.find(|old| old.name == name && old.url == url && old.date == date);
    let read = read.and_then(|old| old.read.clone());
    Ok(Some(Source {
        name,
        url,
        date,
        read,
    }))
}
