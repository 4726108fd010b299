//! Rows for people.

use std::fmt::Write;

use super::{Bound, Row};

/// The rows as aligned text.
pub fn table(rows: &[Row]) -> String {
    let heads = ["name", "ours", "peer", "ratio", "goal", "holds", "range"];
    let mut cells = vec![heads.map(String::from)];
    cells.extend(rows.iter().map(row_cells));
    let mut widths = [0; 7];
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let notes = std::iter::once("note").chain(rows.iter().map(|row| row.note.as_str()));
    let mut out = String::new();
    for (row, note) in cells.iter().zip(notes) {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
            // Writing to a string cannot fail.
            let _ = match at {
                0 | 5 => write!(line, "{cell:<width$}  "),
                _ => write!(line, "{cell:>width$}  "),
            };
        }
        out.push_str((line + note).trim_end());
        out.push('\n');
    }
    out
}

fn row_cells(row: &Row) -> [String; 7] {
    let peer = match row.peer {
        Some(peer) => format!("{} {}", row.peer_is, number(peer)),
        None if row.peer_is.is_empty() => String::new(),
        None => format!("{} not run", row.peer_is),
    };
    let goal = row.goal.zip(row.bound).map(|(goal, bound)| {
        let goal = number(goal);
        match bound {
            Bound::OursAtMost => format!("≤ {goal}"),
            Bound::OursAtLeast => format!("≥ {goal}"),
            Bound::RatioAtMost => format!("≤ {goal} ×"),
            Bound::RatioAtLeast => format!("≥ {goal} ×"),
        }
    });
    let range = row
        .range
        .map(|(least, most)| format!("{}–{}", number(least), number(most)));
    let holds = row.holds.map(|holds| if holds { "yes" } else { "MISSED" });
    [
        row.name.clone(),
        format!("{} {}", number(row.ours), row.unit),
        peer,
        row.ratio.map(number).unwrap_or_default(),
        goal.unwrap_or_default(),
        holds.unwrap_or_default().into(),
        range.unwrap_or_default(),
    ]
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
        let row = Row::new("search/p95", "ms", 21.0).goal(Bound::OursAtMost, 20.0);
        assert!(
            table(&[row]).contains("MISSED"),
            "nobody should have to compare two columns"
        );
    }
}
