//! Deadlines and states in words: *còn 3 ngày*, *quá hạn 2 ngày*, each with its own drawing, so that
//! colour never speaks alone.

use leptos::prelude::*;

use super::filter::NEAR_S;
use crate::component::chip::Fact;
use crate::component::icon::Icon;
use crate::t;

/// Time left or over, in the largest unit that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    Days(i64),
    Hours(i64),
    Minutes(i64),
}

/// Whole units, rounded down: never more time than there is, never later than it is.
fn span(seconds: i64) -> Span {
    match seconds.unsigned_abs() as i64 {
        s if s >= 86_400 => Span::Days(s / 86_400),
        s if s >= 3600 => Span::Hours(s / 3600),
        s => Span::Minutes(s / 60),
    }
}

/// The deadline in words.
fn words(left_s: i64) -> String {
    match (left_s < 0, span(left_s)) {
        (false, Span::Days(count)) => t!("desk-left-days", count = count),
        (false, Span::Hours(count)) => t!("desk-left-hours", count = count),
        (false, Span::Minutes(count)) => t!("desk-left-minutes", count = count),
        (true, Span::Days(count)) => t!("desk-over-days", count = count),
        (true, Span::Hours(count)) => t!("desk-over-hours", count = count),
        (true, Span::Minutes(count)) => t!("desk-over-minutes", count = count),
    }
}

/// How long there is still, or since when it is too late. Nothing where no clock runs.
#[component]
pub fn DeadlineChip(
    /// Seconds left; negative when overdue.
    left_s: Option<i64>,
) -> impl IntoView {
    left_s.map(|left| {
        let (icon, class) = match left {
            ..0 => (Icon::Warning, "fact-over"),
            0..=NEAR_S => (Icon::Clock, "fact-near"),
            _ => (Icon::Calendar, "fact-calm"),
        };
        view! { <Fact icon=icon text=words(left) class=class /> }
    })
}

/// Where a conversation stands, as the agency sees it.
#[component]
pub fn StatusChip(
    /// See [`bantin_wire::desk::conversation::QueueRow::status`].
    #[prop(into)]
    status: String,
) -> impl IntoView {
    let (icon, class) = match status.as_str() {
        "received" => (Icon::Plus, "fact-new"),
        "reopened" => (Icon::Reopen, "fact-new"),
        "forwarded" => (Icon::Forward, "fact-new"),
        "needs-info" => (Icon::People, "fact-calm"),
        "working" => (Icon::Pen, "fact-calm"),
        "answered" => (Icon::Check, "fact-done"),
        "passed-on" => (Icon::Forward, "fact-done"),
        _ => (Icon::Box, "fact-calm"),
    };
    view! { <Fact icon=icon text=status_words(&status) class=class /> }
}

fn status_words(status: &str) -> String {
    match status {
        "received" => t!("desk-status-received"),
        "forwarded" => t!("desk-status-forwarded"),
        "passed-on" => t!("desk-status-passed-on"),
        "needs-info" => t!("desk-status-needs-info"),
        "working" => t!("desk-status-working"),
        "answered" => t!("desk-status-answered"),
        "closed" => t!("desk-status-closed"),
        "reopened" => t!("desk-status-reopened"),
        "out-of-scope" => t!("desk-status-out-of-scope"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hanh_is_never_told_more_time_than_there_is() {
        assert_eq!(
            span(3 * 86_400 - 1),
            Span::Days(2),
            "just under three days are two"
        );
        assert_eq!(
            span(86_399),
            Span::Hours(23),
            "the last day is told in hours"
        );
        assert_eq!(
            span(59),
            Span::Minutes(0),
            "the last minute is told as such"
        );
        assert_eq!(
            span(-2 * 86_400),
            Span::Days(2),
            "lateness is counted the same way"
        );
        assert_eq!(
            span(i64::MIN + 1),
            Span::Days(i64::MAX / 86_400),
            "absurd clocks do not break the list"
        );
    }
}
