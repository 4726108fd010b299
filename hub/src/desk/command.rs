//! From a request to a command and back.

use std::future::Future;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, post};
use bantin_wire::{Code, Command, Failure};

use super::Desk;
use super::caller::Caller;
use crate::failure::Result;
use crate::http::Problem;

/// The largest command: a notice at its limits in all its languages is a tenth of it.
pub(super) const COMMAND_BYTES_MAX: usize = 8 << 20;
/// The longest name of an act, in characters.
const ONCE_CHARS_MAX: usize = 100;

/// The route of a command that only a signed-in officer may give.
pub(super) fn command<C, F, R>(run: F) -> MethodRouter<Arc<Desk>>
where
    C: Command + Send + 'static,
    F: Fn(Caller, C) -> R + Clone + Send + Sync + 'static,
    R: Future<Output = Result<C::Reply>> + Send,
{
    let handle = async move |State(desk): State<Arc<Desk>>,
                             headers: HeaderMap,
                             body: std::result::Result<Bytes, BytesRejection>| {
        answer(&run, desk, headers, body).await
    };
    post(handle)
}

async fn answer<C, F, R>(
    run: &F,
    desk: Arc<Desk>,
    headers: HeaderMap,
    body: std::result::Result<Bytes, BytesRejection>,
) -> std::result::Result<Response, Problem>
where
    C: Command,
    F: Fn(Caller, C) -> R,
    R: Future<Output = Result<C::Reply>>,
{
    let caller = Caller::of(&desk, &headers).await?;
    desk.awake().await?;
    let reply = run(caller, parse(&headers, body)?).await?;
    Ok(Json(reply).into_response())
}

/// The command in a body.
pub(super) fn parse<C: Command>(
    headers: &HeaderMap,
    body: std::result::Result<Bytes, BytesRejection>,
) -> Result<C> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let kind = kind
        .and_then(|kind| kind.split(';').next())
        .unwrap_or_default()
        .trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Failure::at(Code::Malformed, "content-type").into());
    }
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::new(Code::TooLong).with(COMMAND_BYTES_MAX as u64),
        _ => Failure::new(Code::Malformed),
    })?;
    serde_json::from_slice(&body).map_err(|_| Failure::new(Code::Malformed).into())
}

impl Desk {
    /// A restored hub must neither publish nor answer in an epoch that is over.
    pub(super) async fn awake(&self) -> Result<()> {
        match self.hub.store.resting().await? {
            true => Err(Failure::new(Code::HubResting).into()),
            false => Ok(()),
        }
    }
}

/// The name of an act in the store: officers cannot repeat one another's.
pub(super) fn act(login: &str, command: &str, once: &str) -> Result<String> {
    match once.chars().count() {
        0 => Err(Failure::at(Code::Empty, "once").into()),
        count if count > ONCE_CHARS_MAX => Err(Failure::at(Code::TooLong, "once")
            .with(ONCE_CHARS_MAX as u64)
            .into()),
        _ => Ok(format!("{login}/{command}/{once}")),
    }
}
