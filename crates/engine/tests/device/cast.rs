//! People with phones.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bantin_engine::{Engine, EngineConfig, Error};
use bantin_model::time::Seconds;
use bantin_wire::ipc::conversation::Question;
use bantin_wire::ipc::notice::{NoticeCard, NoticeList};
use bantin_wire::{Code, Failure};
use tempfile::TempDir;

use crate::hub::{COMMUNE, NOW, place};
use crate::server::TestServer;

/// A phone in somebody's hand: it can be restarted, and its clock can be wrong.
pub struct Phone {
    pub engine: Engine,
    dir: TempDir,
    clock: Arc<AtomicU64>,
}

impl Phone {
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicU64::new(NOW.0));
        let engine = Engine::open(dir.path(), config(&clock, 1)).await.unwrap();
        Self { engine, dir, clock }
    }

    /// Follows the commune and fetches its news.
    pub async fn following(server: &TestServer) -> Self {
        let phone = Self::new().await;
        phone
            .engine
            .follow(&server.link(), &place(COMMUNE))
            .await
            .unwrap();
        phone.engine.sync().await.unwrap();
        phone
    }

    /// The app is closed and opened again.
    pub async fn restart(&mut self) {
        let seed = NOW.0.wrapping_add(self.clock.load(Ordering::Relaxed)) as u8;
        self.engine = Engine::open(self.dir.path(), config(&self.clock, seed))
            .await
            .unwrap();
    }

    pub fn set_clock(&self, now: Seconds) {
        self.clock.store(now.0, Ordering::Relaxed);
    }

    pub fn path(&self) -> &std::path::Path {
        self.dir.path()
    }

    pub async fn notices(&self) -> Vec<NoticeCard> {
        self.engine.notices(&all("notice")).await.unwrap()
    }
}

pub fn config(clock: &Arc<AtomicU64>, seed: u8) -> EngineConfig {
    let clock = clock.clone();
    EngineConfig {
        clock: Arc::new(move || Seconds(clock.load(Ordering::Relaxed))),
        seed: Some([seed; 32]),
        // The machine that tests says nothing of Mai's phone.
        surroundings: Arc::new(Default::default),
        patience: Duration::from_secs(5),
        ..EngineConfig::default()
    }
}

pub fn all(kind: &str) -> NoticeList {
    NoticeList {
        kind: kind.into(),
        topic: None,
        saved: false,
        offset: 0,
        limit: 50,
    }
}

pub fn question(text: &str) -> Question {
    Question {
        topic: "policy".into(),
        text: text.into(),
        ..Question::default()
    }
}

/// The code with which something was refused.
pub fn refused<T: core::fmt::Debug>(done: Result<T, Error>) -> Failure {
    Failure::from(done.expect_err("this must be refused"))
}

pub fn code<T: core::fmt::Debug>(done: Result<T, Error>) -> Code {
    refused(done).code
}

/// A small JPEG whose metadata names a place.
pub fn photo() -> Vec<u8> {
    let rgb: Vec<u8> = (0..64 * 48 * 3).map(|n| (n % 251) as u8).collect();
    let mut jpeg = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, 90);
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS 11.5, 108.2</x:xmpmeta>";
    encoder.add_app_segment(1, xmp.to_vec()).unwrap();
    encoder
        .encode(&rgb, 64, 48, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    jpeg
}
