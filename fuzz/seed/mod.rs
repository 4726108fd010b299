//! Valid inputs, written by hand in CBOR or taken from the golden vectors, not by the types they test:
//! what an older node wrote must stay readable whatever becomes of the types.

pub mod cast;
pub mod heads;
pub mod letter;
pub mod pack;
pub mod picture;
pub mod record;
pub mod segment;
pub mod sound;
pub mod words;

use crate::mutate::cbor::{Item, write};

/// A map with these entries.
pub fn map<const N: usize>(entries: [(u64, Item); N]) -> Item {
    let pairs = entries.into_iter();
    Item::Map(
        pairs
            .flat_map(|(key, value)| [Item::Plain(0, key), value])
            .collect(),
    )
}

/// An unsigned number.
pub fn number(value: u64) -> Item {
    Item::Plain(0, value)
}

/// A text.
pub fn text(value: &str) -> Item {
    Item::Text(value.as_bytes().to_vec())
}

/// A byte string.
pub fn bytes(value: &[u8]) -> Item {
    Item::Bytes(value.to_vec())
}

/// A truth value.
pub fn truth(value: bool) -> Item {
    Item::Plain(7, if value { 21 } else { 20 })
}

/// The bytes of one item.
pub fn one(item: &Item) -> Vec<u8> {
    write(std::slice::from_ref(item))
}
