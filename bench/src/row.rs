//! What a measurement prints: a table for people, one JSON array for scripts.

use serde::Serialize;

use crate::meter::Traffic;

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What was done, such as `first-sync`.
    pub name: String,
    /// What was counted, such as `down_bytes`; the unit is the last word.
    pub figure: String,
    /// The count; of times, the median.
    pub ours: f64,
    /// Smallest and largest, of what was done several times.
    pub range: Option<(f64, f64)>,
    /// The most that may be, where the issue names it.
    pub goal: Option<f64>,
    /// Whether the goal holds here; a time depends on the machine, so nothing fails by it.
    pub holds: Option<bool>,
    /// How it was had, or what it must be read with.
    pub note: String,
}

impl Row {
    /// A row of a count.
    pub fn new(name: &str, figure: &str, ours: f64) -> Self {
        Self {
            name: name.into(),
            figure: figure.into(),
            ours,
            range: None,
            goal: None,
            holds: None,
            note: String::new(),
        }
    }

    /// A row of something measured several times: the median between the smallest and the largest.
    pub fn of_many(name: &str, figure: &str, measured: &[f64]) -> Self {
        let sorted = sorted(measured);
        let range = sorted.first().copied().zip(sorted.last().copied());
        let range = range.filter(|_| measured.len() > 1);
        Self {
            range,
            ..Self::new(name, figure, percentile(measured, 50))
        }
    }

    /// The same with a note.
    pub fn noted(mut self, note: &str) -> Self {
        self.note = note.into();
        self
    }

    /// The same with the most that may be.
    pub fn at_most(mut self, goal: f64) -> Self {
        self.goal = Some(goal);
        self.holds = Some(self.ours <= goal);
        self
    }
}

/// Bytes, requests, round trips and connections of one piece of work.
pub fn traffic(name: &str, passed: &Traffic) -> Vec<Row> {
    let row = |figure, count: u64| Row::new(name, figure, count as f64);
    let wire = "HTTP/1.1 as it travels, heads included; no TLS";
    vec![
        row("up_bytes", passed.up_bytes).noted(wire),
        row("down_bytes", passed.down_bytes).noted(wire),
        row("requests", passed.requests.len() as u64).noted(&passed.kinds()),
        row("round_trips", passed.round_trips)
            .noted("requests that waited for an answer; setting connections up comes on top"),
        row("connections", passed.connections)
            .noted("TCP; every command opens its own, the app keeps one open"),
    ]
}

/// The value that `percent` of a hundred do not exceed; 0 of nothing.
pub fn percentile(measured: &[f64], percent: usize) -> f64 {
    let sorted = sorted(measured);
    let at = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(at).copied().unwrap_or(0.0)
}

fn sorted(measured: &[f64]) -> Vec<f64> {
    let mut sorted = measured.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The rows as aligned text.
pub fn table(rows: &[Row]) -> String {
    let mut out = format!(
        "{:<17} {:<24} {:>12} {:>19} {:>9} {:<6} {}\n",
        "name", "figure", "ours", "range", "goal", "holds", "note"
    );
    for row in rows {
        let range = row
            .range
            .map(|(least, most)| format!("{}–{}", number(least), number(most)));
        let goal = row.goal.map(|goal| format!("≤ {}", number(goal)));
        let holds = row.holds.map_or("", |holds| match holds {
            true => "yes",
            false => "MISSED",
        });
        let line = format!(
            "{:<17} {:<24} {:>12} {:>19} {:>9} {holds:<6} {}",
            row.name,
            row.figure,
            number(row.ours),
            range.unwrap_or_default(),
            goal.unwrap_or_default(),
            row.note
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn number(value: f64) -> String {
    match value {
        value if value.fract() == 0.0 => format!("{value:.0}"),
        value if value.abs() < 10.0 => format!("{value:.3}"),
        value => format!("{value:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_goal_is_said() {
        let row = Row::new("search", "p95_ms", 21.0).at_most(20.0);
        assert_eq!(row.holds, Some(false), "21 is more than 20");
        assert!(
            table(&[row]).contains("MISSED"),
            "nobody should have to compare two columns"
        );
    }

    #[test]
    fn the_middle_of_many() {
        let times = [5.0, 1.0, 9.0];
        let row = Row::of_many("list", "seconds", &times);
        assert_eq!((row.ours, row.range), (5.0, Some((1.0, 9.0))));
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(
            percentile(&hundred, 95),
            95.0,
            "five of a hundred are slower"
        );
        assert_eq!(percentile(&[], 95), 0.0, "nothing measured is no panic");
    }
}
