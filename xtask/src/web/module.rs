//! A wasm file to what a browser loads: wasm-bindgen writes the script beside it, wasm-opt makes it small.
//!
//! Results are kept by the hash of what they are made from, so a change of style costs no wasm-opt run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::{floor, names};
use crate::repo::Repo;
use crate::{setup, shell};

/// Part of every key: raise it when this file changes what it makes.
const RECIPE: &[u8] = b"1";

/// Cargo's name of each wasm file, and the name its module gets.
const MODULES: [(&str, &str); 3] = [
    ("citizen", "citizen"),
    ("desk", "desk"),
    ("bantin_web", "engine"),
];

/// wasm-opt may use what rustc uses by default and nothing newer: all of it is in Chrome 97 and Safari 16.
const FEATURES: [&str; 7] = [
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Files of one module by their path inside it: `<name>.js`, `<name>_bg.wasm`, and `snippets/…` if the code has any.
pub type Module = BTreeMap<String, Vec<u8>>;

/// Makes every module that is not there yet and returns all, by name.
pub fn prepare(repo: &Repo) -> Result<BTreeMap<&'static str, Module>> {
    let made: Vec<Result<(&'static str, Module)>> = thread::scope(|scope| {
        let running: Vec<_> = MODULES
            .iter()
            .map(|(raw, name)| scope.spawn(move || Ok((*name, one(repo, raw, name)?))))
            .collect();
        running
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err(anyhow!("a module's thread died")))
            })
            .collect()
    });
    made.into_iter().collect()
}

fn one(repo: &Repo, raw: &str, name: &str) -> Result<Module> {
    let source = repo.raw_wasm(raw);
    let bytes = fs::read(&source).with_context(|| format!("{} is not there", source.display()))?;
    let lock = fs::read(repo.path("package-lock.json"))?;
    let kept = repo.web().join(".modules");
    let folder = kept.join(format!("{name}-{}", names::hash([RECIPE, &lock, &bytes])));
    if !folder.is_dir() {
        println!("── {name}: wasm-bindgen and wasm-opt");
        forget_older(&kept, name)?;
        // Made aside and moved when complete: an interrupted run must not look like a finished one.
        let fresh = kept.join(format!("{name}.new"));
        if fresh.exists() {
            fs::remove_dir_all(&fresh)?;
        }
        bind(&source, name, &fresh)?;
        shrink(repo, &fresh.join(format!("{name}_bg.wasm")))?;
        fs::rename(&fresh, &folder)?;
    }
    names::read_tree(&folder)
}

/// Removes what earlier builds kept of this module.
fn forget_older(kept: &Path, name: &str) -> Result<()> {
    fs::create_dir_all(kept)?;
    for entry in fs::read_dir(kept)? {
        let entry = entry?;
        if entry
            .file_name()
            .to_string_lossy()
            .rsplit_once('-')
            .is_some_and(|(of, _)| of == name)
        {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn bind(source: &Path, name: &str, folder: &Path) -> Result<()> {
    let mut tool = Bindgen::new();
    // No default path to the wasm: our own boot script says it, so the script can be moved and named freely.
    tool.input_path(source)
        .out_name(name)
        .typescript(false)
        .omit_default_module_path(true);
    tool.remove_name_section(true)
        .remove_producers_section(true);
    tool.web(true)?
        .generate(folder)
        .with_context(|| format!("wasm-bindgen on {}", source.display()))
}

fn shrink(repo: &Repo, wasm: &Path) -> Result<()> {
    let small: PathBuf = wasm.with_extension("small");
    let tool = setup::wasm_opt(repo);
    let mut command = Command::new("node");
    command.arg(&tool).args(FEATURES).args([
        "-Oz",
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ]);
    if let Err(reason) = shell::quiet(command.arg(wasm).arg("-o").arg(&small)) {
        bail!("wasm-opt on {}: {reason}", wasm.display());
    }
    floor::check(&fs::read(&small)?).with_context(|| format!("{}", wasm.display()))?;
    fs::rename(&small, wasm)?;
    Ok(())
}
