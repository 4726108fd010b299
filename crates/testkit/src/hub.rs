//! A hub in the test's own process.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bantin_hub::Hub;
use bantin_hub::config::{Config, PasswordCost};
use bantin_hub::feed::{Edit, PublishedAs};
use bantin_hub::serve::{Serving, start};
use bantin_hub_store::Role;
use bantin_model::feed::{HeadsDocument, Known, Pin, Segment, Verified, verify};
use bantin_model::id::PlaceId;
use bantin_model::time::Validity;

use tempfile::TempDir;

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
}

impl TestHubBuilder {
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
        let dir = TempDir::new().expect("a folder");
        let mut config = Config {
            // The cheapest Argon2id there is: tests check the rules, not the cost.
            password: PasswordCost {
                memory_kib: 8,
                passes: 1,
                lanes: 1,
            },
            ..Config::default()
        };
        if let Some(change) = self.change {
            change(&mut config);
        }
        let path = dir.path().join("hub");
        std::fs::create_dir_all(&path).expect("a folder");
        Hub::found(&path, &places(), config, self.clock.clock())
            .await
            .expect("founded");
        TestHub::serve(dir, path, self.clock).await
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
        let config = Config::read(&path).expect("settings");
        let hub = Hub::open_with(&path, config, clock.clock())
            .await
            .expect("opened");
        let free: SocketAddr = "127.0.0.1:0".parse().expect("an address");
        let serving = start(&hub, free, free).await.expect("listening");
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

fn gather(path: &Path, into: &mut Vec<u8>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).expect("a folder").flatten() {
            gather(&entry.path(), into);
        }
    } else if let Ok(bytes) = std::fs::read(path) {
        into.extend(bytes);
    }
}
