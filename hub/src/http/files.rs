//! Pages: files of a folder that was built before, with their compressed siblings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bantin_model::id::Hash;
use bantin_wire::{Code, Failure};

use super::{Problem, matches};

/// The largest file of a page, in bytes.
const FILE_BYTES_MAX: u64 = 64 << 20;
/// Hex digits in a name that say it is made from its bytes.
const HASH_DIGITS_MIN: usize = 16;

/// Answers with the file a path names below `root`, or 404.
pub async fn pages(root: Option<Arc<PathBuf>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let failure = axum::Json(Failure::new(Code::Malformed));
        return (StatusCode::METHOD_NOT_ALLOWED, failure).into_response();
    }
    let found = match root {
        Some(root) => page(&root, request.uri().path(), request.headers()).await,
        None => Err(Failure::new(Code::NotFound).into()),
    };
    found.unwrap_or_else(IntoResponse::into_response)
}

async fn page(root: &Path, path: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let name = if path == "/" { "/index.html" } else { path };
    let file = below(root, name).ok_or_else(|| Failure::new(Code::NotFound))?;
    let (bytes, encoding) = read(&file, headers).await?;
    let tag = format!("\"{}\"", Hash::of(&bytes));
    let named_by_hash = is_named_by_hash(name);
    let mut answer = match matches(headers, &tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => bytes.into_response(),
    };
    let out = answer.headers_mut();
    let keep = match named_by_hash {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    out.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media_type(name)),
    );
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.extend(
        HeaderValue::from_str(&tag)
            .ok()
            .map(|value| (header::ETAG, value)),
    );
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(answer)
}

/// The file of a path, if every part of it is an ordinary visible name.
fn below(root: &Path, path: &str) -> Option<PathBuf> {
    let ordinary = |part: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)
    };
    let mut file = root.to_path_buf();
    for part in path.strip_prefix('/')?.split('/') {
        if !ordinary(part) {
            return None;
        }
        file.push(part);
    }
    Some(file)
}

async fn read(
    file: &Path,
    headers: &HeaderMap,
) -> Result<(Vec<u8>, Option<&'static str>), Problem> {
    for (encoding, extension) in [("br", "br"), ("gzip", "gz")] {
        if accepts(headers, encoding) {
            let mut packed = file.as_os_str().to_owned();
            packed.push(format!(".{extension}"));
            if let Some(bytes) = read_file(Path::new(&packed)).await? {
                return Ok((bytes, Some(encoding)));
            }
        }
    }
    let plain = read_file(file).await?;
    plain
        .map(|bytes| (bytes, None))
        .ok_or_else(|| Failure::new(Code::NotFound).into())
}

async fn read_file(file: &Path) -> Result<Option<Vec<u8>>, Problem> {
    let size = tokio::fs::metadata(file)
        .await
        .ok()
        .filter(|meta| meta.is_file());
    match size {
        Some(meta) if meta.len() <= FILE_BYTES_MAX => Ok(Some(tokio::fs::read(file).await?)),
        _ => Ok(None),
    }
}

fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    let given = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','));
    given.map(|one| one.split(';')).any(|mut parts| {
        let name = parts.next().unwrap_or_default().trim();
        let refused = parts.any(|q| matches!(q.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        name.eq_ignore_ascii_case(encoding) && !refused
    })
}

/// `assets/engine-0123456789abcdef/engine.js`, `name-0123456789abcdef_bg.wasm` and the like: some part of
/// the path between `/`, `-`, `_` and `.` is a long hex number.
fn is_named_by_hash(path: &str) -> bool {
    path.split(['/', '-', '_', '.'])
        .any(|part| part.len() >= HASH_DIGITS_MIN && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "txt" | "md" | "ftl" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_a_page() {
        let root = Path::new("/srv/web");
        for path in [
            "/../hub.toml",
            "/a/../../keys",
            "/.git/config",
            "//etc/passwd",
            "/a//b",
            "/a%2e",
            "x",
        ] {
            assert_eq!(below(root, path), None, "{path} must not leave the folder");
        }
        assert_eq!(
            below(root, "/a/b.js"),
            Some("/srv/web/a/b.js".into()),
            "a page is found"
        );
    }

    #[test]
    fn only_names_made_from_bytes_stay_for_ever() {
        assert!(
            is_named_by_hash("/app-0123456789abcdef_bg.wasm"),
            "this name changes with its bytes"
        );
        assert!(
            is_named_by_hash("/assets/engine-0123456789abcdef/engine.js"),
            "a folder named by its files changes with them"
        );
        assert!(!is_named_by_hash("/index.html"), "this one does not");
        assert!(
            !is_named_by_hash("/facade.js"),
            "a word of hex letters is no hash"
        );
    }
}
