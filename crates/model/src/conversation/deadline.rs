//! Until when an answer is due: rules are data with their legal basis, never code.
//!
//! A rule counts days from the moment a conversation enters a starting state until it enters an
//! ending one. The day of the start does not count; the time ends with the last day (24:00 local
//! time). Time spent in a pausing state is added at the start. A reopened conversation starts anew.

use serde::{Deserialize, Serialize};

use super::{Date, Status};
use crate::time::{Seconds, Validity};

/// Which days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayCount {
    /// Every day.
    Calendar,
    /// Monday to Friday without the holidays of the rule set.
    Working,
}

/// One deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRule {
    /// Its name, such as `complaint-settle-remote`.
    pub id: String,
    /// What it applies to, such as `complaint`, `feedback`, `product`.
    pub kind: String,
    /// How many days.
    pub days: u32,
    /// Which days count.
    pub count: DayCount,
    /// Entering one of these states starts the clock.
    pub starts_in: Vec<Status>,
    /// In these states the clock waits.
    pub pauses_in: Vec<Status>,
    /// Entering one of these states meets the deadline.
    pub ends_in: Vec<Status>,
    /// The law that sets it; none if it is the agency's own promise.
    pub legal_basis: Option<String>,
    /// Where the figure was read, or who promises it.
    pub source: String,
    /// When the rule itself applies, judged at the start of the clock.
    pub valid: Validity,
}

/// The rules of an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRules {
    /// Local time, in minutes east of Greenwich.
    pub utc_offset_minutes: i32,
    /// Days that are not working days, besides Saturday and Sunday; the agency adds each year's.
    pub holidays: Vec<Date>,
    /// The rules.
    pub rules: Vec<DeadlineRule>,
}

/// The file is no rule set.
#[derive(Debug, thiserror::Error)]
pub enum DeadlineError {
    /// Not JSON of the expected shape.
    #[error("the deadline rules cannot be read: {0}")]
    Shape(#[from] serde_json::Error),
    /// A rule that can never work.
    #[error("deadline rule {0:?}: {1}")]
    Rule(String, &'static str),
}

/// When a conversation entered a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusAt {
    /// The moment.
    pub at: Seconds,
    /// The state it entered.
    pub status: Status,
}

/// What the clock of one rule shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum Clock {
    /// Nothing has started it, or the rule did not apply then.
    NotStarted,
    /// Time is left.
    Running {
        /// Until when.
        due_at: Seconds,
        /// Seconds left.
        left_s: u64,
    },
    /// Waiting for the person; the time grows meanwhile.
    Paused {
        /// Seconds left if it went on now.
        left_s: u64,
    },
    /// Too late and not met yet.
    Overdue {
        /// Until when it was due.
        due_at: Seconds,
        /// Seconds since then.
        late_s: u64,
    },
    /// Met.
    Met {
        /// When.
        at: Seconds,
        /// Seconds too late; 0 if in time.
        late_s: u64,
    },
}

impl DeadlineRules {
    /// The rules that come with the product: the Complaint Law's figures, and promises that each
    /// agency should replace by its own.
    pub fn default_set() -> Result<Self, DeadlineError> {
        Self::from_json(include_str!("../../data/deadlines.json"))
    }

