//! Puts one site together in memory: which file, under which path, with which content.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use super::markup::{self, Addresses};
use super::module::Module;
use super::{names, styles};
use crate::repo::Repo;

/// One folder under `target/web`.
pub struct Site {
    /// The folder's name.
    pub name: &'static str,
    /// Which page it shows: `ui/src/bin/<page>.rs`, `ui/static/<page>/`, `ui/styles/<page>.css`.
    pub page: &'static str,
    /// Whether the browser's engine comes with it.
    pub worker: bool,
    /// Whether `.br` and `.gz` lie beside the files.
    pub compressed: bool,
}

/// Files of a site by their path inside it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// These load the modules; they lie beside them, so that one name hashes both.
const BOOT: &str = include_str!("scripts/boot.js");
const WORKER: &str = include_str!("scripts/worker.js");

/// Files in the top folder keep their names when a browser or a crawler asks for them by name.
const OWN_NAMES: [&str; 6] = [
    ".html",
    ".webmanifest",
    "favicon.ico",
    "robots.txt",
    "sw.js",
    "humans.txt",
];

/// Collects, names and links every file of `site`.
///
/// # Errors
/// When the page, its style or a file they name is missing.
pub fn assemble(
    repo: &Repo,
    site: &Site,
    modules: &BTreeMap<&'static str, Module>,
) -> Result<Files> {
    let mut files = Files::new();
    let mut addresses = Addresses::new();
    let mut pages = Files::new();
    for folder in ["shared", site.page] {
        for (path, bytes) in names::read_tree(&repo.path("ui/static").join(folder))? {
            if keeps_its_name(&path) {
                pages.insert(path, bytes);
            } else {
                place(&path, bytes, &mut files, &mut addresses);
            }
        }
    }
    if !pages.contains_key("index.html") {
        bail!("ui/static/{}/index.html is not there", site.page);
    }
    let css = styles::bundle(&repo.path("ui/styles").join(format!("{}.css", site.page)))?;
    let css = styles::link(&css, &addresses)?;
    place("app.css", css.into_bytes(), &mut files, &mut addresses);

    let module = |name: &str| {
        modules
            .get(name)
            .cloned()
            .with_context(|| format!("module {name} was not built"))
    };
    group(
        site.page,
        "app",
        ("boot.js", BOOT),
        module(site.page)?,
        &mut files,
        &mut addresses,
    );
    if site.worker {
        group(
            "engine",
            "engine",
            ("worker.js", WORKER),
            module("engine")?,
            &mut files,
            &mut addresses,
        );
    }
    for (path, bytes) in pages {
        let filled = match String::from_utf8(bytes) {
            Ok(text) => markup::fill(&path, &text, &addresses)?.into_bytes(),
            Err(binary) => binary.into_bytes(),
        };
        files.insert(path, filled);
    }
    Ok(files)
}

fn keeps_its_name(path: &str) -> bool {
    !path.contains('/') && OWN_NAMES.iter().any(|end| path.ends_with(end))
}

/// Adds a file under a name made from its content.
fn place(path: &str, bytes: Vec<u8>, files: &mut Files, addresses: &mut Addresses) {
    let asset = names::asset(path, &bytes);
    addresses.insert(path.to_owned(), format!("/{asset}"));
    files.insert(asset, bytes);
}

/// Adds a module and the script that starts it in one folder named by their content; inside it names stay, because
/// the module's scripts import one another.
fn group(
    module: &str,
    logical: &str,
    (script, text): (&str, &str),
    mut parts: Module,
    files: &mut Files,
    addresses: &mut Addresses,
) {
    parts.insert(
        script.to_owned(),
        text.replace("__MODULE__", module).into_bytes(),
    );
    let hash = names::hash(
        parts
            .iter()
            .flat_map(|(name, bytes)| [name.as_bytes(), bytes.as_slice()]),
    );
    let folder = format!("assets/{module}-{hash}");
    addresses.insert(script.to_owned(), format!("/{folder}/{script}"));
    addresses.insert(format!("{logical}.js"), format!("/{folder}/{module}.js"));
    addresses.insert(
        format!("{logical}.wasm"),
        format!("/{folder}/{module}_bg.wasm"),
    );
    files.extend(
        parts
            .into_iter()
            .map(|(name, bytes)| (format!("{folder}/{name}"), bytes)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_are_asked_for_by_name_keep_it() {
        assert!(
            keeps_its_name("index.html") && keeps_its_name("robots.txt"),
            "a crawler asks for these by name"
        );
        assert!(
            !keeps_its_name("fonts/list.html"),
            "deeper files are named by their content"
        );
        assert!(
            !keeps_its_name("logo.svg"),
            "a picture must be cacheable for ever"
        );
    }

    #[test]
    fn a_start_script_never_replaces_the_module_s_own() {
        let (mut files, mut addresses) = (Files::new(), Addresses::new());
        let parts = [("engine.js".to_owned(), b"glue".to_vec())].into();
        group(
            "engine",
            "engine",
            ("worker.js", WORKER),
            parts,
            &mut files,
            &mut addresses,
        );
        let glue = addresses
            .get("engine.js")
            .and_then(|address| files.get(address.trim_start_matches('/')));
        assert_eq!(
            glue.map(Vec::as_slice),
            Some(&b"glue"[..]),
            "both are scripts in one folder"
        );
        assert_ne!(
            addresses.get("engine.js"),
            addresses.get("worker.js"),
            "each has its own name"
        );
    }

    #[test]
    fn a_new_module_gets_a_new_folder() {
        let address = |code: &str| {
            let (mut files, mut addresses) = (Files::new(), Addresses::new());
            let parts = [("citizen.js".to_owned(), code.as_bytes().to_vec())].into();
            group(
                "citizen",
                "app",
                ("boot.js", BOOT),
                parts,
                &mut files,
                &mut addresses,
            );
            addresses.get("boot.js").cloned()
        };
        assert_ne!(
            address("one"),
            address("two"),
            "an old script in a cache must not meet a new wasm"
        );
    }
}
