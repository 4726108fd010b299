//! What the officer wants to see of the queue.

use bantin_wire::desk::conversation::QueueRow;

/// Seconds in which a deadline counts as near.
pub const NEAR_S: i64 = 2 * 86_400;

/// One of the quick views.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Everything.
    #[default]
    All,
    /// Past the deadline.
    Overdue,
    /// At most two days left.
    Near,
    /// No officer has looked yet.
    Unopened,
}

impl View {
    /// In the order they are offered.
    pub const ALL: [Self; 4] = [Self::All, Self::Overdue, Self::Near, Self::Unopened];
}

/// The filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Only what still needs the agency; the hub sorts these out.
    pub open_only: bool,
    /// One of the quick views.
    pub view: View,
    /// A topic's code; empty = all.
    pub topic: String,
    /// Words of the title, tones or not.
    pub words: String,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            open_only: true,
            view: View::All,
            topic: String::new(),
            words: String::new(),
        }
    }
}

impl Filter {
    /// Hides rows that another filter would show.
    pub fn is_narrow(&self) -> bool {
        self.view != View::All || !self.topic.is_empty() || !self.words.trim().is_empty()
    }

    /// Shows all rows again.
    pub fn widen(&mut self) {
        *self = Self {
            open_only: self.open_only,
            ..Self::default()
        };
    }

    /// The words, folded once for many rows.
    pub fn needle(&self) -> String {
        fold(self.words.trim())
    }

    /// Whether the row is wanted. `needle` comes from [`Filter::needle`].
    pub fn lets_through(&self, row: &QueueRow, needle: &str) -> bool {
        let left = row.left_s;
        let viewed = match self.view {
            View::All => true,
            View::Overdue => left.is_some_and(|left| left < 0),
            View::Near => left.is_some_and(|left| (0..=NEAR_S).contains(&left)),
            View::Unopened => row.unopened,
        };
        viewed
            && (self.topic.is_empty() || self.topic == row.topic)
            && (needle.is_empty() || fold(&row.title).contains(needle))
    }
}

/// Small letters without tones, đ as d: `ho tro` finds `Hỗ trợ`.
#[cfg(target_arch = "wasm32")]
fn fold(text: &str) -> String {
    // The browser's own tables: ours would be a tenth of the desk.
    let apart = String::from(js_sys::JsString::from(text).normalize("NFD"));
    folded(&apart)
}

/// Off the browser only tests ask, with texts that are written apart already.
#[cfg(not(target_arch = "wasm32"))]
fn fold(text: &str) -> String {
    folded(text)
}

fn folded(apart: &str) -> String {
    apart
        .chars()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use bantin_model::id::PlaceId;
    use bantin_model::time::Seconds;

    use super::*;

    fn row(title: &str, left_s: Option<i64>, unopened: bool) -> QueueRow {
        QueueRow {
            id: "a1".into(),
            place: PlaceId::new("vn-1").unwrap(),
            title: title.into(),
            kind: "question".into(),
            topic: "policy".into(),
            status: "received".into(),
            received_at: Seconds(0),
            due_at: None,
            left_s,
            changed_at: Seconds(0),
            unopened,
            rating: None,
        }
    }

    #[test]
    fn hanh_finds_a_question_without_typing_tones() {
        let filter = Filter {
            words: " DONG ".into(),
            ..Filter::default()
        };
        let apart = row("đo\u{302}\u{300}ng bào", None, false);
        assert!(
            filter.lets_through(&apart, &filter.needle()),
            "dong finds đồng"
        );
        assert!(
            !filter.lets_through(&row("nước", None, false), &filter.needle()),
            "and nothing else"
        );
    }

    #[test]
    fn the_quick_views_part_the_queue_by_deadline() {
        let of = |view, left| {
            let filter = Filter {
                view,
                ..Filter::default()
            };
            filter.lets_through(&row("x", left, false), "")
        };
        assert!(of(View::Overdue, Some(-1)), "one second late is late");
        assert!(!of(View::Overdue, Some(0)), "the last second is not late");
        assert!(of(View::Near, Some(NEAR_S)), "two days are near");
        assert!(!of(View::Near, Some(-1)), "what is late has its own view");
        assert!(!of(View::Near, None), "no clock, no hurry");
    }
}
