//! One request and its bounded answer.

use std::error::Error as _;
use std::time::Duration;

use bantin_wire::Failure;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use reqwest::{Request, RequestBuilder, Response, StatusCode};
use tokio::time::timeout;

use super::{Hub, HubError};

/// The largest refusal that is read, in bytes.
const FAILURE_BYTES_MAX: u64 = 4 << 10;
/// The slowest upload that is waited for, in bytes a second.
const SLOWEST_BYTES_S: u64 = 1 << 10;

/// `HTTP/1.1 200 OK`, its end and the empty line after the headers.
const STATUS_LINE_BYTES: usize = 19;

/// What came back, before its body.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    response: Response,
    hub: Hub,
}

impl Hub {
    /// Sends a request with a body of `body_bytes`; gives whatever a hub answered, refusals included.
    pub(super) async fn ask(
        &self,
        request: RequestBuilder,
        body_bytes: usize,
    ) -> Result<Answer, HubError> {
        let upload = Duration::from_secs(body_bytes as u64 / SLOWEST_BYTES_S);
        let request = request.build().map_err(|error| no_answer(&error))?;
        let head = head_bytes(&request, body_bytes);
        let sent = self.wire.client.execute(request);
        let response = match timeout(self.wire.patience + upload, sent).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                if !error.is_connect() {
                    // How much of the body left is not known.
                    self.count(head);
                }
                return Err(no_answer(&error));
            }
            Err(_) => return Err(HubError::Offline),
        };
        let headers = response.headers().clone();
        self.count(head + body_bytes + STATUS_LINE_BYTES + lines_bytes(&headers));
        Ok(Answer {
            status: response.status(),
            headers,
            response,
            hub: self.clone(),
        })
    }
}

impl Answer {
    /// A number in a header.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.headers.get(name)?.to_str().ok()?.trim().parse().ok()
    }

    /// A page for people, as the sign-in page of a network is.
    fn is_page(&self) -> bool {
        let kind = self
            .headers
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"))
    }

    /// Passes a success on; reads a refusal.
    pub(super) async fn accepted(self) -> Result<Self, HubError> {
        if self.is_page() || self.status.is_redirection() {
            return Err(HubError::NotAHub);
        }
        if self.status.is_success() {
            return Ok(self);
        }
        let status = self.status.as_u16();
        let offset = self.number("upload-offset");
        let body = self.body(FAILURE_BYTES_MAX).await.unwrap_or_default();
        let failure: Option<Failure> = serde_json::from_slice(&body).ok();
        Err(HubError::Refused {
            status,
            failure,
            offset,
        })
    }

    /// Whether the person's limits let it go on.
    pub(super) fn may_go_on(&self) -> Result<(), HubError> {
        self.hub.may_go_on()
    }

    /// The whole body, of at most `limit` bytes.
    pub(super) async fn body(mut self, limit: u64) -> Result<Vec<u8>, HubError> {
        if self
            .number(CONTENT_LENGTH.as_str())
            .is_some_and(|bytes| bytes > limit)
        {
            return Err(HubError::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(piece) = self.piece().await? {
            body.extend_from_slice(&piece);
            if body.len() as u64 > limit {
                return Err(HubError::TooLarge);
            }
        }
        Ok(body)
    }

    /// The next piece of the body; none at its end.
    pub(super) async fn piece(&mut self) -> Result<Option<Vec<u8>>, HubError> {
        let next = timeout(self.hub.wire.patience, self.response.chunk()).await;
        match next {
            Ok(Ok(Some(piece))) => {
                self.hub.count(piece.len());
                Ok(Some(piece.into()))
            }
            Ok(Ok(None)) => Ok(None),
            Ok(Err(_)) | Err(_) => Err(HubError::Offline),
        }
    }
}

/// A request's line and headers, with those that the connection adds by itself.
fn head_bytes(request: &Request, body_bytes: usize) -> usize {
    let url = request.url();
    let host = url.host_str().unwrap_or_default().len() + url.port().map_or(0, |_| 6);
    let length = match body_bytes {
        0 => 0,
        bytes => "content-length: \r\n".len() + bytes.to_string().len(),
    };
    let line = request.method().as_str().len() + url.path().len() + "  HTTP/1.1\r\n".len();
    let added = "host: \r\naccept: */*\r\n\r\n".len() + host + length;
    line + added + lines_bytes(request.headers())
}

fn lines_bytes(headers: &HeaderMap) -> usize {
    let lines = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    lines.sum()
}

/// A network that answers TLS with a certificate of its own, or HTTP with something else, is in
/// between; everything else is no way there.
fn no_answer(error: &reqwest::Error) -> HubError {
    let mut cause = error.source();
    while let Some(inner) = cause {
        let io = inner.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData) {
            return HubError::NotAHub;
        }
        if inner.to_string().starts_with("invalid HTTP") {
            return HubError::NotAHub;
        }
        cause = inner.source();
    }
    HubError::Offline
}
