//! Builds the Tauri context: configuration, capabilities and icons.
//!
//! The pages themselves come from `cargo run -p xtask -- web`. Cargo must be able to check and lint this package
//! before they exist, so an empty folder is made for them; the app then opens without a page and says so.

use std::path::Path;

/// Where `tauri.conf.json` (`build.frontendDist`) expects the pages.
const PAGES: &str = "target/web/app";

fn main() -> std::io::Result<()> {
    // `target/` is Cargo's own and may not exist yet when CARGO_TARGET_DIR points elsewhere.
    std::fs::create_dir_all(Path::new(PAGES))?;
    // The pages are embedded at compile time: without this line an old page would stay in a new build.
    println!("cargo:rerun-if-changed={PAGES}");
    println!("cargo:rerun-if-changed=icons");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    let commands =
        tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/*.toml");
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands))
        .map_err(std::io::Error::other)
}
