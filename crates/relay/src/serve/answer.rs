//! Failures and small bodies as HTTP.

use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bantin_model::id::Hash;
use bantin_wire::{Code, Failure};

use crate::error::RelayError;

/// A failure on its way out.
#[derive(Debug)]
pub(super) struct Problem(Failure);

impl<E: Into<RelayError>> From<E> for Problem {
    fn from(error: E) -> Self {
        Self(Failure::from(error.into()))
    }
}

fn status(failure: &Failure) -> StatusCode {
    match failure.code {
        Code::NotFound if failure.field.as_deref() == Some("attachments") => StatusCode::CONFLICT,
        Code::NotFound | Code::PlaceUnknown => StatusCode::NOT_FOUND,
        Code::TooLong | Code::MediaTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::NoAgencyKey | Code::NotGenuine => StatusCode::UNPROCESSABLE_ENTITY,
        Code::Conflict => StatusCode::CONFLICT,
        Code::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Code::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let failure = self.0;
        let status = status(&failure);
        let mut answer = (status, axum::Json(&failure)).into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
        }
        let offset = failure
            .number
            .filter(|_| failure.field.as_deref() == Some("offset"));
        if let Some(offset) = offset {
            headers.insert("upload-offset", HeaderValue::from(offset));
        }
        answer
    }
}

/// The whole body of a request, at most `limit` bytes.
pub(super) async fn body(request: Request, limit: usize, field: &str) -> Result<Bytes, Problem> {
    let too_long = || Problem(Failure::at(Code::TooLong, field).with(limit as u64));
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > limit as u64) {
        return Err(too_long());
    }
    let bytes = axum::body::to_bytes(request.into_body(), limit).await;
    bytes.map_err(|error| {
        let long = std::error::Error::source(&error)
            .is_some_and(|cause| cause.to_string().contains("length limit"));
        match long {
            true => too_long(),
            false => Problem(Failure::at(Code::Malformed, field)),
        }
    })
}

/// A hash in an address: lower case only, as every node writes it.
pub(super) fn hash(name: &str) -> Result<Hash, Problem> {
    let upper = name.bytes().any(|b| b.is_ascii_uppercase());
    let hash = Hash::from_hex(name).filter(|_| !upper);
    hash.ok_or_else(|| Problem(Failure::new(Code::NotFound)))
}

/// Whether the asker has the tag already.
pub(super) fn matches(headers: &axum::http::HeaderMap, tag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    let given = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','));
    given
        .map(str::trim)
        .any(|one| one == "*" || one == tag || one.strip_prefix("W/") == Some(tag))
}
