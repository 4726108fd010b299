//! Who reads: languages, best first, and the moment by which everything is judged.

use bantin_model::conversation::Date;
use bantin_model::id::Lang;
use bantin_model::record::{Names, Text};
use bantin_model::time::{Seconds, judged_now};
use bantin_wire::ipc::device::Settings;

/// A reader at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Languages, best first; never empty.
    pub wanted: Vec<Lang>,
    /// The moment by which validity is judged, see [`judged`].
    pub now: Seconds,
    /// Local time, in minutes east of Greenwich; decides which month it is.
    pub utc_offset_minutes: i32,
}

/// The moment by which validity is judged: never below the newest signed time, and that very time
/// while the device's clock is known to be wrong.
pub fn judged(clock: Seconds, newest_signed: Seconds, clock_wrong: bool) -> Seconds {
    if clock_wrong {
        newest_signed
    } else {
        judged_now(clock, newest_signed)
    }
}

impl Reader {
    /// The reader that the settings describe. A language that is no tag is passed over.
    pub fn new(settings: &Settings, now: Seconds, utc_offset_minutes: i32) -> Self {
        let tags = std::iter::once(&settings.language).chain(&settings.also);
        let mut wanted: Vec<Lang> = Vec::new();
        for lang in tags.filter_map(|tag| Lang::new(tag.as_str()).ok()) {
            if !wanted.contains(&lang) {
                wanted.push(lang);
            }
        }
        if wanted.is_empty() {
            wanted.push(Lang::vietnamese());
        }
        Self {
            wanted,
            now,
            utc_offset_minutes,
        }
    }

    /// The same reader, who asks for `lang` this time; no change for none or for what is no tag.
    pub fn preferring(&self, lang: Option<&str>) -> Self {
        let mut reader = self.clone();
        if let Some(lang) = lang.and_then(|tag| Lang::new(tag).ok()) {
            reader.wanted.retain(|known| *known != lang);
            reader.wanted.insert(0, lang);
        }
        reader
    }

    /// The language a letter of this reader is written in.
    pub fn language(&self) -> Lang {
        self.wanted
            .first()
            .cloned()
            .unwrap_or_else(Lang::vietnamese)
    }

    /// The best text there is.
    pub fn text<'a>(&self, texts: &'a [Text]) -> Option<&'a Text> {
        Text::choose(texts, &self.wanted)
    }

    /// The best name there is: a wanted language, else Vietnamese, else any; empty if there is none.
    pub fn name(&self, names: &Names) -> String {
        let vietnamese = Lang::vietnamese();
        self.wanted
            .iter()
            .chain([&vietnamese])
            .find_map(|lang| names.get(lang))
            .or_else(|| names.values().next())
            .cloned()
            .unwrap_or_default()
    }

    /// How well `lang` suits: 0 is best; Vietnamese comes after all wanted ones, then the rest.
    pub fn distance(&self, lang: &Lang) -> usize {
        let last = self.wanted.len();
        match self.wanted.iter().position(|wanted| wanted == lang) {
            Some(at) => at,
            None if *lang == Lang::vietnamese() => last,
            None => last + 1,
        }
    }

    /// The month it is, 1–12.
    pub fn month(&self) -> u8 {
        let (_, month, _) = Date::of(self.now, self.utc_offset_minutes).civil();
        u8::try_from(month).unwrap_or(1)
    }
}
