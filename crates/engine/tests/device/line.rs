//! The line between a phone and its hub, with a gauge on it: bytes and connections as the network sees them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::server::TestServer;

#[derive(Default)]
struct Gauge {
    bytes: AtomicU64,
    connections: AtomicU64,
    /// Bytes after which everything is cut; 0 for never.
    cut_after: AtomicU64,
}

/// The line.
pub struct Line {
    gauge: Arc<Gauge>,
    pub url: String,
}

impl Line {
    /// A line to the hub.
    pub async fn to(server: &TestServer) -> Self {
        let gauge = Arc::new(Gauge::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (hub, shared) = (
            server.url.trim_start_matches("http://").to_owned(),
            gauge.clone(),
        );
        tokio::spawn(async move {
            while let Ok((phone, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let hub = TcpStream::connect(&hub).await.unwrap();
                let (from_phone, to_phone) = phone.into_split();
                let (from_hub, to_hub) = hub.into_split();
                tokio::spawn(carry(from_phone, to_hub, shared.clone()));
                tokio::spawn(carry(from_hub, to_phone, shared.clone()));
            }
        });
        Self { gauge, url }
    }

    /// The pairing link over this line.
    pub fn link(&self, server: &TestServer) -> String {
        let root = server.world(|world| world.fingerprint());
        format!("{}#root={root}", self.url)
    }

    /// Bytes both ways since this was last called.
    pub fn bytes(&self) -> u64 {
        self.gauge.bytes.swap(0, Ordering::SeqCst)
    }

    /// Connections that were opened since this was last called.
    pub fn connections(&self) -> u64 {
        self.gauge.connections.swap(0, Ordering::SeqCst)
    }

    /// Cuts every connection once so many bytes more have passed.
    pub fn cut_after(&self, bytes: u64) {
        let end = self.gauge.bytes.load(Ordering::SeqCst) + bytes;
        self.gauge.cut_after.store(end, Ordering::SeqCst);
    }

    /// The line is whole again.
    pub fn mend(&self) {
        self.gauge.cut_after.store(0, Ordering::SeqCst);
    }
}

async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    gauge: Arc<Gauge>,
) {
    let mut piece = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut piece).await {
        let end = gauge.cut_after.load(Ordering::SeqCst);
        if end > 0 && gauge.bytes.load(Ordering::SeqCst) >= end {
            return;
        }
        gauge.bytes.fetch_add(read as u64, Ordering::SeqCst);
        if to.write_all(&piece[..read]).await.is_err() {
            return;
        }
    }
}
