//! `places.toml`: the places a folder speaks for.

use std::collections::BTreeSet;
use std::path::Path;

use bantin_model::id::{Lang, PlaceId};
use bantin_model::record::{Names, PlaceInfo};
use bantin_model::time::{Seconds, Validity};

use super::collect::Days;
use super::fields::{Fields, Sheet};
use super::page::{PLACES_BYTES_MAX, read_text};
use super::problem::{Problem, Report};
use super::{Terms, article};
use crate::feed::NewPlace;

/// The file's name.
pub(super) const FILE: &str = "places.toml";
/// Minutes east of Greenwich at which days begin where no hub says otherwise: Việt Nam's.
const OFFSET_MINUTES: i32 = 420;
/// Places of one folder: every place of the country fits.
const PLACES_MAX: usize = 20_000;
/// Former places of one place.
const MERGED_MAX: usize = 200;
/// Longest name of a place, in characters.
const NAME_MAX: usize = 120;
/// Longest word for a level, in characters.
const KIND_MAX: usize = 40;
/// Longest name of an agency, in characters.
const AGENCY_MAX: usize = 160;
/// Longest note about a former place, in characters.
const NOTE_MAX: usize = 300;
/// Longest official code, in digits.
const CODE_MAX: usize = 8;

/// The places of a file for a hub that is to be founded; or everything that is wrong with it.
/// `above` is a place that another hub serves, below which they may lie.
pub fn read_places(file: &Path, above: Option<&PlaceId>) -> Result<Vec<NewPlace>, Vec<Problem>> {
    let report = Report::default();
    let terms = Terms {
        known: above.cloned().into_iter().collect(),
        utc_offset_minutes: OFFSET_MINUTES,
    };
    let root = file.parent().unwrap_or(Path::new(""));
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy())
        .unwrap_or_default();
    let places = read(root, &name, &terms, &report);
    let (mut problems, _) = report.into_parts();
    if places.is_empty() && problems.is_empty() {
        let text = "there is no [[place]]".into();
        problems.push(Problem {
            file: name.into(),
            line: 1,
            text,
        });
    }
    if problems.is_empty() {
        Ok(places)
    } else {
        Err(problems)
    }
}

/// Reads the file `name` of a folder.
pub(super) fn read(root: &Path, name: &str, terms: &Terms, report: &Report) -> Vec<NewPlace> {
    let Some(text) = read_text(root, name, PLACES_BYTES_MAX, report) else {
        return Vec::new();
    };
    let sheet = Sheet {
        file: name,
        toml: &text,
        first_line: 1,
        report,
    };
    let Some(table) = sheet.parse() else {
        return Vec::new();
    };
    let days = Days(terms.utc_offset_minutes);
    let mut fields = Fields::of(&sheet, &table);
    let mut known = terms.known.clone();
    let mut here: BTreeSet<PlaceId> = BTreeSet::new();
    let mut out = Vec::new();
    for mut entry in fields.tables("place", PLACES_MAX) {
        if let Some(found) = place(&mut entry, &known, days) {
            if !here.insert(found.info.id.clone()) {
                entry.wrong("id", "is there twice");
            }
            known.insert(found.info.id.clone());
            out.push(found);
        }
        entry.end();
    }
    fields.end();
    out
}

fn place(fields: &mut Fields<'_>, known: &BTreeSet<PlaceId>, days: Days) -> Option<NewPlace> {
    let id = place_id(fields, "id", true);
    let code = code(fields);
    let kind_text = fields.need_line("kind", KIND_MAX);
    let names_ = names(fields, "names", NAME_MAX);
    let parent = place_id(fields, "parent", false);
    if parent
        .as_ref()
        .is_some_and(|parent| !known.contains(parent))
    {
        fields.wrong(
            "parent",
            "is neither above in this file nor known to the hub",
        );
    }
    let from = fields.date("valid_from");
    let until = fields.date("valid_until");
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        fields.wrong("valid_until", "is before valid_from");
    }
    let successors = successors(fields);
    let agency = names(fields, "agency", AGENCY_MAX);
    merged(fields);
    article::sources(fields);
    let valid = Validity {
        from: from.map_or(Seconds(0), |from| days.begins(from)),
        until: until.map(|until| days.ends(until)),
    };
    let info = PlaceInfo {
        id: id?,
        names: names_?,
        official_code: code,
        kind_text: kind_text?,
        parent,
        valid,
        successors: successors?,
    };
    Some(NewPlace {
        info,
        agency: agency?,
    })
}

fn place_id(fields: &mut Fields<'_>, key: &'static str, needed: bool) -> Option<PlaceId> {
    let line = if needed {
        fields.need_line(key, 64)
    } else {
        fields.line(key, 64)
    };
    let id = line.map(PlaceId::new)?;
    if let Err(error) = &id {
        fields.wrong(key, &format!("is no place: {error}"));
    }
    id.ok()
}

fn code(fields: &mut Fields<'_>) -> Option<String> {
    let code = fields.line("official_code", CODE_MAX)?;
    if !code.bytes().all(|b| b.is_ascii_digit()) {
        fields.wrong("official_code", "must be digits in quotes");
    }
    Some(code)
}

fn successors(fields: &mut Fields<'_>) -> Option<Vec<PlaceId>> {
    if !fields.has("successors") {
        fields.wrong("successors", "is missing; [] while the place exists");
    }
    let ids = fields.words("successors")?.into_iter().map(PlaceId::new);
    let ids: Option<Vec<PlaceId>> = ids.map(Result::ok).collect();
    if ids.is_none() {
        fields.wrong("successors", "must be ids of places");
    }
    ids
}

/// A table from language to name; `vi` must be there.
fn names(fields: &mut Fields<'_>, key: &'static str, limit: usize) -> Option<Names> {
    if !fields.has(key) {
        fields.wrong(key, "is missing");
    }
    let table = fields.table(key)?;
    let mut out = Names::new();
    for tag in table.keys() {
        match Lang::new(tag) {
            Ok(lang) => {
                if let Some(name) = table.line_of(tag, limit) {
                    out.insert(lang, name);
                }
            }
            Err(error) => table.wrong(tag, &format!("is no language: {error}")),
        }
    }
    if !table.has("vi") {
        table.wrong("vi", "is missing");
        return None;
    }
    Some(out)
}

/// Former places stay in the file for old papers and reports; a feed has no field for them.
fn merged(fields: &mut Fields<'_>) {
    for mut former in fields.tables("merged", MERGED_MAX) {
        former.need_line("name", NAME_MAX);
        code(&mut former);
        former.need_date("on");
        former.line("note", NOTE_MAX);
        former.end();
    }
}
