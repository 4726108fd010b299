//! Puts the files of a folder together.

use std::collections::BTreeMap;
use std::path::Path;

use bantin_model::conversation::Date;
use bantin_model::id::{PlaceId, RecordId};
use bantin_model::time::Seconds;

use super::group::Group;
use super::media::Shelf;
use super::places;
use super::problem::{Problem, Report};
use super::walk::{self, Found};
use super::{Folder, Terms};

/// Where days begin, in minutes east of Greenwich.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days(pub(super) i32);

impl Days {
    /// The first moment of a day.
    pub(super) fn begins(self, date: Date) -> Seconds {
        Seconds(date.ends_at(self.0).0.saturating_sub(Seconds::DAY))
    }

    /// The first moment after a day.
    pub(super) fn ends(self, date: Date) -> Seconds {
        date.ends_at(self.0)
    }
}

/// Reads a folder. All problems are found before anything is given back.
pub fn read_folder(root: &Path, terms: &Terms) -> Result<Folder, Vec<Problem>> {
    let report = Report::default();
    let (found, has_places) = walk::texts(root, &report);
    let mut folder = Folder::default();
    if has_places {
        folder.places = places::read(root, places::FILE, terms, &report);
    }
    for file in &found {
        let here = |place: &PlaceId| folder.places.iter().any(|entry| entry.info.id == *place);
        if !terms.known.contains(&file.place) && !here(&file.place) {
            let text = format!(
                "{} is neither in places.toml nor known to the hub",
                file.place
            );
            report.error(&file.file, 1, text);
        }
    }
    drafts(root, found, terms, report, folder)
}

/// Reads one source file, `…/<kind>/<slug>.vi.md`, with its renditions beside it, for `place`. Paths
/// of media begin two folders above the file, where a whole folder would begin.
pub fn read_publication(
    source: &Path,
    place: &PlaceId,
    terms: &Terms,
) -> Result<Folder, Vec<Problem>> {
    let report = Report::default();
    let found = match walk::beside(source, place) {
        Ok((root, found)) => Some((root, found)),
        Err(fault) => {
            report.error(&source.to_string_lossy(), 1, fault);
            None
        }
    };
    match found {
        Some((root, found)) => drafts(&root, found, terms, report, Folder::default()),
        None => Err(report.into_parts().0),
    }
}

fn drafts(
    root: &Path,
    found: Vec<Found>,
    terms: &Terms,
    report: Report,
    mut folder: Folder,
) -> Result<Folder, Vec<Problem>> {
    let mut shelf = Shelf::new(root);
    let mut groups: BTreeMap<(PlaceId, &'static str, String), Vec<Found>> = BTreeMap::new();
    for file in found {
        let key = (file.place.clone(), file.kind, file.slug.clone());
        groups.entry(key).or_default().push(file);
    }
    let mut ids: BTreeMap<RecordId, String> = BTreeMap::new();
    let group = Group {
        root,
        report: &report,
        days: Days(terms.utc_offset_minutes),
    };
    for files in groups.into_values() {
        if let Some(draft) = group.draft(&files, &mut shelf) {
            let same = draft.id.and_then(|id| ids.insert(id, draft.file.clone()));
            if let Some(other) = same {
                report.error(&draft.file, 2, format!("id is that of {other} too"));
            }
            folder.drafts.push(draft);
        }
    }
    folder.blobs = shelf.blobs;
    let (problems, warnings) = report.into_parts();
    folder.warnings = warnings;
    if problems.is_empty() {
        Ok(folder)
    } else {
        Err(problems)
    }
}
