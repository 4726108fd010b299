//! What a place says of itself, in its own feed.

use minicbor::{Decode, Encode};

use super::Names;
use crate::id::PlaceId;
use crate::time::Validity;

/// A place. Its level is a word in `kind_text`, never a rule.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PlaceInfo {
    /// Which.
    #[n(0)]
    pub id: PlaceId,
    /// Names by language.
    #[n(1)]
    pub names: Names,
    /// The state's own code, if it has one.
    #[n(2)]
    pub official_code: Option<String>,
    /// The word for its level today, such as `xã`; for people only.
    #[n(3)]
    pub kind_text: String,
    /// The place above.
    #[n(4)]
    pub parent: Option<PlaceId>,
    /// When it exists under this name and parent.
    #[n(5)]
    pub valid: Validity,
    /// Places that took it over.
    #[n(6)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub successors: Vec<PlaceId>,
}
