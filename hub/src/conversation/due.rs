//! Until when an answer is due, by the operator's rules.

use bantin_hub_store::{ConversationKind, ConversationRow};
use bantin_model::conversation::{DeadlineRule, StatusAt, due_at};
use bantin_model::time::Seconds;

use crate::Hub;
use crate::failure::Result;

/// The rule that counts for a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRule {
    /// Its name.
    pub id: String,
    /// The law or promise it rests on.
    pub basis: String,
}

impl Hub {
    /// The deadline of a conversation once it has `entered` a state.
    pub(crate) async fn due_after(
        &self,
        row: &ConversationRow,
        entered: Option<StatusAt>,
    ) -> Result<Option<Seconds>> {
        let mut history = self.store.history(&row.id).await?;
        history.extend(entered);
        Ok(self
            .rule(row.kind)
            .and_then(|rule| due_at(&self.rules, rule, &history)))
    }

    /// Which rule counts for this kind of conversation.
    pub fn due_rule(&self, kind: ConversationKind) -> Option<DueRule> {
        let rule = self.rule(kind)?;
        let basis = rule
            .legal_basis
            .clone()
            .unwrap_or_else(|| rule.source.clone());
        Some(DueRule {
            id: rule.id.clone(),
            basis,
        })
    }

    fn rule(&self, kind: ConversationKind) -> Option<&DeadlineRule> {
        let kind = match kind {
            ConversationKind::Question => "feedback",
            ConversationKind::Product => "product",
        };
        self.rules.of_kind(kind).next()
    }
}

/// The day of a moment, `YYYY-MM-DD`.
pub fn day_of(at: Seconds, offset_minutes: i32) -> String {
    let (year, month, day) = bantin_model::conversation::Date::of(at, offset_minutes).civil();
    format!("{year:04}-{month:02}-{day:02}")
}
