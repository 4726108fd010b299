//! Signing in.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use bantin_wire::desk::session::SignIn;

use crate::desk::caller::Caller;
use crate::desk::command::parse;
use crate::desk::origin::Ours;
use crate::desk::sessions::WHOLE_S;
use crate::desk::{Desk, cookie};
use crate::http::{Peer, Problem};

/// Checks name and password and gives the browser a token.
pub(in crate::desk) async fn sign_in(
    State(desk): State<Arc<Desk>>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let SignIn { login, password } = parse(&headers, body)?;
    let address: Option<IpAddr> = peer.map(|Extension(Peer(address))| address);
    let turn = desk.checking(&login, address).await?;
    let officer = desk.hub.check_password(&login, &password).await?;
    drop(turn);
    desk.tries.right(&login, address);
    let ours = Ours::of(&desk, &headers);
    // A session that the browser still holds is over: one computer, one officer.
    if let Some(old) = cookie::token(&headers, &ours) {
        desk.sessions.end(&old);
    }
    let (token, session) = desk.sessions.begin(&officer, desk.hub.clock.now());
    let described = Caller::new(&desk, officer, session).describe().await?;
    let mut answer = Json(described).into_response();
    let cookie = cookie::set(&token, WHOLE_S, &ours);
    answer
        .headers_mut()
        .extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(answer)
}
