//! Forms to letters. Everything a person typed is checked here before anything is sealed, and a refusal
//! names the field of the form, so that the screen can show it where the person looks.

use bantin_model::id::{Lang, RecordId};
use bantin_model::letter::{
    Attachment, CONTACT_CHARS_MAX, CertificateDraft, ConversationKeys, LINE_CHARS_MAX, Letter,
    ProductDraft, STORY_CHARS_MAX, TEXT_CHARS_MAX, Verb,
};
use bantin_model::record::{Group, Topic};
use bantin_model::time::Seconds;
use bantin_wire::ipc::conversation::Question;
use bantin_wire::ipc::product::ProductForm;
use bantin_wire::{Code, Failure};

/// Photos of one question, reply or product. Each goes as one attachment, its largest size; the hub
/// makes the smaller ones of what it publishes.
pub const PHOTOS_MAX: usize = 8;

/// A checked form: what a letter will say, before there are keys, a sequence number and attachments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    verb: Verb,
    text: String,
    about: Option<RecordId>,
    topic: Option<Topic>,
    product: Option<ProductDraft>,
    rating: Option<u8>,
    written_for: Option<String>,
    contact: Option<String>,
    photos: Vec<String>,
}

/// A question.
pub fn question_act(form: &Question) -> Result<Act, Failure> {
    let topic = match form.topic.as_str() {
        "" => None,
        name => Some(Topic::from_name(name).ok_or_else(|| Failure::at(Code::NotAllowed, "topic"))?),
    };
    let mut act = spoken(Verb::Question, &form.text, &form.photos)?;
    act.about = form.about;
    act.topic = topic;
    act.written_for = filled("written_for", form.written_for.as_deref(), LINE_CHARS_MAX)?;
    act.contact = filled("contact", form.contact.as_deref(), CONTACT_CHARS_MAX)?;
    Ok(act)
}

/// More detail.
pub fn reply_act(text: &str, photos: &[String]) -> Result<Act, Failure> {
    spoken(Verb::Reply, text, photos)
}

/// How good the answer was, with optional words.
pub fn rate_act(rating: u8, text: &str) -> Result<Act, Failure> {
    if !(1..=5).contains(&rating) {
        return Err(Failure::at(Code::NotAllowed, "rating"));
    }
    let mut act = Act::new(Verb::Rate, line("text", text, TEXT_CHARS_MAX)?);
    act.rating = Some(rating);
    Ok(act)
}

/// Ends the conversation.
pub fn close_act() -> Act {
    Act::new(Verb::Close, String::new())
}

/// Asks again; why may stay unsaid.
pub fn reopen_act(text: &str) -> Result<Act, Failure> {
    Ok(Act::new(Verb::Reopen, line("text", text, TEXT_CHARS_MAX)?))
}

/// A product to be checked; `record` names the publication it will become.
pub fn product_act(form: &ProductForm, record: RecordId) -> Result<Act, Failure> {
    let name = present("name", &form.name, LINE_CHARS_MAX)?;
    let group = Group::from_name(&form.group).ok_or_else(|| {
        let code = if form.group.is_empty() {
            Code::Empty
        } else {
            Code::NotAllowed
        };
        Failure::at(code, "group")
    })?;
    let mut season = form.season.clone();
    season.sort_unstable();
    season.dedup();
    if season.iter().any(|month| !(1..=12).contains(month)) {
        return Err(Failure::at(Code::NotAllowed, "season"));
    }
    if form.stars.is_some_and(|stars| !(1..=5).contains(&stars)) {
        return Err(Failure::at(Code::NotAllowed, "stars"));
    }
    let number = line(
        "certificate_number",
        &form.certificate_number,
        LINE_CHARS_MAX,
    )?;
    let certificate = (!number.is_empty()).then(|| CertificateDraft {
        number,
        ..CertificateDraft::default()
    });
    let draft = ProductDraft {
        id: record,
        name,
        group: group.0,
        story: line("story", &form.story, STORY_CHARS_MAX)?,
        price: line("price", &form.price, LINE_CHARS_MAX)?,
        season_months: season,
        village: line("village", &form.village, LINE_CHARS_MAX)?,
        maker: present("maker", &form.maker, LINE_CHARS_MAX)?,
        how_to_buy: line("how_to_buy", &form.how_to_buy, CONTACT_CHARS_MAX)?,
        certificate,
        stars: form.stars,
    };
    if form.photos.is_empty() {
        return Err(Failure::at(Code::Empty, "photos"));
    }
    let mut act = Act::new(Verb::SubmitProduct, String::new());
    act.photos = photos(&form.photos)?;
    act.product = Some(draft);
    Ok(act)
}

impl Act {
    fn new(verb: Verb, text: String) -> Self {
        Self {
            verb,
            text,
            about: None,
            topic: None,
            product: None,
            rating: None,
            written_for: None,
            contact: None,
            photos: Vec::new(),
        }
    }

    /// What it asks of the agency.
    pub fn verb(&self) -> Verb {
        self.verb
    }

    /// Tokens of its photos, in order, each once.
    pub fn photos(&self) -> &[String] {
        &self.photos
    }

    /// The letter. `attachments` are those of [`Act::photos`], in the same order.
    pub fn letter(
        self,
        keys: &ConversationKeys,
        seq: u32,
        written_at: Seconds,
        lang: Lang,
        attachments: Vec<Attachment>,
    ) -> Letter {
        Letter {
            about: self.about,
            topic: self.topic.map(|topic| topic.0),
            attachments,
            product: self.product,
            rating: self.rating,
            written_for: self.written_for,
            contact: self.contact,
            ..Letter::new(keys, self.verb, seq, written_at, lang, self.text)
        }
    }
}

/// A question or reply: words, a photo or both.
fn spoken(verb: Verb, text: &str, tokens: &[String]) -> Result<Act, Failure> {
    let mut act = Act::new(verb, line("text", text, TEXT_CHARS_MAX)?);
    act.photos = photos(tokens)?;
    if act.text.is_empty() && act.photos.is_empty() {
        return Err(Failure::at(Code::Empty, "text"));
    }
    Ok(act)
}

fn photos(tokens: &[String]) -> Result<Vec<String>, Failure> {
    let mut once: Vec<String> = Vec::new();
    for token in tokens {
        if !once.contains(token) {
            once.push(token.clone());
        }
    }
    if once.len() > PHOTOS_MAX {
        return Err(Failure::at(Code::TooMany, "photos").with(PHOTOS_MAX as u64));
    }
    Ok(once)
}

/// Without white space around it and within its limit.
fn line(field: &str, text: &str, chars_max: usize) -> Result<String, Failure> {
    let text = text.trim();
    if text.chars().count() > chars_max {
        return Err(Failure::at(Code::TooLong, field).with(chars_max as u64));
    }
    Ok(text.to_owned())
}

fn present(field: &str, text: &str, chars_max: usize) -> Result<String, Failure> {
    let text = line(field, text, chars_max)?;
    if text.is_empty() {
        return Err(Failure::at(Code::Empty, field));
    }
    Ok(text)
}

fn filled(field: &str, text: Option<&str>, chars_max: usize) -> Result<Option<String>, Failure> {
    let text = line(field, text.unwrap_or_default(), chars_max)?;
    Ok((!text.is_empty()).then_some(text))
}
