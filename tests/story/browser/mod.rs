//! The story in Chromium: the web app on a phone's screen, the desk on an officer's.

mod claim;
mod closed_tab;
mod data;
mod keyboard;
mod mistakes;
mod together;

use bantin_tests::browser::{Session, chromium};
use tempfile::TempDir;

/// A browser with a profile of its own.
pub struct Browser {
    pub screen: Session,
    // Goes after the browser that writes into it.
    _profile: TempDir,
}

impl Browser {
    /// A phone: 360×640.
    pub fn phone() -> Self {
        Self::of(360, 640)
    }

    /// A desktop: 1280×800.
    pub fn desktop() -> Self {
        Self::of(1280, 800)
    }

    fn of(width: u32, height: u32) -> Self {
        let profile = tempfile::tempdir().expect("a folder for a browser");
        let screen = chromium(profile.path(), width, height);
        Self {
            screen,
            _profile: profile,
        }
    }

    /// No page may have written an error to the console, but for what the story itself brings about.
    #[track_caller]
    pub fn has_no_errors(&self, but_for: &[&str]) {
        let errors = self.screen.console_errors().into_iter();
        let errors: Vec<_> = errors
            .filter(|error| !but_for.iter().any(|but| error.contains(but)))
            .collect();
        assert!(errors.is_empty(), "errors in the console: {errors:#?}");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("in the console: {:#?}", self.screen.console_errors());
        }
    }
}
