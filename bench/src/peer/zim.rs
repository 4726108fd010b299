//! libzim: the full-text search of Kiwix, over the same texts.

use std::path::Path;

use anyhow::ensure;
use serde_json::{Value, json};

use super::Peers;
use super::lines::Lines;
use crate::program::field;

/// An open archive.
pub struct Zim(Lines);

/// Milliseconds of every query, in the order asked.
#[derive(Clone, Debug)]
pub struct ZimTimes {
    /// Until the names of the pages found are known.
    pub ids: Vec<f64>,
    /// Until their headlines and texts are read, too.
    pub pages: Vec<f64>,
}

impl Zim {
    /// Makes an archive at `zim` from a file of JSON lines and opens it; none if libzim cannot be run.
    ///
    /// # Errors
    /// It cannot be made, or lacks documents.
    pub fn build(
        peers: &Peers,
        documents: &Path,
        zim: &Path,
        count: u64,
    ) -> anyhow::Result<Option<Self>> {
        let Some(command) = peers.python("zim.py") else {
            return Ok(None);
        };
        let (mut lines, _) = Lines::start(command)?;
        let built = lines.ask(&json!({ "do": "build", "documents": documents, "zim": zim }))?;
        let held = field(&built, "documents").as_u64();
        ensure!(held == Some(count), "libzim holds {held:?} of {count}");
        Ok(Some(Self(lines)))
    }

    /// Asks every query once, for at most `limit` pages.
    ///
    /// # Errors
    /// It does not answer.
    pub fn search(&mut self, queries: &[&str], limit: u32) -> anyhow::Result<ZimTimes> {
        let asked = json!({ "do": "search", "queries": queries, "limit": limit });
        let told = self.0.ask(&asked)?;
        let times = |name| -> Vec<f64> {
            let times = field(&told, name).as_array().into_iter().flatten();
            times.filter_map(Value::as_f64).collect()
        };
        let times = ZimTimes {
            ids: times("paths_ms"),
            pages: times("pages_ms"),
        };
        ensure!(
            times.pages.len() == queries.len(),
            "libzim answered {} of {} queries",
            times.pages.len(),
            queries.len()
        );
        Ok(times)
    }
}
