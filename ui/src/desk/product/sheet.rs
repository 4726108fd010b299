//! A submitted product while an officer checks it: as it is to appear, the certificate as seen, what is
//! wrong. Kept in the tab until it is decided.

use bantin_model::id::PlaceId;
use bantin_model::time::Seconds;
use bantin_wire::Failure;
use bantin_wire::desk::conversation::{CertificateSeen, Submission};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::desk::entry::{day_of, seconds_of};
use crate::desk::state::Desk;
use crate::desk::store;
use crate::text::field_text;

/// How long a certificate counts (Decision 148/QĐ-TTg of 2023), in months: what the end is proposed from.
const CERTIFICATE_MONTHS: u32 = 36;

/// A certificate as the officer copies it from the paper. Days are `YYYY-MM-DD` or empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// The officer has it in front of them.
    pub seen: bool,
    /// Number.
    pub number: String,
    /// Issuer.
    pub issued_by: String,
    /// First day.
    pub issued: String,
    /// Last day.
    pub last: String,
    /// 1–5.
    pub stars: u8,
}

/// What is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// As it is to appear.
    pub product: Submission,
    /// The certificate.
    pub paper: Paper,
}

/// The check.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The window.
    pub desk: Desk,
    /// The conversation.
    pub id: StoredValue<String>,
    /// The place whose catalogue it enters.
    pub place: StoredValue<PlaceId>,
    /// What was checked so far.
    pub checked: RwSignal<Checked>,
    /// Why it was not published.
    pub failure: RwSignal<Option<Failure>>,
}

impl Sheet {
    /// The check of `submission`, or what the tab kept of it.
    pub fn new(desk: Desk, id: String, place: PlaceId, submission: Submission) -> Self {
        let key = key(&id);
        let kept =
            store::kept::<Checked>(&key).filter(|kept| kept.product.record == submission.record);
        let checked = RwSignal::new(kept.unwrap_or_else(|| fresh(submission)));
        Effect::new(move |before: Option<()>| {
            checked.track();
            if before.is_some() {
                checked.with(|checked| store::keep(&key, checked));
            }
        });
        Self {
            desk,
            id: StoredValue::new(id),
            place: StoredValue::new(place),
            checked,
            failure: RwSignal::new(None),
        }
    }

    /// It was decided: nothing is kept any more.
    pub fn finish(self) {
        store::forget(&key(&self.id.get_value()));
    }

    /// A part of it, watched.
    pub fn part<T>(self, get: impl Fn(&Checked) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.checked.with(&get))
    }

    /// What is wrong with `field`, as the hub names it: of the product, or of the certificate.
    pub fn fault(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.failure.with(|failure| {
                let inner = field_text(failure.as_ref(), &format!("product.{field}"));
                inner.or_else(|| field_text(failure.as_ref(), field))
            })
        })
    }

    /// The certificate to publish; none if none was seen or it is not all there.
    pub fn certificate(self) -> Option<CertificateSeen> {
        self.checked.with_untracked(|checked| seen(&checked.paper))
    }
}

fn key(id: &str) -> String {
    format!("desk-product-{id}")
}

fn fresh(product: Submission) -> Checked {
    let paper = Paper {
        seen: false,
        number: product.certificate_number.clone(),
        stars: product.stars.unwrap_or(3),
        ..Paper::default()
    };
    Checked { product, paper }
}

fn seen(paper: &Paper) -> Option<CertificateSeen> {
    if !paper.seen {
        return None;
    }
    Some(CertificateSeen {
        number: paper.number.trim().to_owned(),
        issued_by: paper.issued_by.trim().to_owned(),
        issued: seconds_of(&paper.issued, 0)?,
        expires: seconds_of(&paper.last, 1)?,
        stars: paper.stars,
    })
}

/// The last day of a certificate from its first: the day before the same day three years on.
pub fn last_day(issued: &str) -> Option<String> {
    let mut parts = issued.splitn(3, '-');
    let year: u32 = parts.next()?.parse().ok()?;
    let rest = format!("{}-{}", parts.next()?, parts.next()?);
    let end: Seconds = seconds_of(&format!("{}-{rest}", year + CERTIFICATE_MONTHS / 12), 0)?;
    Some(day_of(Seconds(end.0.saturating_sub(1))))
}
