//! Where things are in the repository. Every path another part relies on is named here once.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The checkout the command works on.
#[derive(Clone, Debug)]
pub struct Repo {
    root: PathBuf,
    target: PathBuf,
}

impl Repo {
    /// Finds the checkout: the nearest folder above the current one that holds `tauri.conf.json`.
    pub fn find() -> Result<Self> {
        let here = env::current_dir().context("the current folder cannot be read")?;
        let Some(root) = here
            .ancestors()
            .find(|folder| folder.join("tauri.conf.json").is_file())
        else {
            bail!(
                "run this inside the repository: no tauri.conf.json in {} or above",
                here.display()
            );
        };
        Ok(Self::at(
            root,
            env::var_os("CARGO_TARGET_DIR").map(PathBuf::from),
        ))
    }

    /// The checkout at `root`, with Cargo's outputs in `target` or, without it, in its own `target/`.
    pub fn at(root: &Path, target: Option<PathBuf>) -> Self {
        let target = target.map_or_else(|| root.join("target"), |folder| root.join(folder));
        Self {
            root: root.to_path_buf(),
            target,
        }
    }

    /// The repository's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file or folder of the repository.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Finished pages: `app/` for the shell, `citizen/` and `desk/` for the hub.
    ///
    /// Always in the repository's own `target/`, because `tauri.conf.json` can name only a fixed path.
    pub fn web(&self) -> PathBuf {
        self.path("target/web")
    }

    /// What tests leave to look at: screenshots, logs, timings.
    pub fn artifacts(&self) -> PathBuf {
        self.path("artifacts")
    }

    /// The folder of our programs in the dev profile.
    pub fn programs(&self) -> PathBuf {
        self.target.join("debug")
    }

    /// The folder of our programs in the release profile.
    pub fn optimised(&self) -> PathBuf {
        self.target.join("release")
    }

    /// A wasm file as Cargo left it.
    pub fn raw_wasm(&self, name: &str) -> PathBuf {
        self.target
            .join("wasm32-unknown-unknown/wasm")
            .join(format!("{name}.wasm"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_stay_put_when_cargo_builds_elsewhere() {
        let repo = Repo::at(Path::new("/r"), Some("/elsewhere".into()));
        assert_eq!(
            repo.web(),
            Path::new("/r/target/web"),
            "tauri.conf.json names this path"
        );
        assert_eq!(
            repo.programs(),
            Path::new("/elsewhere/debug"),
            "Cargo puts programs where it is told to"
        );
    }
}
