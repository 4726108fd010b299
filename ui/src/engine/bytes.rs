//! Bytes from the engine as object URLs that `<img>` and `<audio>` can show, with a small cache so that
//! scrolling a list up and down does not fetch its pictures again.

use std::cell::RefCell;
use std::collections::VecDeque;

use bantin_model::budget::DataKind;
use bantin_model::id::Hash;
use bantin_wire::{Code, Failure};
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

use super::{blob_get, photo_get};

/// Pictures kept ready; the oldest is let go first.
const PICTURES_KEPT_MAX: usize = 120;

thread_local! {
    static PICTURES: RefCell<VecDeque<(String, String)>> = const { RefCell::new(VecDeque::new()) };
}

/// Which picture: a blob of the news, or a photo of a draft or letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureSource {
    /// A blob of the news.
    Blob(Hash),
    /// A photo on this device.
    Photo(String),
}

impl PictureSource {
    fn key(&self) -> String {
        match self {
            Self::Blob(hash) => hash.to_string(),
            Self::Photo(token) => format!("photo:{token}"),
        }
    }
}

/// The object URL of a picture. It belongs to the cache: do not revoke it. `kind` and `asked` say what a
/// blob is and whether a person tapped it.
pub async fn picture_url(
    source: PictureSource,
    kind: DataKind,
    asked: bool,
) -> Result<String, Failure> {
    let key = source.key();
    if let Some(url) = cached(&key) {
        return Ok(url);
    }
    let bytes = match &source {
        PictureSource::Blob(hash) => blob_get(*hash, kind, asked).await?,
        PictureSource::Photo(token) => photo_get(token).await?,
    };
    // Two tiles may have asked for the same picture meanwhile.
    if let Some(url) = cached(&key) {
        return Ok(url);
    }
    let url = object_url(&bytes, "image/jpeg")?;
    keep(key, url.clone());
    Ok(url)
}

/// The object URL of a sound that a person wants to hear. The caller revokes it when it is played.
pub async fn audio_url(hash: Hash, mime: &str) -> Result<String, Failure> {
    object_url(&blob_get(hash, DataKind::Sound, true).await?, mime)
}

/// Lets the bytes behind an object URL go.
pub fn revoke(url: &str) {
    // Revoking an unknown URL is a no-op by specification.
    let _ = Url::revoke_object_url(url);
}

fn cached(key: &str) -> Option<String> {
    PICTURES.with_borrow(|kept| {
        kept.iter()
            .find(|(k, _)| k == key)
            .map(|(_, url)| url.clone())
    })
}

fn keep(key: String, url: String) {
    PICTURES.with_borrow_mut(|kept| {
        kept.push_back((key, url));
        if kept.len() > PICTURES_KEPT_MAX
            && let Some((_, old)) = kept.pop_front()
        {
            revoke(&old);
        }
    });
}

fn object_url(bytes: &JsValue, mime: &str) -> Result<String, Failure> {
    let damaged = |_| Failure::new(Code::MediaDamaged);
    let options = BlobPropertyBag::new();
    options.set_type(sniffed(bytes).unwrap_or(mime));
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(bytes), &options)
        .map_err(damaged)?;
    Url::create_object_url_with_blob(&blob).map_err(damaged)
}

/// Blobs are named by hash, not by type: PNG and WebP are told from JPEG by their first bytes.
fn sniffed(bytes: &JsValue) -> Option<&'static str> {
    let head = js_sys::Uint8Array::new(bytes);
    match (head.get_index_checked(0)?, head.get_index_checked(1)?) {
        (0x89, 0x50) => Some("image/png"),
        (0x52, 0x49) => Some("image/webp"),
        (0xff, 0xd8) => Some("image/jpeg"),
        _ => None,
    }
}

/// Reading past the end of a typed array is `undefined` in JavaScript; here it is `None`.
trait Checked {
    fn get_index_checked(&self, at: u32) -> Option<u8>;
}

impl Checked for js_sys::Uint8Array {
    fn get_index_checked(&self, at: u32) -> Option<u8> {
        (at < self.length()).then(|| self.get_index(at))
    }
}
