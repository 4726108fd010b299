//! A calendar day of this computer's zone in a form, and as seconds.

use bantin_model::time::Seconds;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::Entry;

/// A day; what is written is `YYYY-MM-DD`, which the browser shows as people here write days.
#[component]
pub fn DayEntry(
    /// Names the field in the page; unique on a screen.
    #[prop(into)]
    id: String,
    /// Which day.
    #[prop(into)]
    label: String,
    /// Its reason; may be empty.
    #[prop(optional, into)]
    hint: String,
    /// The day, if any.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new day; empty when taken away.
    on_input: impl Fn(String) + Clone + 'static,
    /// What is wrong with it.
    #[prop(optional, into)]
    fault: Signal<Option<String>>,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    view! {
        <Entry
            id=id label=label hint=hint kind="date" value=value on_input=on_input fault=fault optional=optional
        />
    }
}

/// The day that `at` lies in, `YYYY-MM-DD`.
pub fn day_of(at: Seconds) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at.0 as f64 * 1000.0));
    format!(
        "{:04}-{:02}-{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date()
    )
}

/// The first moment of the day `days_later` than `day`; none if that is no day.
pub fn seconds_of(day: &str, days_later: i32) -> Option<Seconds> {
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (year, month, of_month) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&of_month)
    {
        return None;
    }
    // The browser knows the zone, and carries days over the end of a month.
    let date = js_sys::Date::new_with_year_month_day(
        year.unsigned_abs(),
        month - 1,
        of_month + days_later,
    );
    let seconds = date.get_time() / 1000.0;
    (seconds.is_finite() && seconds >= 0.0).then_some(Seconds(seconds as u64))
}
