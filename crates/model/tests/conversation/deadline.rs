//! The clock of an answer, from rules that are data.

use bantin_model::conversation::{
    Clock, Date, DayCount, DeadlineRules, Status, StatusAt, clock, due_at,
};
use bantin_model::time::Seconds;
use proptest::prelude::*;

const DAY: u64 = Seconds::DAY;

/// Monday 2026-11-02, 08:00 in Việt Nam.
const MONDAY: Seconds = Seconds(1_793_581_200);

fn rules() -> DeadlineRules {
    DeadlineRules::default_set().unwrap()
}

fn history(entries: &[(u64, Status)]) -> Vec<StatusAt> {
    let entry = |(days, status): &(u64, Status)| StatusAt {
        at: MONDAY.plus(days * DAY),
        status: *status,
    };
    entries.iter().map(entry).collect()
}

fn due(rule: &str, entries: &[(u64, Status)]) -> Option<String> {
    let rules = rules();
    let due = due_at(&rules, rules.get(rule).unwrap(), &history(entries))?;
    // The last second that is still in time.
    Some(Date::of(Seconds(due.0 - 1), 420).to_string())
}

#[test]
fn the_figures_are_those_of_the_complaint_law() {
    let rules = rules();
    let figures = [
        ("complaint-accept", 10),
        ("complaint-settle", 30),
        ("complaint-settle-complex", 45),
        ("complaint-settle-remote", 45),
        ("complaint-settle-remote-complex", 60),
    ];
    for (id, days) in figures {
        let rule = rules.get(id).unwrap();
        assert_eq!(
            (rule.days, rule.count),
            (days, DayCount::Calendar),
            "{id} as the law says"
        );
        assert!(rule.legal_basis.is_some(), "{id} names the law");
        assert!(
            rule.pauses_in.is_empty(),
            "{id}: the law is not stretched by asking back"
        );
    }
    for rule in rules.rules.iter().filter(|rule| rule.kind != "complaint") {
        assert_eq!(
            rule.legal_basis, None,
            "{} is a promise and says so",
            rule.id
        );
        assert!(
            rule.source.contains("Cam kết"),
            "{} names who promises",
            rule.id
        );
    }
}

#[test]
fn days_are_counted_from_the_next_one_to_its_end() {
    use Status::{Received, Reopened, Working};
    let accept = "complaint-accept";
    assert_eq!(due(accept, &[]), None, "nothing came, nothing is due");
    assert_eq!(
        due(accept, &[(0, Received)]).as_deref(),
        Some("2026-11-12"),
        "ten days after the 2nd is the whole 12th"
    );
    assert_eq!(
        due("complaint-settle-remote", &[(0, Received)]),
        None,
        "settling starts when the complaint is taken up"
    );
    assert_eq!(
        due("complaint-settle-remote", &[(0, Received), (3, Working)]).as_deref(),
        Some("2026-12-20"),
        "45 days after the 5th"
    );
    assert_eq!(
        due(accept, &[(0, Received), (1, Working), (40, Reopened)]).as_deref(),
        Some("2026-12-22"),
        "a reopened conversation starts anew"
    );
}

#[test]
fn a_promise_counts_working_days_and_waits_for_the_person() {
    use Status::{NeedsInfo, Received, Working};
    let id = "feedback-answer";
    assert_eq!(
        due(id, &[(0, Received)]).as_deref(),
        Some("2026-11-16"),
        "two weekends lie between"
    );
    assert_eq!(
        due(id, &[(0, Received), (1, NeedsInfo)]),
        None,
        "while Mai is asked nothing runs"
    );
    assert_eq!(
        due(id, &[(0, Received), (1, NeedsInfo), (4, Working)]).as_deref(),
        Some("2026-11-19"),
        "three days of waiting are added"
    );
    let mut rules = rules();
    rules.holidays.push(Date::from_civil(2026, 11, 10).unwrap());
    let rule = rules.get(id).unwrap();
    let due = due_at(&rules, rule, &history(&[(0, Received)])).unwrap();
    assert_eq!(
        Date::of(Seconds(due.0 - 1), 420).to_string(),
        "2026-11-17",
        "the agency's holiday is not a working day"
    );
}

