//! The queue.

use bantin_hub_store::{ConversationRow, QueueFilter};
use bantin_model::letter::Letter;
use bantin_model::record::Topic;

use crate::Hub;
use crate::failure::Result;

/// Characters of a letter shown as its title.
const TITLE_CHARS: usize = 80;

/// A conversation with what its first letter says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueItem {
    /// State and times.
    pub row: ConversationRow,
    /// First words, or the product's name.
    pub title: String,
    /// Topic's name, or empty.
    pub topic: String,
}

impl Hub {
    /// Conversations of these places; open ones first, by deadline.
    pub async fn queue(&self, filter: &QueueFilter) -> Result<Vec<QueueItem>> {
        let mut items = Vec::new();
        for row in self.store.queue(filter).await? {
            let letters = self.store.letters_of(&row.id).await?;
            let first = letters
                .first()
                .map(|letter| self.open_letter(letter))
                .transpose()?;
            let letter = first.as_ref().map(|opened| &opened.letter);
            items.push(QueueItem {
                title: letter.map(title).unwrap_or_default(),
                topic: letter
                    .and_then(|l| l.topic)
                    .map_or("", |n| Topic(n).name())
                    .to_owned(),
                row,
            });
        }
        Ok(items)
    }
}

/// What a letter is called.
pub(super) fn title(letter: &Letter) -> String {
    let text = match &letter.product {
        Some(product) => product.name.as_str(),
        None => letter
            .text
            .lines()
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default(),
    };
    text.trim().chars().take(TITLE_CHARS).collect()
}
