//! The officers' desk: its commands (`bantin_wire::desk`), sessions and pages, on an origin of its own.
//!
//! Every command runs the same use-case as the command line. What is added here is who may: a session
//! behind a cookie, a grant that counts now for the very place, and a request that comes from the
//! desk's own pages.

mod caller;
mod command;
mod controllers;
mod cookie;
mod form;
mod origin;
mod sessions;
mod text;
mod tries;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use bantin_wire::desk::conversation::{
    AgencyList, QueueList, SubmissionPublish, SubmissionReject, ThreadForward, ThreadRead,
    ThreadReply,
};
use bantin_wire::desk::publication::{
    DraftDrop, DraftList, DraftRead, DraftSave, Publish, PublishedList, PublishedRead, Withdraw,
};
use bantin_wire::desk::session::{SignIn, SignOut, WhoAmI};
use bantin_wire::desk::{ATTACHMENT, BLOB, UPLOAD};
use bantin_wire::{Code, Command, Failure};
use tokio::sync::Semaphore;

use crate::Hub;
use crate::http::{Problem, pages, protect, within};
use command::{COMMAND_BYTES_MAX, command};
use controllers::{conversation, draft, file, publication, session, submission};
use sessions::Sessions;
use tries::Tries;

/// Passwords hashed at once: each takes 19 MiB and a processor.
const HASHING_MAX: usize = 2;

/// What every request of the desk needs.
pub(crate) struct Desk {
    /// The hub behind it.
    hub: Arc<Hub>,
    /// Who is signed in.
    sessions: Sessions,
    /// Wrong passwords lately.
    tries: Tries,
    /// Bounds [`HASHING_MAX`].
    hashing: Semaphore,
}

/// The desk's routes.
pub fn router(hub: &Arc<Hub>) -> Router {
    let desk = Arc::new(Desk {
        hub: Arc::clone(hub),
        sessions: Sessions::default(),
        tries: Tries::default(),
        hashing: Semaphore::new(HASHING_MAX),
    });
    let limits = &hub.config.limits;
    let short = Duration::from_secs(limits.request_s);
    let long = Duration::from_secs(limits.upload_s);
    let quick = commands()
        .layer(DefaultBodyLimit::max(COMMAND_BYTES_MAX))
        .layer(from_fn(move |request: Request, next: Next| {
            within(short, request, next)
        }));
    let slow = Router::new()
        .route(UPLOAD, post(file::upload::upload))
        .route(&format!("{BLOB}/{{hash}}"), get(file::blob::read))
        .route(
            &format!("{ATTACHMENT}/{{conversation}}/{{hash}}"),
            get(file::attachment::read),
        )
        .layer(DefaultBodyLimit::max(file::upload::BYTES_MAX))
        .layer(from_fn(move |request: Request, next: Next| {
            within(long, request, next)
        }));
    let root = hub.config.desk_web_root.clone().map(Arc::new);
    quick
        .merge(slow)
        .route("/desk/{*rest}", any(unknown))
        .fallback(move |request: Request| pages(root.clone(), request))
        .method_not_allowed_fallback(other_method)
        .layer(from_fn_with_state(Arc::clone(&desk), origin::guard))
        .layer(from_fn(origin::seclude))
        .layer(from_fn(protect))
        .with_state(desk)
}

/// Every command under its name.
fn commands() -> Router<Arc<Desk>> {
    Router::new()
        .route(&at::<SignIn>(), post(session::sign_in::sign_in))
        .route(&at::<SignOut>(), post(session::sign_out::sign_out))
        .route(
            &at::<WhoAmI>(),
            command::<WhoAmI, _, _>(session::who_am_i::who_am_i),
        )
        .route(
            &at::<DraftSave>(),
            command::<DraftSave, _, _>(draft::save::save),
        )
        .route(
            &at::<DraftList>(),
            command::<DraftList, _, _>(draft::list::list),
        )
        .route(
            &at::<DraftRead>(),
            command::<DraftRead, _, _>(draft::read::read),
        )
        .route(
            &at::<DraftDrop>(),
            command::<DraftDrop, _, _>(draft::delete::delete),
        )
        .route(
            &at::<Publish>(),
            command::<Publish, _, _>(publication::publish::publish),
        )
        .route(
            &at::<PublishedList>(),
            command::<PublishedList, _, _>(publication::list::list),
        )
        .route(
            &at::<PublishedRead>(),
            command::<PublishedRead, _, _>(publication::read::read),
        )
        .route(
            &at::<Withdraw>(),
            command::<Withdraw, _, _>(publication::withdraw::withdraw),
        )
        .route(
            &at::<QueueList>(),
            command::<QueueList, _, _>(conversation::queue::queue),
        )
        .route(
            &at::<ThreadRead>(),
            command::<ThreadRead, _, _>(conversation::read::read),
        )
        .route(
            &at::<ThreadReply>(),
            command::<ThreadReply, _, _>(conversation::reply::reply),
        )
        .route(
            &at::<AgencyList>(),
            command::<AgencyList, _, _>(conversation::forward::agencies),
        )
        .route(
            &at::<ThreadForward>(),
            command::<ThreadForward, _, _>(conversation::forward::forward),
        )
        .route(
            &at::<SubmissionPublish>(),
            command::<SubmissionPublish, _, _>(submission::publish::publish),
        )
        .route(
            &at::<SubmissionReject>(),
            command::<SubmissionReject, _, _>(submission::reject::reject),
        )
}

/// The address of a command.
fn at<C: Command>() -> String {
    format!("{}/{}", bantin_wire::desk::API, C::NAME)
}

async fn unknown() -> Problem {
    Failure::new(Code::NotFound).into()
}

async fn other_method() -> Response {
    let failure = axum::Json(Failure::new(Code::Malformed));
    (StatusCode::METHOD_NOT_ALLOWED, failure).into_response()
}
