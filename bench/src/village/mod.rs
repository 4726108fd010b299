//! A commune to measure in: its hub with thousands of notices, phones that follow it, and the meter
//! between them.

mod content;
mod dictionary;
mod folder;
mod hub;
mod phone;
mod picture;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::ensure;
use tempfile::TempDir;

use crate::corpus::{Document, SEED, document, documents};
use crate::meter::{Link, Meter};
use crate::program::{Trace, field, program, run};

pub use content::{Text, ensure_same, news_file, notices, texts, texts_of};
pub use hub::Serving;
pub use phone::{Did, Phone};
pub use picture::photos;

/// The place whose feed is measured; two stand above it.
pub const PLACE: &str = "ban-mau";
/// Files in one import: the hub takes no more.
const BATCH: usize = 5_000;

/// Notices of the last change before anybody syncs: few enough for the dictionary, too many to be merged with the
/// small changes that are measured.
const LAST_CHANGE: u64 = 100;

/// The hub's data, the meter in front of it, and room for phones.
pub struct Village {
    folder: TempDir,
    meter: Meter,
    serving: Option<Serving>,
    /// Notices in the feed of [`PLACE`].
    pub notices: u64,
    /// Those whose text was replaced, by number.
    changed: BTreeMap<u64, Document>,
    /// How long the imports took together.
    pub import_seconds: f64,
}

impl Village {
    /// Founds a hub and imports the first `notices` of the corpus with `bantin-hub import`.
    ///
    /// # Errors
    /// A program fails.
    pub fn found(notices: u64) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        // Port 9 discards; the meter is led to the hub when it serves.
        let meter = Meter::start(([127, 0, 0, 1], 9).into())?;
        let mut village = Self {
            folder,
            meter,
            serving: None,
            notices,
            changed: BTreeMap::new(),
            import_seconds: 0.0,
        };
        let places = village.path("places.toml");
        std::fs::write(&places, folder::PLACES)?;
        let base = format!("http://{}", village.meter.address());
        let mut init = village.hub(&["init", "--base-url", &base, "--places"])?;
        init.arg(&places);
        run(init)?;
        let mut taught = village.hub(&["dictionary", "use"])?;
        taught.arg(dictionary::train(&village)?);
        run(taught)?;
        let all: Vec<_> = documents(SEED, notices).collect();
        for (number, batch) in all.chunks(BATCH).enumerate() {
            let name = format!("import-{number}");
            village.import_seconds += village.import(&name, batch)?;
        }
        // No feed stands still: its last change is a small one, so a first sync pays for the dictionary, too.
        village.change(SEED + 9, LAST_CHANGE.min(notices))?;
        Ok(village)
    }

    /// Publishes other texts in place of `count` notices, spread over the feed.
    ///
    /// # Errors
    /// The import fails.
    pub fn change(&mut self, seed: u64, count: u64) -> anyhow::Result<()> {
        let step = self.notices / count.max(1);
        let changed: Vec<_> = (0..count)
            .map(|number| document(seed, number * step))
            .collect();
        self.import(&format!("change-{seed}"), &changed)?;
        let changed = changed.into_iter().map(|document| (document.id, document));
        self.changed.extend(changed);
        Ok(())
    }

    /// What is in the feed now.
    pub fn documents(&self) -> Vec<Document> {
        let now = |document: Document| self.changed.get(&document.id).cloned().unwrap_or(document);
        documents(SEED, self.notices).map(now).collect()
    }

    /// Imports `documents`; the seconds that took.
    fn import(&self, name: &str, documents: &[Document]) -> anyhow::Result<f64> {
        let folder = self.path(name);
        folder::write(&folder, documents)?;
        let mut import = self.hub(&["import"])?;
        import.arg(&folder);
        let ran = run(import)?;
        let places = field(&ran.json, "places").as_array();
        let changed: u64 = places
            .into_iter()
            .flatten()
            .filter_map(|place| field(place, "changed").as_u64())
            .sum();
        ensure!(
            changed == documents.len() as u64,
            "{changed} of {} notices were imported",
            documents.len()
        );
        Ok(ran.seconds)
    }

    /// Serves, under `strace` if `traced`; what served before is stopped.
    ///
    /// # Errors
    /// The hub does not come up.
    pub fn serve(&mut self, traced: bool) -> anyhow::Result<()> {
        self.stop()?;
        let command = self.hub(&["serve", "--citizen", "127.0.0.1:0", "--desk", "127.0.0.1:0"])?;
        let trace = self.path("hub.trace");
        let serving = Serving::start(command, traced.then_some(trace.as_path()))?;
        self.meter.lead_to(serving.citizen);
        self.serving = Some(serving);
        Ok(())
    }

    /// Stops the hub as an operator does.
    ///
    /// # Errors
    /// It does not end.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        self.serving.take().map_or(Ok(()), Serving::stop)
    }

    /// The hub that serves.
    pub fn serving(&self) -> Option<&Serving> {
        self.serving.as_ref()
    }

    /// The hub's trace, if it is traced.
    pub fn trace(&self) -> Option<&Trace> {
        self.serving.as_ref()?.trace.as_ref()
    }

    /// What passed between phones and hub since this was last asked.
    pub fn passed(&self) -> crate::meter::Traffic {
        self.meter.take()
    }

    /// Connections that begin from now on go over such a line.
    pub fn over(&self, link: Link) {
        self.meter.over(link);
    }

    /// A new phone that reaches the hub through the meter.
    pub fn phone(&self, name: &str, traced: bool) -> anyhow::Result<Phone> {
        let link = run(self.hub(&["link"])?)?.json;
        let link = field(&link, "link").as_str().unwrap_or_default();
        Ok(Phone::new(&self.path(name), link, traced))
    }

    /// The dictionary that the hub packs small segments with.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn dictionary(&self) -> std::io::Result<Vec<u8>> {
        std::fs::read(self.path("dictionary"))
    }

    /// The hub's data.
    pub fn hub_data(&self) -> PathBuf {
        self.path("hub")
    }

    /// A path beside the hub's data, gone with the village.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn hub(&self, arguments: &[&str]) -> anyhow::Result<std::process::Command> {
        let mut command = program("bantin-hub")?;
        command.arg("--dir").arg(self.hub_data()).arg("--json");
        command.args(arguments).env("BANTIN_LOG", "warn");
        Ok(command)
    }
}

/// Bytes of all files below `folder`.
///
/// # Errors
/// It cannot be read.
pub fn bytes_below(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.metadata()?;
        bytes += match kind.is_dir() {
            true => bytes_below(&entry.path())?,
            false => kind.len(),
        };
    }
    Ok(bytes)
}
