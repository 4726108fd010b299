//! What the report says: the same rows as `./x bench --json`.

use serde::Serialize;

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Harness and what was counted.
    pub name: String,
    /// The count.
    pub ours: f64,
    /// No other program is run here: always null.
    pub peer: Option<f64>,
    /// No other program is run here: always null.
    pub ratio: Option<f64>,
    /// What the issue asks for, as a bound on `ours`.
    pub goal: Option<String>,
    /// Whether the goal holds; null for a run that was cut short, which proves nothing.
    pub holds: Option<bool>,
    /// What it must be read with.
    pub note: String,
}

impl Row {
    /// A figure without a goal.
    pub fn figure(name: &str, ours: f64, note: &str) -> Self {
        Self {
            name: name.into(),
            ours,
            peer: None,
            ratio: None,
            goal: None,
            holds: None,
            note: note.into(),
        }
    }

    /// How much was done of `wanted`; less proves nothing.
    pub fn done(name: &str, done: u64, wanted: u64) -> Self {
        let whole = done >= wanted;
        Self {
            goal: Some(format!(">= {wanted}")),
            holds: whole.then_some(true),
            ..Self::figure(name, done as f64, if whole { "" } else { "cut short" })
        }
    }

    /// Something of which there may be at most `most`. A breach counts always, its absence only of a
    /// `whole` run.
    pub fn at_most(name: &str, ours: f64, most: f64, whole: bool, note: &str) -> Self {
        Self {
            goal: Some(format!("<= {most}")),
            holds: match ours <= most {
                true => whole.then_some(true),
                false => Some(false),
            },
            ..Self::figure(name, ours, note)
        }
    }
}

/// The rows as aligned text.
pub fn table(rows: &[Row]) -> String {
    let mut out = format!(
        "{:<34} {:>12} {:>12} {:<8} note\n",
        "name", "ours", "goal", "holds"
    );
    for row in rows {
        let holds = match row.holds {
            Some(true) => "yes",
            Some(false) => "MISSED",
            None => "-",
        };
        let ours = match row.ours.fract() == 0.0 {
            true => format!("{:.0}", row.ours),
            false => format!("{:.2}", row.ours),
        };
        let line = format!(
            "{:<34} {ours:>12} {:>12} {holds:<8} {}",
            row.name,
            row.goal.as_deref().unwrap_or(""),
            row.note
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_was_cut_short_never_claims_its_goal() {
        assert_eq!(Row::done("kills", 1_999, 2_000).holds, None);
        assert_eq!(Row::at_most("lost", 0.0, 0.0, false, "").holds, None);
        let broken = Row::at_most("lost", 1.0, 0.0, false, "");
        assert_eq!(broken.holds, Some(false), "but one loss is a loss");
        assert_eq!(Row::done("kills", 2_000, 2_000).holds, Some(true));
    }
}
