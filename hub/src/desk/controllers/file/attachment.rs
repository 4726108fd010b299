//! An attachment of a letter, opened.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bantin_model::id::Hash;
use bantin_model::letter::ConversationId;
use bantin_wire::{Code, Failure};

use crate::desk::Desk;
use crate::desk::caller::{Caller, roles_for};
use crate::http::Problem;

/// The file, for officers who may read the conversation. It came from outside: only what its bytes
/// prove to be a picture or sound is shown, everything else is saved.
pub(in crate::desk) async fn read(
    State(desk): State<Arc<Desk>>,
    Path((conversation, hash)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = Caller::of(&desk, &headers).await?;
    let not_found = || Failure::new(Code::NotFound);
    let id = ConversationId::from_hex(&conversation).ok_or_else(not_found)?;
    let hash = Hash::from_hex(&hash).ok_or_else(not_found)?;
    let row = desk.hub.conversation_row(&id).await?;
    caller.may(&row.place, roles_for(&row)).await?;
    let opened = desk.hub.open_attachment(&id, &hash).await?;
    let shown = shown(&opened.bytes);
    let (kind, place) = match shown {
        Some(kind) => (kind, "inline"),
        None => ("application/octet-stream", "attachment"),
    };
    let mut answer = opened.bytes.into_response();
    let out = answer.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    out.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(place));
    Ok(answer)
}

/// The media type of a picture or sound that browsers show.
fn shown(bytes: &[u8]) -> Option<&'static str> {
    use bantin_media::Kind;
    match bantin_media::sniff(bytes) {
        Kind::Jpeg => Some("image/jpeg"),
        Kind::Png => Some("image/png"),
        Kind::WebP => Some("image/webp"),
        Kind::Audio | Kind::Video => bantin_media::audio::sniff(bytes)
            .ok()
            .map(|kind| kind.media_type()),
        _ => None,
    }
}
