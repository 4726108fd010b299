//! Signing out.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use bantin_wire::desk::session::SignOut;

use crate::desk::command::parse;
use crate::desk::origin::Ours;
use crate::desk::{Desk, cookie};
use crate::http::Problem;

/// Ends the session, here and in the browser; none is no error.
pub(in crate::desk) async fn sign_out(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let SignOut {} = parse(&headers, body)?;
    let ours = Ours::of(&desk, &headers);
    if let Some(token) = cookie::token(&headers, &ours) {
        desk.sessions.end(&token);
    }
    let mut answer = Json(()).into_response();
    answer
        .headers_mut()
        .extend(cookie::clear(&ours).map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(answer)
}
