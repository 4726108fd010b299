//! Bytes in and out. They travel raw, not as JSON: in the app as the body of an IPC request or
//! response, in a browser as a transferred `ArrayBuffer`.

use bantin_model::budget::DataKind;
use bantin_model::id::Hash;
use serde::{Deserialize, Serialize};

/// Command name. Body: the bytes of a photo as the person chose it → [`PhotoAdded`]. The engine
/// removes all metadata and keeps the result until the letter or product is sent or the draft dropped.
pub const PHOTO_ADD: &str = "photo_add";
/// Command name. Argument `token`: a photo of a draft or letter → its JPEG bytes.
pub const PHOTO_GET: &str = "photo_get";
/// Command name. Arguments of [`BlobArgs`]: a blob of the news → its bytes, fetched if it is not here, a hub
/// can be reached, and the person's limits allow it.
pub const BLOB_GET: &str = "blob_get";

/// A photo ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoAdded {
    /// Names it in forms.
    pub token: String,
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
    /// Size in bytes.
    pub bytes: u64,
}

/// Which blob, what for, and whether a person tapped it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobArgs {
    /// Its name.
    pub hash: Hash,
    /// What it is; none counts as [`DataKind::Rest`].
    #[serde(default)]
    pub kind: Option<DataKind>,
    /// A person asked for this very thing.
    #[serde(default)]
    pub asked: bool,
}
