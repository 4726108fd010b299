//! A hub in the test's own process.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bantin_hub::Hub;
use bantin_hub::config::{Config, PasswordCost, Upstream};
use bantin_hub::feed::{Edit, PublishedAs};
use bantin_hub::serve::{Serving, start};
use bantin_hub_store::Role;
use bantin_model::feed::{HeadsDocument, Known, Pin, Segment, Verified, verify};
use bantin_model::id::PlaceId;
use bantin_model::time::Validity;

use tempfile::TempDir;

use crate::below::found_below;
use crate::http::{Answer, client};
use crate::{TestClock, places};

/// Officer Hạnh's password.
pub const PASSWORD: &str = "mua lúa tháng mười";

/// Other settings than the default ones.
type Change = Box<dyn FnOnce(&mut Config) + Send>;

/// What a test hub is to be like.
#[derive(Default)]
pub struct TestHubBuilder {
    clock: TestClock,
    change: Option<Change>,
    only: Vec<String>,
}

impl TestHubBuilder {
    /// Home to these places alone.
    pub fn places(mut self, only: &[&str]) -> Self {
        self.only = only.iter().map(|place| (*place).to_owned()).collect();
        self
    }

    /// With this clock.
    pub fn clock(mut self, clock: &TestClock) -> Self {
        self.clock = clock.clone();
        self
    }

    /// With other settings.
    pub fn config(mut self, change: impl FnOnce(&mut Config) + Send + 'static) -> Self {
        self.change = Some(Box::new(change));
        self
    }

    /// Founds and serves it.
    pub async fn start(self) -> TestHub {
        let (dir, path) = folder();
        let mut founded = places();
        founded.retain(|place| {
            let id = place.info.id.as_str();
            self.only.is_empty() || self.only.iter().any(|only| only == id)
        });
        let config = settings(self.change);
        Hub::found(&path, &founded, config, self.clock.clock())
            .await
            .expect("founded");
        TestHub::serve(dir, path, self.clock).await
    }

    /// Founds and serves a hub that is home to `place` alone and follows `above`, which does not let it
    /// speak yet: see [`TestHub::let_speak`].
    pub async fn start_below(self, above: &TestHub, place: &str) -> TestHub {
        let (dir, path) = folder();
        let mut config = settings(self.change);
        let root = above.hub.fingerprint().await.expect("a root");
        let mut upstream = Upstream::new(above.url(""), root);
        // Tests look when they want to; only a letter makes it look by itself.
        upstream.every_s = 86_400;
        config.upstream = Some(upstream);
        let place = places()
            .into_iter()
            .find(|known| known.info.id.as_str() == place)
            .expect("a place of the tree");
        found_below(&path, &place, config, &above.clock).await;
        TestHub::serve(dir, path, above.clock.clone()).await
    }
}

/// A hub that serves on free ports until it is dropped.
pub struct TestHub {
    /// The hub itself, for what an operator or officer does.
    pub hub: Arc<Hub>,
    /// Its clock.
    pub clock: TestClock,
    /// Its data directory.
    pub path: PathBuf,
    dir: Option<TempDir>,
    serving: Option<Serving>,
    http: reqwest::Client,
}

impl TestHub {
    /// The ordinary one.
    pub async fn new() -> Self {
        Self::builder().start().await
    }

    /// One to one's taste.
    pub fn builder() -> TestHubBuilder {
        TestHubBuilder::default()
    }

    /// Serves a data directory that is there.
    pub async fn serve(dir: TempDir, path: PathBuf, clock: TestClock) -> Self {
        let free: SocketAddr = "127.0.0.1:0".parse().expect("an address");
        Self::serve_at(dir, path, clock, free).await
    }

    /// Serves it where others expect a hub.
    pub async fn serve_at(dir: TempDir, path: PathBuf, clock: TestClock, at: SocketAddr) -> Self {
        let config = Config::read(&path).expect("settings");
        let hub = Hub::open_with(&path, config, clock.clock())
            .await
            .expect("opened");
        let free: SocketAddr = "127.0.0.1:0".parse().expect("an address");
        let serving = start(&hub, at, free).await.expect("listening");
        Self {
            hub,
            clock,
            path,
            dir: Some(dir),
            serving: Some(serving),
            http: client(),
        }
    }

    /// Stops it and serves the same directory again.
    pub async fn restart(mut self) -> Self {
        if let Some(serving) = self.serving.take() {
            serving.stop().await;
        }
        let dir = self.dir.take().expect("a folder");
        Self::serve(dir, self.path.clone(), self.clock.clone()).await
    }

