//! How much the news may take: two budgets, Wi-Fi only, room on the device. What cannot be kept is said at
//! its field, and what was typed stays.

use bantin_model::budget::{LIMIT_BYTES_MAX, Limits};
use bantin_wire::ipc::data::{DataSet, DataUse};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::citizen::me::Panel;
use crate::citizen::state::{app, said_failure};
use crate::citizen::window;
use crate::component::button::{Button, Weight};
use crate::component::field::{Field, target};
use crate::component::icon::Icon;
use crate::engine;
use crate::t;
use crate::text::{bytes_text, spoken};

const MB: u64 = 1_000_000;

/// Digits behind the point of a megabyte.
const PLACES: usize = 6;

/// The form.
#[component]
pub(super) fn LimitsForm(
    /// What counts now.
    limits: Limits,
    /// What is known of network and battery.
    used: Memo<Option<DataUse>>,
) -> impl IntoView {
    let app = app();
    let day = RwSignal::new(typed(limits.day_bytes));
    let month = RwSignal::new(typed(limits.month_bytes));
    let media = RwSignal::new(typed(limits.media_bytes));
    let only_wifi = RwSignal::new(limits.only_wifi);
    let fault = RwSignal::new(None::<(&'static str, String)>);
    let at = move |field: &'static str| {
        Signal::derive(move || {
            fault.with(|f| {
                f.as_ref()
                    .filter(|(at, _)| *at == field)
                    .map(|(_, text)| text.clone())
            })
        })
    };
    let save = move || {
        let read = (|| {
            Ok(Limits {
                day_bytes: read("day_bytes", &day.get_untracked())?,
                month_bytes: read("month_bytes", &month.get_untracked())?,
                only_wifi: only_wifi.get_untracked(),
                media_bytes: read("media_bytes", &media.get_untracked())?,
            })
        })();
        let checked = read.and_then(|limits: Limits| match limits.wrong() {
            Some((field, bound)) => Err((field, bound_text(bound))),
            None => Ok(limits),
        });
        match checked {
            Ok(limits) => {
                fault.set(None);
                spawn_local(async move {
                    match engine::run(&DataSet { limits }).await {
                        Ok(()) => app.said.set(t!("data-saved")),
                        Err(why) => {
                            said_failure(app, &why);
                        }
                    }
                    app.refresh();
                });
            }
            Err(wrong) => {
                fault.set(Some(wrong));
                window::show_fault();
            }
        }
    };
    view! {
        <Panel icon=Icon::Edit id="data-limits" title=t!("data-limits")>
            <p>{t!("data-limits-what")}</p>
            <Field id="data-day" label=t!("data-day") hint=t!("data-limit-hint") value=day fault=at("day_bytes") />
            <Field id="data-month" label=t!("data-month") hint=t!("data-limit-hint") value=month fault=at("month_bytes") />
            <label class="data-check">
                <input
                    type="checkbox"
                    prop:checked=move || only_wifi.get()
                    on:change=move |event| {
                        if let Some(input) = target::<web_sys::HtmlInputElement>(&event) {
                            only_wifi.set(input.checked());
                        }
                    }
                />
                <span>{t!("data-only-wifi")} <small>{t!("data-only-wifi-what")}</small></span>
            </label>
            <Field id="data-media" label=t!("data-media") hint=t!("data-media-hint") value=media fault=at("media_bytes") />
            <Button icon=Icon::Check text=t!("data-save") weight=Weight::Main on_press=save />
            {move || used.with(|used| used.as_ref().map(around))}
        </Panel>
    }
}

/// What is known of network and battery.
fn around(used: &DataUse) -> impl IntoView + use<> {
    let around = used.around;
    let network = match around.metered {
        Some(true) => t!("data-net-metered"),
        Some(false) => t!("data-net-free"),
        None => t!("data-net-unknown"),
    };
    let saver = (around.saver == Some(true)).then(|| t!("data-saver"));
    let battery = around.battery.filter(|_| around.low());
    let battery =
        battery.map(|battery| t!("data-battery-low", percent = i64::from(battery.percent)));
    let lines = [Some(network), saver, battery].into_iter().flatten();
    lines
        .map(|line| view! { <p class="field-hint">{line}</p> })
        .collect_view()
}

/// Bytes as a person types megabytes; empty for no limit.
fn typed(bytes: Option<u64>) -> String {
    let Some(bytes) = bytes else {
        return String::new();
    };
    let (whole, part) = (bytes / MB, bytes % MB);
    if part == 0 {
        return whole.to_string();
    }
    let point = if spoken() == "en" { '.' } else { ',' };
    let part = format!("{part:0PLACES$}");
    format!("{whole}{point}{}", part.trim_end_matches('0'))
}

/// What was typed, in bytes; none for an empty field.
fn read(field: &'static str, text: &str) -> Result<Option<u64>, (&'static str, String)> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    match megabytes(&text) {
        Some(bytes) => Ok(Some(bytes)),
        None => Err((field, t!("data-not-number"))),
    }
}

/// Bytes in so many megabytes, `2.5` or `2`. In whole numbers: what was typed comes back as it was typed.
fn megabytes(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    // Too large to count is too large to allow, and refused as that.
    let whole: u64 = whole.parse().unwrap_or(u64::MAX);
    let part: String = part.chars().chain("000000".chars()).take(PLACES).collect();
    Some(whole.saturating_mul(MB).saturating_add(part.parse().ok()?))
}

fn bound_text(bound: u64) -> String {
    match bound {
        LIMIT_BYTES_MAX => t!("data-too-large", size = bytes_text(bound)),
        _ => t!("data-too-small", size = bytes_text(bound)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mai_writes_megabytes_as_she_speaks_them() {
        crate::text::speak("vi");
        for (text, bytes) in [
            ("5", Some(5_000_000)),
            ("0,5", Some(500_000)),
            (" 2.5 ", Some(2_500_000)),
            ("", None),
        ] {
            assert_eq!(read("day_bytes", text), Ok(bytes), "{text:?} is understood");
        }
        for text in ["năm", "-1", "5 MB", "inf", "NaN", "1,2,3"] {
            let wrong = read("day_bytes", text).err();
            assert_eq!(
                wrong.map(|(field, _)| field),
                Some("day_bytes"),
                "{text:?} is no number"
            );
        }
        assert_eq!(
            typed(Some(500_000)),
            "0,5",
            "and reads it back as she wrote it"
        );
        assert_eq!(typed(None), "", "no limit is an empty field");
    }
}
