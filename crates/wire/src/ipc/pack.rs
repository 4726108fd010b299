//! Packs: news, letters and answers carried by hand in one file.

use bantin_model::id::{Hash, PlaceId};
use bantin_model::time::Seconds;
use serde::{Deserialize, Serialize};

use crate::commands;

/// Hands a piece of a pack over, in order, after [`PackStage`]: a raw body, no JSON.
pub const PACK_PIECE: &str = "pack_piece";

/// Bytes of one piece at most.
pub const PACK_PIECE_BYTES_MAX: usize = 4 << 20;

/// What goes into a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackChoice {
    /// Pictures and sound of the news that are on this device.
    pub media: bool,
    /// This person's waiting letters, the question for answers, and what is carried for others.
    pub letters: bool,
    /// Only the news of these places; empty is all.
    #[serde(default)]
    pub places: Vec<PlaceId>,
}

/// A pack that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackMade {
    /// Where it is.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// Places whose news are in it whole, from the top down.
    pub places: Vec<PlaceId>,
    /// Segments that are not on this device and could not be fetched: the news of their places are not whole.
    pub segments_missing: u32,
    /// Pictures and sounds.
    pub media: u32,
    /// This person's letters.
    pub letters: u32,
    /// Letters of others.
    pub carried: u32,
}

/// What a pack brought in the way of news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackNews {
    /// There are none in it for the place followed here.
    #[default]
    None,
    /// Newer ones than were here.
    New,
    /// The ones that are here.
    Same,
    /// Older ones than are here; nothing was changed.
    Older,
    /// Some places' news are not whole: what is whole was kept.
    Incomplete,
    /// Signed under another root of trust; nothing was changed.
    OtherRoot,
    /// Not genuine; nothing was changed.
    NotGenuine,
}

/// Why a part of a pack is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackLost {
    /// The header is damaged; records were read all the same.
    Header,
    /// Bytes that are no record.
    Unreadable,
    /// The bytes are not those that were packed.
    Altered,
    /// The file ends within it.
    Cut,
    /// Longer than its kind may be.
    TooLong,
    /// The file's last record is missing or counts others.
    End,
    /// Too much is damaged: the rest was not read.
    GivenUp,
}

/// A part of a pack that is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackDamage {
    /// Where it begins in the file.
    pub at: u64,
    /// How many bytes.
    pub bytes: u64,
    /// Which kind of record, if its frame is whole: `segment`, `letter` and so on, or a number.
    pub kind: Option<String>,
    /// Name of the record, if its frame is whole.
    pub hash: Option<Hash>,
    /// Why.
    pub lost: PackLost,
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackReport {
    /// News.
    pub news: PackNews,
    /// When the news in the pack were signed, if they are genuine.
    pub signed_at: Option<Seconds>,
    /// Records new or changed.
    pub records_changed: u32,
    /// Pictures and sounds that were not here.
    pub media: u32,
    /// Own letters with a proof that is new.
    pub letters_accepted: u32,
    /// Answers that are new.
    pub replies: u32,
    /// Records kept to be carried for others.
    pub carried: u32,
    /// Records of others for which there was no room, or that were not in order.
    pub not_carried: u32,
    /// What is lost, at most [`Self::DAMAGES_MAX`] of it by name.
    pub damages: Vec<PackDamage>,
    /// How many parts are lost.
    pub damages_count: u32,
}

impl PackReport {
    /// Damaged parts that are named.
    pub const DAMAGES_MAX: usize = 64;
}

/// What a pack holds, as it says itself: nothing of it was verified.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackContents {
    /// Size of the file.
    pub bytes: u64,
    /// Records by kind: name or number, how many, bytes.
    pub kinds: Vec<(String, u32, u64)>,
    /// News: place, version, signed at.
    pub feeds: Vec<(PlaceId, u64, Seconds)>,
    /// What is lost, at most [`PackReport::DAMAGES_MAX`] of it by name.
    pub damages: Vec<PackDamage>,
    /// How many parts are lost.
    pub damages_count: u32,
}

commands! {
    /// Writes a pack to where this system keeps what was downloaded.
    PackExport "pack_export" {
        /// What goes into it.
        choice: PackChoice,
    } -> PackMade;
    /// Begins to hand a pack over piece by piece; what was handed over before is dropped.
    PackStage "pack_stage" {} -> ();
    /// Imports the pack that was handed over.
    PackImport "pack_import" {} -> PackReport;
}
