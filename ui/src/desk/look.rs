//! How this officer wants the desk to look: light or dark, and in which language. Kept in this browser.

use leptos::prelude::*;

use super::store;
use crate::text::interface_tag;
use crate::text::language::direction;

/// Under which name it is kept.
const KEY: &str = "desk-look";

/// The choices.
#[derive(Clone, Copy)]
pub struct Look {
    /// `auto`, `light` or `dark`.
    pub theme: RwSignal<&'static str>,
    /// `vi` or `en`.
    pub language: RwSignal<&'static str>,
}

impl Look {
    /// As it was last chosen here.
    pub fn kept() -> Self {
        let kept = store::lasting(KEY).unwrap_or_default();
        let (theme, language) = kept.split_once(' ').unwrap_or_default();
        let theme = match theme {
            "light" => "light",
            "dark" => "dark",
            _ => "auto",
        };
        Self {
            theme: RwSignal::new(theme),
            language: RwSignal::new(interface_tag(language)),
        }
    }

    /// Light, dark, as the computer says, and round again.
    pub fn turn_theme(self) {
        self.theme.update(|theme| {
            *theme = match *theme {
                "auto" => "light",
                "light" => "dark",
                _ => "auto",
            }
        });
    }

    /// The other language.
    pub fn turn_language(self) {
        self.language
            .update(|tag| *tag = if *tag == "vi" { "en" } else { "vi" });
    }

    /// Dresses the page accordingly and keeps the choice.
    pub fn dress(self) {
        Effect::new(move |_| {
            let (theme, language) = (self.theme.get(), self.language.get());
            store::keep_lasting(KEY, &format!("{theme} {language}"));
            let document = web_sys::window().and_then(|w| w.document());
            let Some(root) = document.and_then(|d| d.document_element()) else {
                return;
            };
            // Attributes of the root element can always be set.
            let _ = root.set_attribute("class", &format!("desk theme-{theme} text-100"));
            let _ = root.set_attribute("lang", language);
            let _ = root.set_attribute("dir", direction(language));
        });
    }
}
