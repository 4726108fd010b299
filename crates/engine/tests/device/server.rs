//! The test hub's HTTP side, and the ways in which it can be told to misbehave.

use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bantin_model::id::Hash;
use bantin_model::letter::{PollRequest, SealSecret, open_poll};
use bantin_model::sign::SecretKey;
use bantin_wire::http::{Offer, OfferedPlace, RelayCard};
use bantin_wire::{Code, Failure};
use futures::StreamExt;
use tokio::sync::Notify;

use crate::hub::{COMMUNE, World, place};

/// How the hub behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    /// The sign-in page of a network, whatever is asked.
    Captive,
    /// Bytes of the right type that mean nothing, whatever is asked.
    Junk,
    /// One bit of every segment and blob is another.
    Altered,
    /// This document instead of the newest.
    OldHeads(Vec<u8>),
    /// Files end in the middle, without a word.
    Cut,
    /// Every letter is refused with this code.
    Refuses(Code),
    /// Letters arrive, receipts do not.
    LosesReceipts,
    /// Nothing is served.
    Resting,
}

struct Shared {
    world: World,
    fault: Fault,
    asked: Vec<String>,
    /// The hub for which this is a relay, if it is one.
    relay_of: Option<String>,
    gate: Option<Arc<Gate>>,
}

/// Requests of one path wait here.
struct Gate {
    path: &'static str,
    came: Notify,
    open: Notify,
}

impl Gate {
    async fn pass(&self) {
        self.came.notify_one();
        self.open.notified().await;
    }
}

/// A running test hub. It ends with the test.
#[derive(Clone)]
pub struct TestServer {
    shared: Arc<Mutex<Shared>>,
    pub url: String,
}

impl TestServer {
    pub async fn start() -> Self {
        let shared = Shared {
            world: World::new(),
            fault: Fault::None,
            asked: Vec::new(),
            relay_of: None,
            gate: None,
        };
        let shared = Arc::new(Mutex::new(shared));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(serve).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { shared, url }
    }

    pub fn link(&self) -> String {
        format!(
            "{}#root={}",
            self.url,
            self.world(|world| world.fingerprint())
        )
    }

    pub fn world<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.locked().world)
    }

    pub fn fault(&self, fault: Fault) {
        self.locked().fault = fault;
    }

    /// From now on this is a relay of `hub`, with a copy of its world.
    pub fn relays(&self, hub: &Self) {
        self.locked().relay_of = Some(hub.url.clone());
    }

    /// The next request of this path is answered only after [`Self::open`].
    pub fn close(&self, path: &'static str) {
        let (came, open) = (Notify::new(), Notify::new());
        self.locked().gate = Some(Arc::new(Gate { path, came, open }));
    }

    /// A request waits where [`Self::close`] said.
    pub async fn waits(&self) {
        let gate = self.locked().gate.clone().unwrap();
        gate.came.notified().await;
    }

    pub fn open(&self) {
        let gate = self.locked().gate.take().unwrap();
        gate.open.notify_one();
    }

    /// What was asked since this was last called.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.locked().asked)
    }

    fn locked(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap()
    }
}

async fn serve(
    State(shared): State<Arc<Mutex<Shared>>>,
    method: Method,
    uri: axum::http::Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let gate = shared.lock().unwrap().gate.clone();
    if let Some(gate) = gate.filter(|gate| gate.path == uri.path()) {
        gate.pass().await;
    }
    let mut shared = shared.lock().unwrap();
    shared.asked.push(format!("{method} {}", uri.path()));
    match shared.fault {
        Fault::Captive => {
            let page = "<html><body>Mời đăng nhập mạng</body></html>";
            return ([(header::CONTENT_TYPE, "text/html")], page).into_response();
        }
        Fault::Junk => {
            let junk: Vec<u8> = (0..200).map(|n| n as u8 ^ 0x5a).collect();
            return ([(header::CONTENT_TYPE, "application/cbor")], junk).into_response();
        }
        Fault::Resting => return refusal(503, Failure::new(Code::HubResting)),
        _ => {}
    }
    let path: Vec<&str> = uri.path().trim_start_matches("/v1/").split('/').collect();
    match (method.as_str(), path.as_slice()) {
        ("GET", ["offer"]) => offer(&shared.world),
        ("GET", ["heads", COMMUNE]) => heads(&shared, &headers),
        ("GET", ["heads", _]) => refusal(404, Failure::new(Code::PlaceUnknown)),
        ("GET", ["segments", hash]) => file(
            shared.world.segments.get(&Hash::from_hex(hash).unwrap()),
            &shared.fault,
            &headers,
        ),
        ("GET", ["blobs", hash]) => file(
            shared.world.blobs.get(&Hash::from_hex(hash).unwrap()),
            &shared.fault,
            &headers,
        ),
        ("PUT", ["attachments", hash]) => {
            let hash = Hash::from_hex(hash).unwrap();
            assert_eq!(Hash::of(&body), hash, "an upload is what its name says");
            shared.world.attachments.insert(hash, body.to_vec());
            StatusCode::NO_CONTENT.into_response()
        }
        ("HEAD", ["attachments", hash]) => {
            let there = shared
                .world
                .attachments
                .contains_key(&Hash::from_hex(hash).unwrap());
            let missing = (StatusCode::NOT_FOUND, [("upload-offset", "0")]).into_response();
            if there {
                StatusCode::NO_CONTENT.into_response()
            } else {
                missing
            }
        }
        ("GET", ["relay"]) => card(&shared),
        ("POST", ["mailbox", "sealed"]) => poll_sealed(&shared.world, &body),
        ("POST", ["letters"]) => letter(&mut shared, &body),
        ("POST", ["mailbox"]) => {
            let request = PollRequest::from_bytes(&body).unwrap();
            cbor(shared.world.poll(&request).to_bytes())
        }
        _ => refusal(404, Failure::new(Code::NotFound)),
    }
}

