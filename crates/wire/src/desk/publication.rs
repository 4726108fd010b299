//! Writing, previewing, publishing and withdrawing.

use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::time::Seconds;
use serde::{Deserialize, Serialize};

use crate::commands;
use crate::ipc::notice::SourceView;

/// A text in one language, as an officer writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextForm {
    /// Language tag.
    pub lang: String,
    /// Headline, ≤ 200 characters.
    pub title: String,
    /// ≤ 600 characters.
    pub summary: String,
    /// ≤ 20,000 characters.
    pub body: String,
    /// Who benefits.
    pub who: String,
    /// What to do.
    pub todo: String,
    /// Whom to ask.
    pub ask: String,
    /// A machine drafted it; shown to every reader.
    pub machine: bool,
    /// A person who knows the language read it over.
    pub reviewed: bool,
}

/// A sound, as an officer attaches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudioForm {
    /// What [`super::UPLOAD`] returned.
    pub blob: Hash,
    /// Its language.
    pub lang: String,
    /// A machine voice.
    pub machine: bool,
}

/// A picture, as an officer attaches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureForm {
    /// What [`super::UPLOAD`] returned.
    pub blob: Hash,
    /// What it shows, Vietnamese.
    pub alt: String,
}

/// A notice or heritage item being written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeForm {
    /// The published record this corrects.
    pub corrects: Option<RecordId>,
    /// `notice` or `heritage`.
    pub kind: String,
    /// Topic, as in notices.
    pub topic: String,
    /// Shown first, in red.
    pub urgent: bool,
    /// Start of being in force.
    pub in_force_from: Option<Seconds>,
    /// End of being in force.
    pub in_force_until: Option<Seconds>,
    /// Vietnamese first.
    pub texts: Vec<TextForm>,
    /// Recordings.
    pub audio: Vec<AudioForm>,
    /// Pictures.
    pub pictures: Vec<PictureForm>,
    /// Where the facts come from; a policy notice needs one.
    pub sources: Vec<SourceView>,
}

/// A file the hub took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    /// Names it in forms.
    pub blob: Hash,
    /// What it really is, by its bytes.
    pub mime: String,
    /// Size in bytes, metadata removed.
    pub bytes: u64,
}

/// A draft kept at the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    /// Its name.
    pub id: String,
    /// Place it is for.
    pub place: PlaceId,
    /// Vietnamese headline so far.
    pub title: String,
    /// Last change.
    pub changed_at: Seconds,
    /// By whom.
    pub by: String,
}

/// A record in the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedRow {
    /// Which.
    pub id: RecordId,
    /// `notice`, `product`, …
    pub kind: String,
    /// Vietnamese headline.
    pub title: String,
    /// 1 for the first, raised by each correction.
    pub revision: u32,
    /// When this revision was issued.
    pub issued_at: Seconds,
    /// Languages with a text.
    pub languages: Vec<String>,
    /// It has sound.
    pub audio: bool,
}

commands! {
    /// Keeps a draft; returns its name.
    DraftSave "draft_save" {
        /// A known draft, or none for a new one.
        id: Option<String>,
        /// Place it is for.
        place: PlaceId,
        /// The form so far; nothing is checked yet.
        form: NoticeForm,
    } -> String;
    /// All drafts of the officer's places.
    DraftList "draft_list" {} -> Vec<DraftRow>;
    /// One draft.
    DraftRead "draft_read" {
        /// Which.
        id: String,
    } -> NoticeForm;
    /// Deletes a draft.
    DraftDrop "draft_drop" {
        /// Which.
        id: String,
    } -> ();
    /// Checks, signs and publishes. The password unlocks the officer's own signing key.
    Publish "publish" {
        /// Place it is for.
        place: PlaceId,
        /// The draft it came from, which is then dropped.
        draft: Option<String>,
        /// The form.
        form: NoticeForm,
        /// The officer's password.
        password: String,
        /// Names this act, so that a double click publishes once.
        once: String,
    } -> RecordId;
    /// What the feed of a place holds, newest first.
    PublishedList "published_list" {
        /// Which place.
        place: PlaceId,
        /// How many to pass over.
        offset: u32,
        /// How many at most, ≤ 200.
        limit: u32,
    } -> Vec<PublishedRow>;
    /// A published record as a form, to correct it.
    PublishedRead "published_read" {
        /// Which.
        id: RecordId,
    } -> NoticeForm;
    /// Takes a record out of the feed; it stays in the archive.
    Withdraw "withdraw" {
        /// Which.
        id: RecordId,
        /// Why, for the archive.
        reason: String,
        /// The officer's password.
        password: String,
    } -> ();
}
