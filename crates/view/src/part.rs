//! Texts, pictures and sound of a record for one reader.

use bantin_model::id::{Hash, Lang};
use bantin_model::record::{Audio, Method, Picture, Text};
use bantin_wire::ipc::notice::{AudioView, PictureView, TextView};

use crate::{Directory, Reader};

/// What the views are made from besides the record.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Who reads.
    pub reader: &'a Reader,
    /// Names of places and agencies.
    pub directory: &'a Directory,
    /// Whether a blob is on this device.
    pub held: &'a dyn Fn(&Hash) -> bool,
}

/// The best text; none only if there is no text at all.
pub(crate) fn text_view(texts: &[Text], reader: &Reader) -> Option<TextView> {
    let text = reader.text(texts)?;
    Some(TextView {
        lang: text.lang.to_string(),
        // Only the language asked for first counts: a second choice is said to be one.
        wanted: reader.wanted.first() == Some(&text.lang),
        machine: text.method == Method::Machine,
        reviewed: text.reviewed_by.is_some(),
        title: text.title.clone(),
        summary: text.summary.clone(),
        body: text.body.clone(),
        who: text.who.clone(),
        todo: text.todo.clone(),
        ask: text.ask.clone(),
    })
}

/// Stands in for a record without any text, which no hub of ours publishes.
pub(crate) fn no_text() -> TextView {
    TextView {
        lang: Lang::vietnamese().to_string(),
        wanted: false,
        machine: false,
        reviewed: false,
        title: String::new(),
        summary: String::new(),
        body: String::new(),
        who: String::new(),
        todo: String::new(),
        ask: String::new(),
    }
}

/// Languages there are texts in, Vietnamese first, then in the record's order.
pub(crate) fn languages(texts: &[Text]) -> Vec<String> {
    let vietnamese = Lang::vietnamese();
    let (first, rest): (Vec<&Text>, Vec<&Text>) =
        texts.iter().partition(|text| text.lang == vietnamese);
    first
        .into_iter()
        .chain(rest)
        .map(|text| text.lang.to_string())
        .collect()
}

pub(crate) fn picture_view(picture: &Picture, reader: &Reader) -> PictureView {
    PictureView {
        thumb: picture.thumb.hash,
        screen: picture.screen.hash,
        width: picture.width,
        height: picture.height,
        alt: reader.name(&picture.alt),
    }
}

pub(crate) fn picture_views(pictures: &[Picture], reader: &Reader) -> Vec<PictureView> {
    pictures
        .iter()
        .map(|picture| picture_view(picture, reader))
        .collect()
}

/// All recordings, the reader's languages first.
pub(crate) fn audio_views(audio: &[Audio], context: &Context<'_>) -> Vec<AudioView> {
    let mut sorted: Vec<&Audio> = audio.iter().collect();
    // Stable: of two in one language the record's order says which comes first.
    sorted.sort_by_key(|one| context.reader.distance(&one.lang));
    sorted
        .into_iter()
        .map(|one| audio_view(one, context))
        .collect()
}

/// The first of them: of the others nobody has to know whether they are here.
pub(crate) fn first_audio_view(audio: &[Audio], context: &Context<'_>) -> Option<AudioView> {
    let first = audio
        .iter()
        .min_by_key(|one| context.reader.distance(&one.lang));
    first.map(|one| audio_view(one, context))
}

fn audio_view(one: &Audio, context: &Context<'_>) -> AudioView {
    AudioView {
        blob: one.blob.hash,
        mime: one.blob.mime.as_str().to_owned(),
        bytes: one.blob.bytes,
        lang: one.lang.to_string(),
        machine: one.method == Method::Machine,
        here: (context.held)(&one.blob.hash),
    }
}
