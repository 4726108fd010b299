//! Bytes in and out. They travel raw, not as JSON: in the app as the body of an IPC request or
//! response, in a browser as a transferred `ArrayBuffer`.

use serde::{Deserialize, Serialize};

/// Command name. Body: the bytes of a photo as the person chose it → [`PhotoAdded`]. The engine
/// removes all metadata and keeps the result until the letter or product is sent or the draft dropped.
pub const PHOTO_ADD: &str = "photo_add";
/// Command name. Argument `token`: a photo of a draft or letter → its JPEG bytes.
pub const PHOTO_GET: &str = "photo_get";
/// Command name. Argument `hash`: a blob of the news → its bytes, fetched if it is not here and a hub
/// can be reached.
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
