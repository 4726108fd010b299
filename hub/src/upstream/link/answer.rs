//! One request and its bounded answer.

use std::time::Duration;

use bantin_wire::Failure;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::{RequestBuilder, Response, StatusCode};
use tokio::time::timeout;

use super::{Link, LinkError, PATIENCE};

/// The largest refusal that is read, in bytes.
const FAILURE_BYTES_MAX: u64 = 4 << 10;
/// The slowest upload that is waited for, in bytes a second.
const SLOWEST_BYTES_S: u64 = 1 << 10;

/// What came back, before its body.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    response: Response,
}

impl Link {
    /// Sends a request with a body of `body_bytes`; gives whatever was answered, refusals included.
    pub(super) async fn ask(
        &self,
        request: RequestBuilder,
        body_bytes: usize,
    ) -> Result<Answer, LinkError> {
        let upload = Duration::from_secs(body_bytes as u64 / SLOWEST_BYTES_S);
        let sent = timeout(PATIENCE + upload, request.send()).await;
        let response = sent
            .map_err(|_| LinkError::Offline)?
            .map_err(|_| LinkError::Offline)?;
        Ok(Answer {
            status: response.status(),
            response,
        })
    }
}

impl Answer {
    /// A header as text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// A number in a header.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.text(name)?.trim().parse().ok()
    }

    /// Passes a success on; reads a refusal.
    pub(super) async fn accepted(self) -> Result<Self, LinkError> {
        let page = self
            .text(CONTENT_TYPE.as_str())
            .is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
        if page || self.status.is_redirection() {
            return Err(LinkError::NotAHub);
        }
        if self.status.is_success() {
            return Ok(self);
        }
        let status = self.status.as_u16();
        let offset = self.number("upload-offset");
        let body = self.body(FAILURE_BYTES_MAX).await.unwrap_or_default();
        let failure: Option<Failure> = serde_json::from_slice(&body).ok();
        Err(LinkError::Refused {
            status,
            failure,
            offset,
        })
    }

    /// The whole body, of at most `limit` bytes.
    pub(super) async fn body(mut self, limit: u64) -> Result<Vec<u8>, LinkError> {
        if self
            .number(CONTENT_LENGTH.as_str())
            .is_some_and(|bytes| bytes > limit)
        {
            return Err(LinkError::NotGenuine);
        }
        let mut body = Vec::new();
        while let Some(piece) = self.piece().await? {
            body.extend_from_slice(&piece);
            if body.len() as u64 > limit {
                return Err(LinkError::NotGenuine);
            }
        }
        Ok(body)
    }

    /// The next piece of the body; none at its end.
    pub(super) async fn piece(&mut self) -> Result<Option<Vec<u8>>, LinkError> {
        match timeout(PATIENCE, self.response.chunk()).await {
            Ok(Ok(piece)) => Ok(piece.map(Into::into)),
            Ok(Err(_)) | Err(_) => Err(LinkError::Offline),
        }
    }
}
