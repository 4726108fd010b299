//! Search over everything on the device.

use serde::{Deserialize, Serialize};

use super::notice::NoticeCard;
use super::product::ProductCard;
use crate::commands;

/// What was found. Its kind is the name of the one field, so a reader knows it before the card whatever
/// order fields come in: a kind beside the card would bring a second reader of every card into the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// A notice or heritage item.
    Notice {
        /// As in lists.
        card: NoticeCard,
    },
    /// A product.
    Product {
        /// As in lists.
        card: ProductCard,
    },
}

/// A hit and the words around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// What was found.
    pub found: Found,
    /// A passage of its text.
    pub snippet: String,
    /// Byte ranges of `snippet` that match, ascending.
    pub marks: Vec<(u32, u32)>,
}

commands! {
    /// Finds as you type: tones and đ do not matter, exact accents come first.
    Search "search" {
        /// What was typed so far.
        text: String,
        /// How many at most, ≤ 50.
        limit: u32,
    } -> Vec<Hit>;
}
