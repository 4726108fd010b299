//! The sheet an officer writes on: the form, where it belongs, what is wrong with it. One `Copy` value.

use bantin_model::id::PlaceId;
use bantin_wire::desk::publication::{NoticeForm, TextForm};
use bantin_wire::{Code, Failure};
use leptos::prelude::*;

use super::super::state::Desk;
use crate::t;
use crate::text::{failure_text, field_text};

/// The source language: always there, always first.
pub const SOURCE: &str = "vi";

/// Whether the hub has what is on the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Saving {
    /// Nothing was written yet.
    #[default]
    Untouched,
    /// Something changed that the hub has not got.
    Changed,
    /// It is on its way.
    Busy,
    /// The hub has it since then.
    Kept(bantin_model::time::Seconds),
    /// The hub did not take it.
    Failed(Failure),
}

/// The sheet.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The window.
    pub desk: Desk,
    /// Everything written.
    pub form: RwSignal<NoticeForm>,
    /// For which place.
    pub place: RwSignal<PlaceId>,
    /// The draft at the hub, once there is one.
    pub draft: RwSignal<Option<String>>,
    /// Language whose text is open.
    pub tab: RwSignal<String>,
    /// Why it was not published.
    pub failure: RwSignal<Option<Failure>>,
    /// Whether the hub has it.
    pub saving: RwSignal<Saving>,
}

impl Sheet {
    /// A sheet with `form` on it.
    pub fn new(desk: Desk, mut form: NoticeForm, place: PlaceId, draft: Option<String>) -> Self {
        if !form.texts.iter().any(|text| text.lang == SOURCE) {
            form.texts.insert(
                0,
                TextForm {
                    lang: SOURCE.into(),
                    ..TextForm::default()
                },
            );
        }
        Self {
            desk,
            form: RwSignal::new(form),
            place: RwSignal::new(place),
            draft: RwSignal::new(draft),
            tab: RwSignal::new(SOURCE.into()),
            failure: RwSignal::new(None),
            saving: RwSignal::new(Saving::Untouched),
        }
    }

    /// A part of the form, watched.
    pub fn part<T>(self, get: impl Fn(&NoticeForm) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.form.with(&get))
    }

    /// A part of the text in `lang`, watched; empty when that language is gone.
    pub fn text<T>(
        self,
        lang: &str,
        get: impl Fn(&TextForm) -> T + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        let lang = lang.to_owned();
        self.part(move |form| {
            form.texts
                .iter()
                .find(|text| text.lang == lang)
                .map(&get)
                .unwrap_or_default()
        })
    }

    /// Changes the text in `lang`.
    pub fn edit(self, lang: &str, change: impl FnOnce(&mut TextForm)) {
        self.form.update(|form| {
            if let Some(text) = form.texts.iter_mut().find(|text| text.lang == lang) {
                change(text);
            }
        });
    }

    /// What is wrong with `field`, as the hub names it.
    pub fn fault(self, field: String) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.failure
                .with(|failure| field_text(failure.as_ref(), &field))
        })
    }

    /// What is wrong with a field of the text in `lang`.
    pub fn text_fault(self, lang: &str, name: &'static str) -> Signal<Option<String>> {
        let lang = lang.to_owned();
        Signal::derive(move || {
            let at = self
                .form
                .with(|form| form.texts.iter().position(|text| text.lang == lang))?;
            self.failure.with(|failure| {
                let failure = failure.as_ref()?;
                let field = failure.field.as_deref()?;
                // A missing Vietnamese text is a missing Vietnamese headline.
                let missing = name == "title" && lang == SOURCE && field == "texts.vi";
                let here = missing || field == format!("texts.{at}.{name}");
                here.then(|| match (failure.code, name) {
                    (Code::Empty, "title") => t!("desk-title-empty"),
                    _ => failure_text(failure),
                })
            })
        })
    }

    /// The language whose text the hub found fault with.
    pub fn wrong_language(self) -> Option<String> {
        let field = self
            .failure
            .with_untracked(|f| f.as_ref().and_then(|f| f.field.clone()))?;
        let rest = field.strip_prefix("texts.")?;
        match rest.split('.').next()?.parse::<usize>() {
            Ok(at) => self
                .form
                .with_untracked(|form| form.texts.get(at).map(|text| text.lang.clone())),
            Err(_) => Some(SOURCE.into()),
        }
    }
}

/// How many parts of a text are written, and how many there are to write: those of the source that have
/// words, and for the source itself all six.
pub fn completeness(text: &TextForm, source: &TextForm) -> (usize, usize) {
    let parts = |text: &TextForm| {
        [
            &text.title,
            &text.summary,
            &text.body,
            &text.who,
            &text.todo,
            &text.ask,
        ]
        .map(|part| !part.trim().is_empty())
    };
    let (written, wanted) = (parts(text), parts(source));
    if text.lang == source.lang {
        return (written.iter().filter(|w| **w).count(), written.len());
    }
    let pairs = || written.iter().zip(wanted).filter(|(_, wanted)| *wanted);
    (
        pairs().filter(|(written, _)| **written).count(),
        pairs().count(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lang: &str, parts: [&str; 3]) -> TextForm {
        let [title, summary, body] = parts.map(Into::into);
        TextForm {
            lang: lang.into(),
            title,
            summary,
            body,
            ..TextForm::default()
        }
    }

    #[test]
    fn a_rendition_is_complete_when_it_says_what_the_source_says() {
        let source = text("vi", ["Vay vốn", "Ai được vay", ""]);
        assert_eq!(
            completeness(&source, &source),
            (2, 6),
            "the source is measured by all it could say"
        );
        let half = text("en", ["Loans", " ", "More"]);
        assert_eq!(
            completeness(&half, &source),
            (1, 2),
            "blank is not written; more than the source does not count"
        );
        let whole = text("en", ["Loans", "Who may borrow", ""]);
        assert_eq!(
            completeness(&whole, &source),
            (2, 2),
            "what Hạnh did not write needs no rendition"
        );
    }
}
