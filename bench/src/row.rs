//! What a measurement prints: a table for people, one JSON array for scripts.

use serde::Serialize;

/// One figure.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// What was done, such as `first-sync`.
    pub work: String,
    /// What was counted, such as `down_bytes`; the unit is the last word.
    pub figure: String,
    /// The count or measure.
    pub ours: f64,
    /// A word on how it was had, or what it must be read with.
    pub note: String,
}

impl Row {
    /// A row without a note.
    pub fn new(work: &str, figure: &str, ours: f64) -> Self {
        Self {
            work: work.into(),
            figure: figure.into(),
            ours,
            note: String::new(),
        }
    }

    /// The same with a note.
    pub fn noted(mut self, note: &str) -> Self {
        self.note = note.into();
        self
    }
}

/// The rows as aligned text.
pub fn table(rows: &[Row]) -> String {
    let mut out = format!(
        "{:<16} {:<22} {:>14}  {}\n",
        "work", "figure", "ours", "note"
    );
    for Row {
        work,
        figure,
        ours,
        note,
    } in rows
    {
        let ours = if ours.fract() == 0.0 {
            format!("{ours:.0}")
        } else {
            format!("{ours:.2}")
        };
        out.push_str(&format!("{work:<16} {figure:<22} {ours:>14}  {note}\n"));
    }
    out
}