    /// Reads and checks a rule set.
    pub fn from_json(text: &str) -> Result<Self, DeadlineError> {
        let set: Self = serde_json::from_str(text)?;
        if !(-1440..=1440).contains(&set.utc_offset_minutes) {
            return Err(DeadlineError::Rule(String::new(), "no such time zone"));
        }
        for (index, rule) in set.rules.iter().enumerate() {
            let earlier = set.rules.iter().take(index);
            let fault = match rule {
                rule if rule.days == 0 || rule.days > 3650 => "days must be 1 to 3650",
                rule if rule.starts_in.is_empty() => "nothing starts it",
                rule if rule.ends_in.is_empty() => "nothing ends it",
                rule if rule.source.trim().is_empty() => "it has no source",
                rule if earlier.clone().any(|other| other.id == rule.id) => "the id is taken",
                _ => continue,
            };
            return Err(DeadlineError::Rule(rule.id.clone(), fault));
        }
        Ok(set)
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&DeadlineRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The rules for conversations of this kind.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a DeadlineRule> {
        self.rules.iter().filter(move |rule| rule.kind == kind)
    }

    fn works(&self, date: Date) -> bool {
        date.weekday() < 5 && !self.holidays.contains(&date)
    }

    /// The end of the last day of a deadline that starts at `start`.
    fn end(&self, rule: &DeadlineRule, start: Seconds) -> Seconds {
        let first = Date::of(start, self.utc_offset_minutes);
        let last = match rule.count {
            DayCount::Calendar => first.plus(rule.days),
            DayCount::Working => self.nth_working_day(first, rule.days),
        };
        last.ends_at(self.utc_offset_minutes)
    }

    fn nth_working_day(&self, after: Date, days: u32) -> Date {
        // Ten times the days plus a year of closed offices bounds the search.
        let days_max = days.saturating_mul(10).saturating_add(366);
        let mut left = days;
        for step in 1..=days_max {
            left -= u32::from(self.works(after.plus(step)));
            if left == 0 {
                return after.plus(step);
            }
        }
        after.plus(days_max)
    }
}

/// Until when the answer is due, pauses included. None while nothing has started the clock and while
/// it waits; the deadline already met keeps its date. `history` is in order of time.
pub fn due_at(rules: &DeadlineRules, rule: &DeadlineRule, history: &[StatusAt]) -> Option<Seconds> {
    let run = Run::of(rule, history)?;
    match run.pausing_since {
        Some(_) => None,
        None => Some(rules.end(rule, run.start.plus(run.paused_s))),
    }
}

/// What the clock shows at `now`.
pub fn clock(
    rules: &DeadlineRules,
    rule: &DeadlineRule,
    history: &[StatusAt],
    now: Seconds,
) -> Clock {
    let Some(run) = Run::of(rule, history) else {
        return Clock::NotStarted;
    };
    let due_at = |paused_s: u64| rules.end(rule, run.start.plus(paused_s));
    if let Some(at) = run.met_at {
        let late_s = at.since(due_at(run.paused_s));
        return Clock::Met { at, late_s };
    }
    if let Some(since) = run.pausing_since {
        // Judged at the moment it stopped: who was late before asking back stays late.
        let due_then = due_at(run.paused_s);
        if since >= due_then {
            return Clock::Overdue {
                due_at: due_then,
                late_s: since.since(due_then),
            };
        }
        let due_now = due_at(run.paused_s.saturating_add(now.since(since)));
        let left_s = due_now.since(now);
        return Clock::Paused { left_s };
    }
    let due_at = due_at(run.paused_s);
    if now < due_at {
        let left_s = due_at.since(now);
        return Clock::Running { due_at, left_s };
    }
    Clock::Overdue {
        due_at,
        late_s: now.since(due_at),
    }
}

/// One run of a clock: from its latest start.
struct Run {
    start: Seconds,
    paused_s: u64,
    pausing_since: Option<Seconds>,
    met_at: Option<Seconds>,
}

impl Run {
    fn of(rule: &DeadlineRule, history: &[StatusAt]) -> Option<Self> {
        let mut run: Option<Self> = None;
        for entry in history {
            if matches!(entry.status, Status::Received | Status::Reopened) {
                run = None;
            }
            match &mut run {
                Some(run) => run.enter(rule, entry),
                None if rule.starts_in.contains(&entry.status) => {
                    run = rule.valid.covers(entry.at).then_some(Self {
                        start: entry.at,
                        paused_s: 0,
                        pausing_since: None,
                        met_at: None,
                    });
                }
                None => {}
            }
        }
        run
    }

    fn enter(&mut self, rule: &DeadlineRule, entry: &StatusAt) {
        if self.met_at.is_some() {
            return;
        }
        if let Some(since) = self.pausing_since.take() {
            self.paused_s = self.paused_s.saturating_add(entry.at.since(since));
        }
        if rule.ends_in.contains(&entry.status) {
            self.met_at = Some(entry.at);
        } else if rule.pauses_in.contains(&entry.status) {
            self.pausing_since = Some(entry.at);
        }
    }
}
