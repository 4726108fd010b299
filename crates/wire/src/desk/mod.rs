//! Commands from an officer's desk to the hub: `POST /desk/api/{name}` with a JSON body, on the desk's
//! own origin, behind the session cookie. A failure is a [`crate::Failure`] with a 4xx or 5xx status.

pub mod conversation;
pub mod publication;
pub mod session;

/// Prefix of every command.
pub const API: &str = "/desk/api";
/// `POST` ← the bytes of a picture or sound, with its media type → [`publication::Uploaded`] as JSON.
pub const UPLOAD: &str = "/desk/upload";
/// `GET …/{hash}` → a blob, published or not.
pub const BLOB: &str = "/desk/blob";
/// `GET …/{conversation}/{hash}` → an attachment of a letter, opened; only with a grant for it.
pub const ATTACHMENT: &str = "/desk/attachment";
