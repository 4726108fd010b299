//! What the wizard asks, in which order, and what is checked at each question.

use bantin_wire::ipc::product::ProductForm;
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::citizen::state::App;
use crate::citizen::window::show_fault;
use crate::engine::once;
use crate::t;
use crate::text::failure_text;

/// Longest short text and longest long one, in characters; the letter format's limits.
const SHORT_CHARS_MAX: usize = 200;
const LONG_CHARS_MAX: usize = 5_000;

/// A question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Photos first.
    #[default]
    Photos,
    /// What it is called.
    Name,
    /// Which group.
    Group,
    /// How it is made.
    Story,
    /// When there is some.
    Season,
    /// What it costs.
    Price,
    /// Who makes it, where, how to buy.
    Who,
    /// Stars and certificate.
    Certificate,
    /// Everything together.
    Look,
}

impl Step {
    /// In their order.
    pub const ALL: [Self; 9] = [
        Self::Photos,
        Self::Name,
        Self::Group,
        Self::Story,
        Self::Season,
        Self::Price,
        Self::Who,
        Self::Certificate,
        Self::Look,
    ];

    /// The question in words.
    pub fn question(self) -> String {
        match self {
            Self::Photos => t!("offer-ask-photos"),
            Self::Name => t!("offer-ask-name"),
            Self::Group => t!("offer-ask-group"),
            Self::Story => t!("offer-ask-story"),
            Self::Season => t!("offer-ask-season"),
            Self::Price => t!("offer-ask-price"),
            Self::Who => t!("offer-ask-who"),
            Self::Certificate => t!("offer-ask-certificate"),
            Self::Look => t!("offer-ask-look"),
        }
    }

    /// The question before.
    pub fn before(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|s| *s == self)?;
        Self::ALL.get(at.checked_sub(1)?).copied()
    }

    /// The question after.
    pub fn after(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|s| *s == self)?;
        Self::ALL.get(at + 1).copied()
    }

    /// The question at which a field of [`ProductForm`] is asked.
    pub fn of_field(field: &str) -> Self {
        match field.strip_prefix("form.").unwrap_or(field) {
            "photos" => Self::Photos,
            "name" => Self::Name,
            "group" => Self::Group,
            "story" => Self::Story,
            "season" => Self::Season,
            "price" => Self::Price,
            "maker" | "village" | "how_to_buy" => Self::Who,
            "stars" | "certificate_number" => Self::Certificate,
            _ => Self::Look,
        }
    }
}

/// The form as it is kept between two visits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Form {
    step: Step,
    product: ProductForm,
    once: String,
}

/// The form while it is filled in.
#[derive(Clone, Copy)]
pub struct Fields {
    /// The shared state.
    pub app: App,
    /// The question that is shown.
    pub step: RwSignal<Step>,
    /// See [`ProductForm`].
    pub photos: RwSignal<Vec<String>>,
    /// See [`ProductForm`].
    pub name: RwSignal<String>,
    /// See [`ProductForm`].
    pub group: RwSignal<String>,
    /// See [`ProductForm`].
    pub story: RwSignal<String>,
    /// See [`ProductForm`].
    pub season: RwSignal<Vec<u8>>,
    /// See [`ProductForm`].
    pub price: RwSignal<String>,
    /// See [`ProductForm`].
    pub maker: RwSignal<String>,
    /// See [`ProductForm`].
    pub village: RwSignal<String>,
    /// See [`ProductForm`].
    pub how_to_buy: RwSignal<String>,
    /// A digit, or empty.
    pub stars: RwSignal<String>,
    /// See [`ProductForm`].
    pub certificate_number: RwSignal<String>,
    /// Names the act of sending, kept with the form: a retry after a crash submits once.
    pub once: StoredValue<String>,
    /// It is being sent.
    pub busy: RwSignal<bool>,
    /// What is wrong, and at which field.
    pub failure: RwSignal<Option<Failure>>,
}