    /// Cuts its line: nobody reaches it until [`Self::come_back`]. Gives its address.
    pub async fn go_dark(&mut self) -> SocketAddr {
        let serving = self.serving.take().expect("serving");
        let address = serving.citizen;
        serving.stop().await;
        address
    }

    /// Serves again where it served before.
    pub async fn come_back(&mut self, at: SocketAddr) {
        let free: SocketAddr = "127.0.0.1:0".parse().expect("an address");
        self.serving = Some(start(&self.hub, at, free).await.expect("listening"));
    }

    /// The citizen's origin.
    pub fn url(&self, path: &str) -> String {
        format!(
            "http://{}{path}",
            self.serving.as_ref().expect("serving").citizen
        )
    }

    /// The desk's origin.
    pub fn desk(&self, path: &str) -> String {
        format!(
            "http://{}{path}",
            self.serving.as_ref().expect("serving").desk
        )
    }

    /// The client, for requests of one's own.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// `GET` with headers.
    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.http.get(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(request).await
    }

    /// `HEAD`.
    pub async fn head(&self, path: &str) -> Answer {
        Answer::of(self.http.head(self.url(path))).await
    }

    /// `POST`.
    pub async fn post(&self, path: &str, body: Vec<u8>) -> Answer {
        Answer::of(self.http.post(self.url(path)).body(body)).await
    }

    /// `PUT` with headers.
    pub async fn put(&self, path: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.http.put(self.url(path)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(request).await
    }

    /// Publishes without an officer.
    pub async fn publish(&self, place: &str, edits: Vec<Edit>) -> PublishedAs {
        let place = PlaceId::new(place).expect("a place");
        self.hub
            .publish(&place, edits, None, None)
            .await
            .expect("published")
    }

    /// Fetches the heads of a place as a phone that trusts only the pairing link.
    pub async fn follow(&self, place: &str) -> Verified {
        let root = self.hub.fingerprint().await.expect("a root");
        let answer = self.get(&format!("/v1/heads/{place}"), &[]).await;
        assert_eq!(
            answer.status,
            200,
            "the hub serves the heads: {}",
            answer.code()
        );
        let document = HeadsDocument::from_bytes(&answer.body).expect("a document");
        let pin = Pin {
            root,
            root_version: 0,
        };
        let known: BTreeMap<PlaceId, Known> = BTreeMap::new();
        verify(
            &document,
            &PlaceId::new(place).expect("a place"),
            pin,
            &known,
        )
        .expect("genuine")
    }

    /// Fetches a segment and gives its raw payload.
    pub async fn segment(&self, hash: &bantin_model::id::Hash) -> Vec<u8> {
        let answer = self.get(&format!("/v1/segments/{hash}"), &[]).await;
        assert_eq!(
            bantin_model::id::Hash::of(&answer.body),
            *hash,
            "a segment is what its name says"
        );
        Segment::read(&answer.body)
            .expect("a segment")
            .unpack(None)
            .expect("unpacked")
    }

    /// Adds officer Hạnh with every role at a place.
    pub async fn hire_hanh(&self, place: &str) {
        self.hub
            .add_officer("hanh", "Hạnh", PASSWORD)
            .await
            .expect("hired");
        let valid = Validity {
            from: self.clock.now(),
            until: None,
        };
        for role in Role::ALL {
            let place = PlaceId::new(place).expect("a place");
            let basis = "Quyết định mẫu";
            self.hub
                .grant("hanh", &place, role, "operator", basis, valid)
                .await
                .expect("granted");
        }
    }

    /// Every byte below a folder of the data directory, for canaries.
    pub fn bytes_below(&self, folder: &str) -> Vec<u8> {
        let mut all = Vec::new();
        gather(&self.path.join(folder), &mut all);
        all
    }
}

fn folder() -> (TempDir, PathBuf) {
    let dir = TempDir::new().expect("a folder");
    let path = dir.path().join("hub");
    std::fs::create_dir_all(&path).expect("a folder");
    (dir, path)
}

fn settings(change: Option<Change>) -> Config {
    let mut config = Config {
        // The cheapest Argon2id there is: tests check the rules, not the cost.
        password: PasswordCost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        },
        ..Config::default()
    };
    if let Some(change) = change {
        change(&mut config);
    }
    config
}

fn gather(path: &Path, into: &mut Vec<u8>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).expect("a folder").flatten() {
            gather(&entry.path(), into);
        }
    } else if let Ok(bytes) = std::fs::read(path) {
        into.extend(bytes);
    }
}