/// The key to which polls through the relay are sealed.
fn relay_seal() -> SealSecret {
    SealSecret::from_bytes([80; 32])
}

fn card(shared: &Shared) -> Response {
    let Some(hub) = shared.relay_of.clone() else {
        return refusal(404, Failure::new(Code::NotFound));
    };
    let card = RelayCard {
        version: 1,
        root: shared.world.fingerprint().to_string(),
        place: place(COMMUNE),
        hub,
        key: SecretKey::from_seed([81; 32]).public(),
        seal: relay_seal().public(),
        checked_at: shared.world.now,
    };
    axum::Json(card).into_response()
}

fn poll_sealed(world: &World, body: &[u8]) -> Response {
    let request = open_poll(body, &relay_seal()).unwrap();
    cbor(world.poll(&request).to_bytes())
}

fn offer(world: &World) -> Response {
    let commune = OfferedPlace {
        id: place(COMMUNE),
        names: [("vi".to_owned(), "Phan Sơn".to_owned())].into(),
        parent: None,
    };
    let offer = Offer {
        root: world.fingerprint().to_string(),
        places: vec![commune],
    };
    axum::Json(offer).into_response()
}

fn heads(shared: &Shared, headers: &HeaderMap) -> Response {
    let bytes = match &shared.fault {
        Fault::OldHeads(old) => old.clone(),
        _ => shared.world.heads(),
    };
    let etag = format!("\"{}\"", Hash::of(&bytes));
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|held| held == &etag)
    {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    (
        [
            (header::ETAG, etag),
            (header::CONTENT_TYPE, "application/cbor".into()),
        ],
        bytes,
    )
        .into_response()
}

fn file(bytes: Option<&Vec<u8>>, fault: &Fault, headers: &HeaderMap) -> Response {
    let Some(mut bytes) = bytes.cloned() else {
        return refusal(404, Failure::new(Code::NotFound));
    };
    if *fault == Fault::Altered {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    }
    let range = headers
        .get(header::RANGE)
        .map(|range| range.to_str().unwrap().to_owned());
    let (total, mut end) = (bytes.len(), bytes.len());
    let from: usize = range.as_ref().map_or(0, |range| {
        let (from, last) = range.trim_start_matches("bytes=").split_once('-').unwrap();
        if !last.is_empty() {
            end = total.min(last.parse::<usize>().unwrap() + 1);
        }
        from.parse().unwrap()
    });
    bytes.truncate(end);
    let rest = bytes.split_off(from);
    if *fault == Fault::Cut {
        let half = rest[..rest.len() / 2].to_vec();
        let pieces = [Ok(half), Err(std::io::Error::other("cut"))];
        // A pause between the two lets the first half onto the line.
        let stream = futures::stream::iter(pieces).then(async |piece| {
            tokio::task::yield_now().await;
            piece
        });
        return Response::builder().body(Body::from_stream(stream)).unwrap();
    }
    if range.is_some() {
        let range = format!("bytes {from}-{}/{total}", end - 1);
        return (
            StatusCode::PARTIAL_CONTENT,
            [(header::CONTENT_RANGE, range)],
            rest,
        )
            .into_response();
    }
    rest.into_response()
}

fn letter(shared: &mut Shared, body: &[u8]) -> Response {
    if let Fault::Refuses(code) = shared.fault {
        return refusal(422, Failure::new(code));
    }
    match shared.world.accept(body) {
        Ok(_) if shared.fault == Fault::LosesReceipts => StatusCode::BAD_GATEWAY.into_response(),
        Ok(receipt) => cbor(receipt),
        Err(missing) => refusal(
            409,
            Failure::at(Code::NotFound, "attachments").with(missing as u64),
        ),
    }
}

fn cbor(bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "application/cbor")], bytes).into_response()
}

fn refusal(status: u16, failure: Failure) -> Response {
    (StatusCode::from_u16(status).unwrap(), axum::Json(failure)).into_response()
}