#[test]
fn the_desk_sees_what_is_left_late_waiting_and_met() {
    use Status::{Answered, NeedsInfo, Received, Working};
    let rules = rules();
    let at = |entries: &[(u64, Status)], days: u64| {
        let rule = rules.get("feedback-answer").unwrap();
        clock(&rules, rule, &history(entries), MONDAY.plus(days * DAY))
    };
    let due_at = Date::from_civil(2026, 11, 16).unwrap().ends_at(420);
    assert_eq!(at(&[], 0), Clock::NotStarted, "an empty queue owes nothing");
    assert_eq!(
        at(&[(0, Received)], 0),
        Clock::Running {
            due_at,
            left_s: 14 * DAY + 16 * 3600
        },
        "until midnight of the 16th"
    );
    assert_eq!(
        at(&[(0, Received)], 15),
        Clock::Overdue {
            due_at,
            late_s: 8 * 3600
        },
        "eight in the morning of the 17th is late"
    );
    let Clock::Paused { left_s } = at(&[(0, Received), (1, NeedsInfo)], 4) else {
        panic!("the clock waits while Mai is asked");
    };
    assert!(left_s > 13 * DAY, "and loses nothing meanwhile: {left_s}");
    let later = Date::from_civil(2026, 11, 19).unwrap().ends_at(420);
    assert_eq!(
        at(&[(0, Received), (1, NeedsInfo), (4, Working)], 16),
        Clock::Running {
            due_at: later,
            left_s: later.since(MONDAY.plus(16 * DAY))
        },
        "the three days of waiting still count for Hạnh on the 18th"
    );
    assert_eq!(
        at(&[(0, Received), (15, NeedsInfo)], 20),
        Clock::Overdue {
            due_at,
            late_s: 8 * 3600
        },
        "asking back after the deadline does not make it good"
    );
    assert_eq!(
        at(&[(0, Received), (2, Working), (3, Answered)], 90),
        Clock::Met {
            at: MONDAY.plus(3 * DAY),
            late_s: 0
        },
        "answered in time stays answered in time"
    );
    assert_eq!(
        at(&[(0, Received), (15, Answered)], 90),
        Clock::Met {
            at: MONDAY.plus(15 * DAY),
            late_s: 8 * 3600
        },
        "a late answer is shown as late"
    );
}

#[test]
fn a_rule_counts_only_while_it_is_valid() {
    let mut rules = rules();
    rules.rules[0].valid.until = Some(MONDAY);
    let entries = history(&[(0, Status::Received)]);
    assert_eq!(
        due_at(&rules, &rules.rules[0], &entries),
        None,
        "a repealed rule sets no deadline"
    );
}

#[test]
fn a_broken_rule_set_is_refused_with_its_name() {
    let text = include_str!("../../data/deadlines.json");
    let broken = |from: &str, to: &str| {
        assert!(text.contains(from), "the file has {from}");
        DeadlineRules::from_json(&text.replacen(from, to, 1))
            .unwrap_err()
            .to_string()
    };
    assert!(
        broken("\"days\": 10", "\"days\": 0").contains("complaint-accept"),
        "no days"
    );
    assert!(
        broken("\"complaint-settle\"", "\"complaint-accept\"").contains("taken"),
        "same id twice"
    );
    assert!(
        broken("\"days\"", "\"tage\"").contains("unknown field"),
        "a misspelt field"
    );
    assert!(
        broken("\"holidays\": []", "\"holidays\": [\"2026-02-30\"]").contains("YYYY"),
        "no such day"
    );
}

proptest! {
    #[test]
    fn no_history_panics_or_is_due_before_it_starts(
        entries in prop::collection::vec((any::<u64>(), 0usize..8), 0..20),
        now: u64,
    ) {
        let rules = rules();
        let history: Vec<_> = entries
            .into_iter()
            .map(|(at, status)| StatusAt { at: Seconds(at), status: Status::ALL[status] })
            .collect();
        for rule in &rules.rules {
            let _ = clock(&rules, rule, &history, Seconds(now));
            let _ = due_at(&rules, rule, &history);
        }
    }

    #[test]
    fn waiting_never_shortens_a_deadline(wait_s in 0u64..50_000_000) {
        let rules = rules();
        let rule = rules.get("feedback-answer").unwrap();
        let at = |s: u64, status| StatusAt { at: MONDAY.plus(s), status };
        let plain = due_at(&rules, rule, &[at(0, Status::Received)]);
        let paused = [
            at(0, Status::Received),
            at(60, Status::NeedsInfo),
            at(60 + wait_s, Status::Working),
        ];
        prop_assert!(due_at(&rules, rule, &paused) >= plain);
    }

    #[test]
    fn every_day_is_written_and_read_alike(day in 0u64..100_000) {
        let date = Date::of(Seconds(day * DAY), 0);
        let (year, month, dom) = date.civil();
        prop_assert_eq!(Date::from_civil(year, month, dom), Some(date));
        prop_assert_eq!(Date::try_from(date.to_string()), Ok(date));
    }
}