impl Fields {
    /// Fills in what was kept.
    pub fn new(form: Form, app: App) -> Self {
        let Form {
            step,
            product,
            once: act,
        } = form;
        Self {
            app,
            step: RwSignal::new(step),
            photos: RwSignal::new(product.photos),
            name: RwSignal::new(product.name),
            group: RwSignal::new(product.group),
            story: RwSignal::new(product.story),
            season: RwSignal::new(product.season),
            price: RwSignal::new(product.price),
            maker: RwSignal::new(product.maker),
            village: RwSignal::new(product.village),
            how_to_buy: RwSignal::new(product.how_to_buy),
            stars: RwSignal::new(product.stars.map(|s| s.to_string()).unwrap_or_default()),
            certificate_number: RwSignal::new(product.certificate_number),
            once: StoredValue::new(if act.is_empty() { once() } else { act }),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// What is sent.
    pub fn product(self) -> ProductForm {
        let stars = self.stars.get().parse().ok();
        ProductForm {
            name: self.name.get(),
            group: self.group.get(),
            story: self.story.get(),
            price: self.price.get(),
            season: self.season.get(),
            village: self.village.get(),
            maker: self.maker.get(),
            how_to_buy: self.how_to_buy.get(),
            certificate_number: if stars.is_some() {
                self.certificate_number.get()
            } else {
                String::new()
            },
            stars,
            photos: self.photos.get(),
        }
    }

    /// What is kept.
    pub fn form(self) -> Form {
        Form {
            step: self.step.get(),
            product: self.product(),
            once: self.once.get_value(),
        }
    }

    /// What is wrong at the question that is shown.
    pub fn fault(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let step = self.step.get();
            self.failure.with(|failure| {
                let failure = failure.as_ref()?;
                let here = failure
                    .field
                    .as_deref()
                    .is_some_and(|field| Step::of_field(field) == step);
                here.then(|| failure_text(failure))
            })
        })
    }

    /// What is wrong at one field, where a question has several.
    pub fn fault_at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.failure.with(|failure| {
                let failure = failure.as_ref()?;
                let at = failure.field.as_deref()?;
                (at.strip_prefix("form.").unwrap_or(at) == field).then(|| failure_text(failure))
            })
        })
    }

    /// Whether the answers to `step` can be sent; else says what is wrong at the field.
    pub fn check(self, step: Step) -> bool {
        let wrong = untrack(|| wrong(step, &self.product()));
        let fine = wrong.is_none();
        self.failure.set(wrong);
        if !fine {
            show_fault();
        }
        fine
    }
}

/// The first thing that is wrong with the answers to `step`.
fn wrong(step: Step, form: &ProductForm) -> Option<Failure> {
    let needed = |text: &str, field: &str, most: usize| match text.trim().chars().count() {
        0 => Some(Failure::at(Code::Empty, field)),
        n => too_long(n, field, most),
    };
    match step {
        Step::Photos => form
            .photos
            .is_empty()
            .then(|| Failure::at(Code::Empty, "photos")),
        Step::Name => needed(&form.name, "name", SHORT_CHARS_MAX),
        Step::Group => form
            .group
            .is_empty()
            .then(|| Failure::at(Code::Empty, "group")),
        Step::Story => needed(&form.story, "story", LONG_CHARS_MAX),
        Step::Price => too_long(form.price.chars().count(), "price", SHORT_CHARS_MAX),
        Step::Who => needed(&form.maker, "maker", SHORT_CHARS_MAX)
            .or_else(|| needed(&form.village, "village", SHORT_CHARS_MAX))
            .or_else(|| needed(&form.how_to_buy, "how_to_buy", LONG_CHARS_MAX)),
        Step::Certificate if form.stars.is_some() => needed(
            &form.certificate_number,
            "certificate_number",
            SHORT_CHARS_MAX,
        ),
        Step::Season | Step::Certificate | Step::Look => None,
    }
}

fn too_long(chars: usize, field: &str, most: usize) -> Option<Failure> {
    (chars > most).then(|| Failure::at(Code::TooLong, field).with(most as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thu_is_told_what_is_missing_where_it_is_missing() {
        let empty = ProductForm::default();
        let fields = [
            (Step::Photos, Some("photos")),
            (Step::Name, Some("name")),
            (Step::Group, Some("group")),
            (Step::Story, Some("story")),
            (Step::Season, None),
            (Step::Price, None),
            (Step::Who, Some("maker")),
            (Step::Certificate, None),
        ];
        for (step, field) in fields {
            let found = wrong(step, &empty).and_then(|f| f.field);
            assert_eq!(found.as_deref(), field, "{step:?} of an empty form");
            if let Some(field) = found {
                assert_eq!(
                    Step::of_field(&field),
                    step,
                    "a refusal at {field} leads back to its question"
                );
            }
        }
    }

    #[test]
    fn stars_need_their_certificate() {
        let claimed = ProductForm {
            stars: Some(3),
            ..ProductForm::default()
        };
        let found = wrong(Step::Certificate, &claimed).map(|f| f.code);
        assert_eq!(
            found,
            Some(Code::Empty),
            "stars without a number cannot be checked by officer Hạnh"
        );
    }

    #[test]
    fn the_questions_form_one_line() {
        let mut at = Step::default();
        let mut seen = vec![at];
        while let Some(next) = at.after() {
            assert_eq!(
                next.before(),
                Some(at),
                "back from {next:?} is where one came from"
            );
            seen.push(next);
            at = next;
        }
        assert_eq!(seen, Step::ALL, "every question is asked once");
    }
}
