//! Listening: few connections, each with a bound on how long a guest may be silent.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::http::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower::ServiceExt;

use super::router;
use crate::limits::{HEADERS, LONG};
use crate::state::State;

/// Time that running requests have to finish once sharing stops.
const LAST: Duration = Duration::from_secs(3);

/// Where a request comes from: an extension of each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) IpAddr);

/// Takes connections until `stopped`.
pub(crate) async fn accept(
    listener: TcpListener,
    state: Arc<State>,
    mut stopped: watch::Receiver<bool>,
) {
    let routes = router(Arc::clone(&state));
    let open = GracefulShutdown::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        let Ok((stream, peer)) = stream else {
            // Out of file descriptors, most likely: give those in use a moment to end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let peer = Peer(peer.ip().to_canonical());
        let Some(seat) = state.guests.seat(peer.0, state.now()) else {
            // Closed without a word: the guest's own retry is as good as any answer.
            continue;
        };
        let _ = stream.set_nodelay(true);
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .max_buf_size(64 << 10);
        let named = routes
            .clone()
            .map_request(move |mut request: Request<Incoming>| {
                request.extensions_mut().insert(peer);
                request
            });
        let service = TowerToHyperService::new(named);
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A guest that takes its bytes one by one must give its place up in the end. A connection
            // that breaks is the network's everyday life.
            let _ = tokio::time::timeout(2 * LONG, connection).await;
            drop(seat);
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST, open.shutdown()).await.is_err() {
        tracing::info!("some guests were cut off");
    }
}
