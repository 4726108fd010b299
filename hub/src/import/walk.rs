//! Finds the text files of a folder and refuses what has no business in it.

use std::fs::{DirEntry, Metadata};
use std::path::{Path, PathBuf};

use bantin_model::id::{Lang, PlaceId};

use super::problem::Report;
use super::{TEXT_BYTES_MAX, TEXTS_MAX};

/// Names of the kinds a folder may hold.
pub(super) const KINDS: [&str; 3] = ["notice", "product", "heritage"];

/// A text file by its name; nothing of it has been read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// The folder it lies in.
    pub(super) place: PlaceId,
    /// One of [`KINDS`].
    pub(super) kind: &'static str,
    /// Names the publication.
    pub(super) slug: String,
    /// Language of the text.
    pub(super) lang: Lang,
    /// Path below the root, with `/`.
    pub(super) file: String,
}

/// The entries of a folder by name, without those whose name begins with `.` or `_`. A symbolic link
/// is an error: it could bring in any file of the machine.
fn entries(root: &Path, below: &str, report: &Report) -> Vec<(String, Metadata)> {
    let listed = match std::fs::read_dir(root.join(below)) {
        Ok(listed) => listed,
        Err(error) => {
            report.error(below, 1, format!("the folder cannot be read: {error}"));
            return Vec::new();
        }
    };
    let mut out = Vec::new();
    for entry in listed {
        match entry.and_then(|entry: DirEntry| Ok((entry.file_name(), entry.metadata()?))) {
            Err(error) => report.error(below, 1, format!("an entry cannot be read: {error}")),
            Ok((name, meta)) => match name.into_string() {
                Ok(name) if name.starts_with(['.', '_']) => {}
                Ok(name) if meta.is_symlink() => {
                    report.error(&join(below, &name), 1, "a symbolic link is not allowed");
                }
                Ok(name) => out.push((name, meta)),
                Err(name) => {
                    let name = name.to_string_lossy();
                    report.error(&join(below, &name), 1, "the name of this file is not UTF-8");
                }
            },
        }
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

fn join(below: &str, name: &str) -> String {
    if below.is_empty() {
        name.into()
    } else {
        format!("{below}/{name}")
    }
}

/// All text files, and whether there is a `places.toml`.
pub(super) fn texts(root: &Path, report: &Report) -> (Vec<Found>, bool) {
    let mut found = Vec::new();
    let mut has_places = false;
    for (name, meta) in entries(root, "", report) {
        if !meta.is_dir() {
            has_places |= name == "places.toml";
        } else if name != "media" {
            match PlaceId::new(name.clone()) {
                Ok(place) => of_place(root, &place, &mut found, report),
                Err(error) => report.error(&name, 1, format!("this folder is no place: {error}")),
            }
        }
    }
    if found.len() > TEXTS_MAX {
        let text = format!(
            "{} text files, at most {TEXTS_MAX} in one import",
            found.len()
        );
        report.error("", 1, text);
        found.clear();
    }
    (found, has_places)
}

fn of_place(root: &Path, place: &PlaceId, found: &mut Vec<Found>, report: &Report) {
    for (name, meta) in entries(root, place.as_str(), report) {
        let below = join(place.as_str(), &name);
        match KINDS.into_iter().find(|kind| *kind == name) {
            Some(kind) if meta.is_dir() => of_kind(root, place, kind, found, report),
            _ => report.error(
                &below,
                1,
                "only the folders notice, product and heritage belong here",
            ),
        }
    }
}

fn of_kind(
    root: &Path,
    place: &PlaceId,
    kind: &'static str,
    found: &mut Vec<Found>,
    report: &Report,
) {
    let below = join(place.as_str(), kind);
    for (name, meta) in entries(root, &below, report) {
        let file = join(&below, &name);
        if !meta.is_file() {
            report.error(&file, 1, "only text files belong here");
        } else if meta.len() > TEXT_BYTES_MAX {
            report.error(
                &file,
                1,
                format!("the file is larger than {TEXT_BYTES_MAX} bytes"),
            );
        } else if let Some((slug, lang)) = named(&name) {
            let place = place.clone();
            found.push(Found {
                place,
                kind,
                slug,
                lang,
                file,
            });
        } else {
            report.error(
                &file,
                1,
                "the name is not <slug>.<lang>.md, such as chong-han.vi.md",
            );
        }
    }
}

/// Slug and language of a file name.
fn named(name: &str) -> Option<(String, Lang)> {
    let (slug, lang) = name.strip_suffix(".md")?.split_once('.')?;
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let fits = (1..=64).contains(&slug.len()) && slug.bytes().all(plain) && lang.len() <= 16;
    fits.then(|| Lang::new(lang).ok().map(|lang| (slug.into(), lang)))?
}

/// The folder and the files of the publication whose source file is `source`.
pub(super) fn beside(
    source: &Path,
    place: &PlaceId,
) -> Result<(PathBuf, Vec<Found>), &'static str> {
    let form =
        "a source file is …/<place>/<kind>/<slug>.vi.md, its kind notice, product or heritage";
    let source = source
        .canonicalize()
        .map_err(|_| "the file cannot be found")?;
    let name = |path: Option<&Path>| path?.file_name()?.to_str().map(str::to_owned);
    let folder = source.parent();
    let kind = name(folder).and_then(|name| KINDS.into_iter().find(|kind| *kind == name));
    let (folder, kind) = folder.zip(kind).ok_or(form)?;
    let (slug, lang) = name(Some(&source)).as_deref().and_then(named).ok_or(form)?;
    if lang.as_str() != "vi" {
        return Err(form);
    }
    let below = name(folder.parent()).ok_or(form)?;
    let root = folder.parent().and_then(Path::parent).ok_or(form)?;
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|_| form)?.flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let plain = entry
            .metadata()
            .is_ok_and(|m| m.is_file() && m.len() <= TEXT_BYTES_MAX);
        if let Some((same, lang)) = named(&name).filter(|(same, _)| plain && *same == slug) {
            let file = format!("{below}/{kind}/{name}");
            found.push(Found {
                place: place.clone(),
                kind,
                slug: same,
                lang,
                file,
            });
        }
    }
    found.sort();
    Ok((root.into(), found))
}
