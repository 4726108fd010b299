//! Listening: HTTP/1.1 with a bound on how long a client may take over its headers, and an end that
//! lets running requests finish.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tower::ServiceExt;

/// Time for a request's headers to arrive, on an open connection too.
const HEADERS: Duration = Duration::from_secs(75);
/// Time that running requests have to finish once the hub stops.
const LAST: Duration = Duration::from_secs(20);

/// Where a request comes from: an extension of each; the proxy's address, if there is one in front.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// A listener at work.
pub struct Listening {
    /// Where; the real port if 0 was asked for.
    pub address: SocketAddr,
    /// Ends when the last connection has.
    pub task: JoinHandle<()>,
}

/// Listens at `address` until `stop` says true.
pub async fn listen(
    address: SocketAddr,
    routes: Router,
    stop: watch::Receiver<bool>,
) -> std::io::Result<Listening> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    let task = tokio::spawn(accept(listener, routes, stop));
    Ok(Listening { address, task })
}

async fn accept(listener: TcpListener, routes: Router, mut stop: watch::Receiver<bool>) {
    let open = GracefulShutdown::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let Ok((stream, peer)) = stream else {
            // Out of file descriptors, most likely: give those in use a moment to end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Answers are small and written at once; waiting to fill a packet only adds delay.
        let _ = stream.set_nodelay(true);
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .max_buf_size(64 << 10);
        let address = Peer(peer.ip());
        let named = routes
            .clone()
            .map_request(move |mut request: Request<Incoming>| {
                request.extensions_mut().insert(address);
                request
            });
        let service = TowerToHyperService::new(named);
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A connection that breaks is the network's everyday life.
            let _ = connection.await;
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST, open.shutdown()).await.is_err() {
        tracing::warn!("some connections did not end in time");
    }
}
