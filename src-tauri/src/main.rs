//! The desktop app's entry point; everything else is in the library, so that mobile targets share it.
// Windows would open a console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match bantin_app::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bantin-app: {error}");
            ExitCode::FAILURE
        }
    }
}
