//! From a form to a notice or heritage item.

use bantin_model::id::PlaceId;
use bantin_model::record::{Article, Body, Kind, Record, TextLimits, Topic, Urgency};
use bantin_model::time::Validity;
use bantin_wire::desk::publication::NoticeForm;
use bantin_wire::{Code, Failure};

use super::picture::pictures;
use super::words::{sounds, sources, texts};
use super::{KINDS, Written};
use crate::Hub;
use crate::failure::Result;

/// The topic that must say where its facts come from.
const POLICY: &str = "policy";
/// The topic of heritage.
const CULTURE: &str = "culture";

/// Reads and checks the form for a place.
pub(in crate::desk) async fn read(
    hub: &Hub,
    place: &PlaceId,
    form: &NoticeForm,
) -> Result<Written> {
    let kind = KINDS
        .into_iter()
        .find(|(kind, name)| *kind != Kind::PRODUCT && *name == form.kind);
    let (kind, _) = kind.ok_or_else(|| Failure::at(Code::NotAllowed, "kind"))?;
    let before = corrected(hub, place, form, kind).await?;
    let old = before.as_ref().map(|(article, _)| article);
    let topic = match (kind, form.topic.as_str()) {
        (Kind::HERITAGE, "") => CULTURE,
        (_, topic) => topic,
    };
    let topic = Topic::from_name(topic).ok_or_else(|| Failure::at(Code::NotAllowed, "topic"))?;
    let office = hub.office(place).await?;
    for (field, count, limit) in [
        ("texts", form.texts.len(), TextLimits::TEXTS_MAX),
        ("audio", form.audio.len(), TextLimits::AUDIO_MAX),
        ("sources", form.sources.len(), TextLimits::SOURCES_MAX),
    ] {
        if count > limit {
            return Err(Failure::at(Code::TooMany, field).with(limit as u64).into());
        }
    }
    let article = Article {
        topic,
        urgency: if form.urgent {
            Urgency::URGENT
        } else {
            Urgency::NORMAL
        },
        texts: texts(form, &office)?,
        audio: sounds(hub, place, form, old).await?,
        pictures: pictures(hub, form, old).await?,
        sources: sources(form, old)?,
        heritage: old.and_then(|article| article.heritage.clone()),
        // Whoever signs as the agency issues it: from here on it is no sample.
        sample: false,
    };
    if topic.name() == POLICY && kind == Kind::NOTICE && article.sources.is_empty() {
        return Err(Failure::at(Code::Empty, "sources").into());
    }
    article.check()?;
    let in_force = in_force(
        hub,
        form,
        before.as_ref().and_then(|(_, in_force)| *in_force),
    )?;
    Ok(Written {
        kind,
        article,
        in_force,
    })
}

/// The published article that the form corrects, with its validity.
async fn corrected(
    hub: &Hub,
    place: &PlaceId,
    form: &NoticeForm,
    kind: Kind,
) -> Result<Option<(Article, Option<Validity>)>> {
    let Some(id) = form.corrects else {
        return Ok(None);
    };
    let row = hub.store.record(&id).await?;
    let row = row.filter(|row| row.place == *place && row.kind == kind);
    let row = row.ok_or_else(|| Failure::at(Code::NotFound, "corrects"))?;
    let record = Record::from_bytes(&row.bytes).ok();
    let article = record.as_ref().and_then(|record| match record.body() {
        Ok(Body::Article(article)) => Some(article),
        _ => None,
    });
    Ok(article.map(|article| (article, record.and_then(|record| record.in_force))))
}

fn in_force(hub: &Hub, form: &NoticeForm, before: Option<Validity>) -> Result<Option<Validity>> {
    let (from, until) = (form.in_force_from, form.in_force_until);
    if from.is_none() && until.is_none() {
        return Ok(None);
    }
    // Without a start it counts from its publication on.
    let known = before.map(|validity| validity.from);
    let from = from.or(known).unwrap_or_else(|| hub.clock.now());
    if until.is_some_and(|until| until <= from) {
        return Err(Failure::at(Code::NotAllowed, "in_force_until").into());
    }
    Ok(Some(Validity { from, until }))
}
