//! Where the built programs, pages and content are. `./x test` says so through four variables; without
//! them the places of an ordinary checkout are used, so that a single test can be run by hand.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the checkout")
        .to_path_buf()
}

fn place(variable: &str, otherwise: impl FnOnce() -> PathBuf) -> PathBuf {
    env::var_os(variable).map_or_else(otherwise, PathBuf::from)
}

/// Folder of `bantin-hub`, `bantin` and `bantin-app`.
pub fn programs() -> PathBuf {
    place("BANTIN_PROGRAMS", || {
        let own = env::current_exe().expect("a test knows itself");
        // target/debug/deps/story-… → target/debug
        own.ancestors()
            .nth(2)
            .expect("tests lie two folders deep")
            .to_path_buf()
    })
}

/// Folder of the built pages: `citizen/` and `desk/`.
pub fn pages() -> PathBuf {
    place("BANTIN_WEB", || root().join("target/web"))
}

/// Folder of the starter content: `starter/`.
pub fn content() -> PathBuf {
    place("BANTIN_CONTENT", || root().join("content"))
}

/// Where tests leave pictures and logs; made if it is missing.
pub fn artifacts(folder: &str) -> PathBuf {
    let path = place("BANTIN_ARTIFACTS", || root().join("artifacts")).join(folder);
    std::fs::create_dir_all(&path).expect("artifacts can be written");
    path
}

/// One of our programs, ready to be given arguments.
///
/// # Panics
/// If it was not built; a story that silently skips itself would prove nothing.
pub fn program(name: &str) -> Command {
    let path = programs().join(name);
    assert!(
        path.is_file(),
        "{} is missing; `./x test` builds it first",
        path.display()
    );
    let mut command = Command::new(path);
    // A proxy of the surroundings must not stand between two programs on this machine.
    for variable in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ] {
        command.env_remove(variable);
    }
    command
}
