//! Failures as HTTP answers.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bantin_wire::{Code, Failure};

use crate::failure::HubError;

/// A failure on its way out.
#[derive(Debug)]
pub struct Problem(pub HubError);

impl<E: Into<HubError>> From<E> for Problem {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// The status that goes with a failure.
pub fn status(failure: &Failure) -> StatusCode {
    match failure.code {
        Code::NotFound if failure.field.as_deref() == Some("attachments") => StatusCode::CONFLICT,
        Code::NotFound | Code::PlaceUnknown => StatusCode::NOT_FOUND,
        Code::TooLong | Code::MediaTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::NoAgencyKey | Code::NotGenuine => StatusCode::UNPROCESSABLE_ENTITY,
        Code::Conflict | Code::WrongState => StatusCode::CONFLICT,
        Code::SignInWrong | Code::SignedOut => StatusCode::UNAUTHORIZED,
        Code::NoGrant | Code::WrongOrigin => StatusCode::FORBIDDEN,
        Code::SignInWait => StatusCode::TOO_MANY_REQUESTS,
        Code::HubResting | Code::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Code::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let failure = self.0.failure();
        let status = status(&failure);
        if status.is_server_error() {
            // The error's own text says what broke inside; it holds no words of a letter.
            tracing::error!(code = %failure.code.as_str(), error = %self.0, "failed");
        }
        let mut answer = (status, axum::Json(&failure)).into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
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
