//! This device: what it knows, how it is set, what it holds.

use bantin_model::budget::Holds;
use bantin_model::time::Seconds;
use serde::{Deserialize, Serialize};

use super::place::PlaceView;
use crate::{Code, commands};

/// The line of truth under every title.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeviceStatus {
    /// The followed place; none before the first start is done.
    pub place: Option<PlaceView>,
    /// When news were last fetched or found unchanged.
    pub updated_at: Option<Seconds>,
    /// Signed time of the followed place's head.
    pub signed_at: Option<Seconds>,
    /// The head is past its expiry: what is shown is old.
    pub stale: bool,
    /// Letters on this device that no hub has accepted yet.
    pub letters_waiting: u32,
    /// Answers nobody has read yet.
    pub answers_unread: u32,
    /// Notices that came since the person last looked.
    pub notices_new: u32,
    /// Why the last sync failed, if it did.
    pub last_failure: Option<Code>,
    /// The clock of this device is over 48 h away from what was signed just now.
    pub clock_wrong: bool,
    /// The root of trust came with the page (a browser), not with a link or the build.
    pub trusts_origin: bool,
    /// A sync is running.
    pub syncing: bool,
    /// The budget of data that is spent, if one is: what can wait does.
    #[serde(default)]
    pub holds: Option<Holds>,
}

/// How the person wants it. Kept on the device only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Language of the interface and preferred language of texts, BCP 47.
    pub language: String,
    /// Other languages the person reads or listens to, best first.
    pub also: Vec<String>,
    /// 100, 125, 150, 175 or 200 per cent.
    pub text_percent: u16,
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// The first start is finished.
    pub started: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: "vi".into(),
            also: Vec::new(),
            text_percent: 100,
            theme: "auto".into(),
            started: false,
        }
    }
}

/// Bytes on this device and over the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// News and their search index, in bytes.
    pub news_bytes: u64,
    /// Pictures and sound of the news.
    pub media_bytes: u64,
    /// Letters, drafts and their photos.
    pub private_bytes: u64,
    /// Received and sent since midnight of this device.
    pub traffic_today_bytes: u64,
    /// Received and sent since the first of the month.
    pub traffic_month_bytes: u64,
}

/// What a sync brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncOutcome {
    /// Records new or changed.
    pub records_changed: u32,
    /// Letters that a hub accepted now.
    pub letters_accepted: u32,
    /// Mailbox entries that came.
    pub entries_received: u32,
}

commands! {
    /// What the device knows.
    DeviceStatusGet "device_status" {} -> DeviceStatus;
    /// The settings; defaults before the first start.
    SettingsGet "settings_get" {} -> Settings;
    /// Replaces the settings.
    SettingsSet "settings_set" {
        /// All of them.
        settings: Settings,
    } -> ();
    /// Fetches news, sends letters, collects answers. One at a time; a second call joins the first.
    SyncNow "sync_now" {} -> SyncOutcome;
    /// Bytes held and moved.
    StorageGet "storage_get" {} -> Storage;
    /// Deletes everything of this person and all news from the device. Cannot be undone.
    DeviceForget "device_forget" {} -> ();
    /// Keeps a half-filled form; an empty text removes it.
    DraftSet "draft_set" {
        /// Which form, such as `ask` or `product`.
        key: String,
        /// The form's state as JSON, ≤ 256 KiB.
        text: String,
    } -> ();
    /// The half-filled form, if there is one.
    DraftGet "draft_get" {
        /// Which form.
        key: String,
    } -> Option<String>;
}
