//! A phone's first sync, and its letter with a photo, over a line of some profile: whether it gets there,
//! and what it cost.

use std::collections::BTreeSet;

use super::{Line, PROFILES, Profile};
use crate::hub::{HANH, HANH_PASSWORD, Hub, PLACE, Serving};
use crate::phone::Phone;
use crate::photo;

/// The most a bad line may cost over the fair one.
pub const COST_MAX: f64 = 1.3;

/// A bad line may need many syncs, not endless ones.
const SYNCS_MAX: usize = 200;

/// A phone that begins anew each time is given up on earlier.
const SYNCS_MAX_FORGETTING: usize = 6;

/// The same crossing on a fair line: what every other is compared with.
pub struct Fair {
    /// Kept as long as it serves.
    _hub: Hub,
    serving: Serving,
    root: String,
    /// Bytes that passed.
    pub bytes: u64,
    news: Vec<String>,
    /// Names of the pictures and sounds that a phone fetches by itself.
    media: BTreeSet<String>,
}

/// News, and names of media.
type Brought = (Vec<String>, BTreeSet<String>);

/// How one crossing went.
#[derive(Clone, Debug)]
pub struct Crossing {
    /// The profile's name.
    pub profile: &'static str,
    /// Bytes that passed over those of the fair line.
    pub cost: f64,
    /// How often the phone had to be told to sync.
    pub syncs: usize,
    /// What is not as it should be; empty if all is.
    pub wrong: String,
}

impl Crossing {
    /// Whether it arrived within its cost.
    pub fn holds(&self) -> bool {
        self.wrong.is_empty() && self.cost <= COST_MAX
    }
}

impl Fair {
    /// A hub with the starter content, and the fair crossing.
    pub fn new() -> Self {
        let hub = Hub::filled();
        let serving = hub.serve();
        let mut fair = Self {
            root: hub.root(),
            _hub: hub,
            serving,
            bytes: 0,
            news: Vec::new(),
            media: BTreeSet::new(),
        };
        let (bytes, (news, media), crossing) = fair.cross(Profile::default(), 0, false);
        assert_eq!(crossing.wrong, "", "a fair line carries everything");
        assert!(news.len() > 15, "the starter content arrives");
        assert!(media.len() > 5, "and its pictures");
        (fair.bytes, fair.news, fair.media) = (bytes, news, media);
        fair
    }

    /// One crossing on a line of this profile.
    pub fn on(&self, profile: Profile, seed: u64) -> Crossing {
        self.cross(profile, seed, false).2
    }

    /// The same with a planted bug: what a broken sync brought is thrown away before the next one.
    pub fn forgetting_on(&self, profile: Profile, seed: u64) -> Crossing {
        self.cross(profile, seed, true).2
    }

    fn cross(&self, profile: Profile, seed: u64, forgets: bool) -> (u64, Brought, Crossing) {
        let line = Line::to(self.serving.citizen, profile, seed);
        let phone = Phone::of("Mai");
        let mut wrong = String::new();
        let link = format!("{}#root={}", line.url(), self.root);
        let mut syncs = 0;
        let most = match forgets {
            true => SYNCS_MAX_FORGETTING,
            false => SYNCS_MAX,
        };
        let mut until = |done: &mut dyn FnMut() -> bool| {
            while !done() {
                syncs += 1;
                if syncs > most {
                    return false;
                }
            }
            true
        };
        let follow = || phone.run(&["follow", &link, PLACE]).code == Some(0);
        let mut arrived = until(&mut || follow());
        // Media come after the news and may break off without a word: the next sync goes on.
        arrived &= until(&mut || {
            let through = phone.try_sync().code == Some(0) && self.media.is_subset(&media(&phone));
            if forgets && !through {
                std::fs::remove_dir_all(phone.data()).expect("our own folder");
                follow();
            }
            through
        });
        if !arrived {
            let crossing = Crossing {
                profile: profile.name,
                cost: line.passed() as f64 / self.bytes.max(1) as f64,
                syncs,
                wrong: "the news never arrive".into(),
            };
            return (line.passed(), Brought::default(), crossing);
        }
        let photo = photo::take(phone.files(), "suoi.jpg", "suoi.jpg");
        let asked = phone.ask("Nước suối đục, có uống được không?", &[&photo]);
        arrived &= until(&mut || phone.try_sync().code == Some(0) && phone.outbox().is_empty());
        if !arrived {
            wrong.push_str("the letter is never accepted; ");
        }
        let news = news(&phone);
        if !self.news.is_empty() && news != self.news {
            wrong.push_str("the news are not those of the hub; ");
        }
        if !self.hub_has_once(&asked) {
            wrong.push_str("the letter is not at the hub once with its photo; ");
        }
        let bytes = line.passed();
        let crossing = Crossing {
            profile: profile.name,
            cost: bytes as f64 / self.bytes.max(1) as f64,
            syncs,
            wrong,
        };
        (bytes, (news, media(&phone)), crossing)
    }

    fn hub_has_once(&self, asked: &str) -> bool {
        let hanh = self.serving.desk();
        hanh.sign_in(HANH, HANH_PASSWORD)
            .expect("Hạnh knows her password");
        let read = bantin_wire::desk::conversation::ThreadRead { id: asked.into() };
        let thread = crate::wait::until("the letter in Hạnh's queue", || hanh.try_run(&read));
        thread.messages.len() == 1 && thread.messages[0].attachments.len() == 1
    }
}

impl Default for Fair {
    fn default() -> Self {
        Self::new()
    }
}

/// The profile of that name.
pub fn named(name: &str) -> Option<Profile> {
    PROFILES.iter().copied().find(|p| p.name == name)
}

fn media(phone: &Phone) -> BTreeSet<String> {
    let files = std::fs::read_dir(phone.data().join("blobs"));
    let files = files.into_iter().flatten().flatten();
    files
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect()
}

fn news(phone: &Phone) -> Vec<String> {
    let mut all: Vec<String> = [phone.notices(), phone.products()]
        .concat()
        .iter()
        .map(|row| format!("{} {}", row["id"], row["title"]))
        .collect();
    all.sort();
    all
}
