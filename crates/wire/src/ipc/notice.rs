//! Notices and heritage: what an agency says.

use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::time::Seconds;
use serde::{Deserialize, Serialize};

use crate::commands;

/// What stands behind the words *Đã xác thực*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authenticity {
    /// Who says it: the agency that owns the feed, by name.
    pub agency: String,
    /// The place of that feed.
    pub place: PlaceId,
    /// When the head that covers it was signed.
    pub signed_at: Seconds,
    /// Version of that feed.
    pub version: u64,
    /// How sure one can be.
    pub state: Genuine,
}

/// How sure one can be that an agency says this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Genuine {
    /// Signed, and the head is fresh.
    Current,
    /// Signed, but the head is past its expiry: true as of its date.
    Old,
    /// It was withdrawn or replaced since.
    Replaced,
}

/// A text in one language and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextView {
    /// Language of this text.
    pub lang: String,
    /// False if the person's language is missing and Vietnamese stands in.
    pub wanted: bool,
    /// A machine wrote it.
    pub machine: bool,
    /// A person read it over.
    pub reviewed: bool,
    /// Headline.
    pub title: String,
    /// Three lines at most.
    pub summary: String,
    /// Paragraphs separated by empty lines; lines beginning with `- ` are items.
    pub body: String,
    /// Who benefits; empty if not said.
    pub who: String,
    /// What to do; empty if not said.
    pub todo: String,
    /// Whom to ask; empty if not said.
    pub ask: String,
}

/// A picture at up to three sizes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureView {
    /// Long side about 320 px.
    pub thumb: Hash,
    /// Long side about 960 px.
    pub screen: Hash,
    /// Width of `screen` in px.
    pub width: u32,
    /// Height of `screen` in px.
    pub height: u32,
    /// What it shows, in the person's language, else Vietnamese.
    pub alt: String,
}

/// A recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudioView {
    /// The sound.
    pub blob: Hash,
    /// Media type, such as `audio/mpeg`.
    pub mime: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its language.
    pub lang: String,
    /// A machine voice.
    pub machine: bool,
    /// It is on this device already.
    pub here: bool,
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceView {
    /// Document or body.
    pub name: String,
    /// Address, if it has one.
    pub url: Option<String>,
    /// Date of the document, `YYYY-MM-DD`.
    pub date: String,
}

/// One line of a list of notices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoticeCard {
    /// Which.
    pub id: RecordId,
    /// `notice` or `heritage`.
    pub kind: String,
    /// `policy`, `health`, `education`, `market`, `science`, `security` or `culture`.
    pub topic: String,
    /// Shown first, in red.
    pub urgent: bool,
    /// Headline in the best language there is.
    pub title: String,
    /// First lines.
    pub summary: String,
    /// Language of the headline.
    pub lang: String,
    /// Agency that says it.
    pub agency: String,
    /// When it was issued.
    pub issued_at: Seconds,
    /// First moment it is no longer in force, if set.
    pub in_force_until: Option<Seconds>,
    /// First picture.
    pub picture: Option<PictureView>,
    /// Something can be listened to.
    pub audio: Option<AudioView>,
    /// Nobody opened it on this device yet.
    pub unread: bool,
    /// The person keeps it.
    pub saved: bool,
    /// Visibly a sample.
    pub sample: bool,
}

/// A whole notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoticePage {
    /// What the list shows.
    pub card: NoticeCard,
    /// The text to show.
    pub text: TextView,
    /// Languages there are texts in, Vietnamese first.
    pub languages: Vec<String>,
    /// All pictures.
    pub pictures: Vec<PictureView>,
    /// All recordings, the person's language first.
    pub audio: Vec<AudioView>,
    /// Where the facts come from.
    pub sources: Vec<SourceView>,
    /// Who says it and how sure that is.
    pub authenticity: Authenticity,
}

commands! {
    /// Notices, urgent ones in force first, then newest first.
    NoticeList "notice_list" {
        /// `notice` or `heritage`.
        kind: String,
        /// One topic, or all.
        topic: Option<String>,
        /// Only those the person keeps.
        saved: bool,
        /// How many to pass over.
        offset: u32,
        /// How many at most, ≤ 200.
        limit: u32,
    } -> Vec<NoticeCard>;
    /// One notice, in `lang` if there is such a text; marks it as read.
    NoticeRead "notice_read" {
        /// Which.
        id: RecordId,
        /// Another language than the settings say.
        lang: Option<String>,
    } -> NoticePage;
    /// Keeps a notice or lets it go.
    NoticeSave "notice_save" {
        /// Which.
        id: RecordId,
        /// Keep it.
        saved: bool,
    } -> ();
    /// What *Nghe bản tin* plays: notices with sound in a language of the person, unheard first.
    BulletinList "bulletin_list" {} -> Vec<NoticeCard>;
    /// Remembers that a notice was listened to.
    BulletinHeard "bulletin_heard" {
        /// Which.
        id: RecordId,
    } -> ();
}
