//! Phan Sơn gets a hub of its own below Lâm Đồng's.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use bantin_hub::Hub;
use bantin_hub::config::Config;
use bantin_hub::feed::{Above, Delegated, DelegationError, NewPlace};
use bantin_model::feed::{
    DelegateError, DelegateTerms, HeadsDocument, HeadsNode, KeyRequest, Known, Pin, TrustError,
    Verified, verify,
};
use bantin_model::id::{Lang, PlaceId};
use bantin_model::record::{Names, PlaceInfo};
use bantin_model::time::{Seconds, Validity};
use bantin_testkit::{TestClock, TestHub};
use tempfile::TempDir;

pub const PHAN_SON: &str = "vn-68-23008";

pub fn place(id: &str) -> PlaceId {
    PlaceId::new(id).unwrap()
}

pub fn terms() -> DelegateTerms {
    DelegateTerms {
        legal_basis: "Quyết định mẫu".into(),
        ..DelegateTerms::default()
    }
}

/// A province's hub and the data directory of a commune's hub below it.
pub struct Two {
    pub clock: TestClock,
    pub above: TestHub,
    pub below: Arc<Hub>,
    pub path: PathBuf,
    pub dir: TempDir,
}

pub fn phan_son() -> NewPlace {
    let names = |name: &str| Names::from([(Lang::vietnamese(), name.to_owned())]);
    NewPlace {
        info: PlaceInfo {
            id: place(PHAN_SON),
            names: names("Phan Sơn"),
            official_code: None,
            kind_text: "nơi (mẫu)".into(),
            parent: Some(place("vn-68")),
            valid: Validity {
                from: Seconds(0),
                until: None,
            },
            successors: Vec::new(),
        },
        agency: names("Uỷ ban nhân dân xã Phan Sơn (mẫu)"),
    }
}

impl Two {
    pub async fn new() -> Self {
        let clock = TestClock::default();
        let above = TestHub::builder().clock(&clock).start().await;
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("phan-son");
        std::fs::create_dir_all(&path).unwrap();
        let config = Config::default();
        Hub::found_under(&path, &[phan_son()], Above::Parent, config, clock.clock())
            .await
            .unwrap();
        let below = open(&path, &clock).await;
        Self {
            clock,
            above,
            below,
            path,
            dir,
        }
    }

    pub async fn ask(&self, rotate: bool) -> Vec<u8> {
        let place = place(PHAN_SON);
        self.below.key_request(&place, rotate).await.unwrap()
    }

    pub async fn let_speak(
        &self,
        request: &[u8],
        terms: &DelegateTerms,
    ) -> Result<Delegated, DelegationError> {
        let opened = KeyRequest::open(request).unwrap();
        self.above.hub.delegate(&opened, terms).await
    }

    /// What anybody can put together who sees both hubs.
    pub async fn document(&self) -> HeadsDocument {
        let (_, answer) = self
            .above
            .hub
            .heads(&place("vn-68"), |_| false)
            .await
            .unwrap();
        let mut document = HeadsDocument::from_bytes(&answer.unwrap().bytes).unwrap();
        let feed = self
            .below
            .store
            .feed(&place(PHAN_SON))
            .await
            .unwrap()
            .unwrap();
        document.nodes.push(HeadsNode {
            head: feed.head.into(),
            delegation: self
                .above
                .hub
                .proven_delegation(&place(PHAN_SON))
                .await
                .unwrap(),
            handed: None,
        });
        document
    }

    pub async fn follow(&self, known: &BTreeMap<PlaceId, Known>) -> Result<Verified, TrustError> {
        let pin = Pin {
            root: self.above.hub.fingerprint().await.unwrap(),
            root_version: 1,
        };
        verify(&self.document().await, &place(PHAN_SON), pin, known)
    }

    /// What the upstream of the commune's hub does when news come.
    pub async fn settle(&self) -> bantin_hub::feed::Settled {
        let held = self
            .above
            .hub
            .delegation_of(&place(PHAN_SON))
            .await
            .unwrap();
        self.below.settle(&held.unwrap().1).await.unwrap()
    }
}

pub async fn open(path: &std::path::Path, clock: &TestClock) -> Arc<Hub> {
    let config = Config::read(path).unwrap();
    Hub::open_with(path, config, clock.clock()).await.unwrap()
}

pub fn known(verified: &Verified) -> BTreeMap<PlaceId, Known> {
    let state = |trusted: &bantin_model::feed::TrustedHead| Known {
        order: trusted.head.order(),
        root: trusted.head.root,
        issued_at: trusted.head.issued_at,
    };
    verified
        .heads
        .iter()
        .map(|trusted| (trusted.head.place.clone(), state(trusted)))
        .collect()
}

#[tokio::test]
async fn a_hub_below_is_believed_once_the_place_above_lets_it_speak() {
    let two = Two::new().await;
    let none = BTreeMap::new();
    assert!(
        two.below.fingerprint().await.is_err(),
        "a hub below has no root of its own to be paired with"
    );
    assert_eq!(
        two.follow(&none).await,
        Err(TrustError::Delegation(place("vn-68"))),
        "its head is signed well, but nobody has let it speak"
    );
    let request = two.ask(false).await;
    two.clock.pass(3600);
    let done = two.let_speak(&request, &terms()).await.unwrap();
    assert_eq!(
        (done.grant.epoch, done.grant.after_version),
        (1, 0),
        "the first life, from its first version on"
    );
    let believed = two.follow(&none).await.unwrap();
    assert_eq!(
        believed.heads.last().unwrap().head.version,
        1,
        "what it signed before the request counts as well"
    );
}

#[tokio::test]
async fn a_request_for_another_hub_or_without_words_is_refused() {
    let two = Two::new().await;
    let request = two.ask(false).await;
    let silent = DelegateTerms::default();
    assert!(
        two.let_speak(&request, &silent).await.is_err(),
        "everybody may read why a place speaks, so there must be a reason"
    );
    let opened = KeyRequest::open(&request).unwrap();
    let refused = two.below.delegate(&opened, &terms()).await;
    assert!(
        matches!(refused, Err(DelegationError::NotAbove(_))),
        "the commune cannot let itself speak"
    );
    let mut altered = request.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert!(
        KeyRequest::open(&altered).is_err(),
        "a request proves that its maker holds the keys"
    );
}

#[tokio::test]
async fn a_stranger_cannot_take_the_place_over() {
    let two = Two::new().await;
    two.let_speak(&two.ask(false).await, &terms())
        .await
        .unwrap();
    let dir = TempDir::new().unwrap();
    let clock = two.clock.clock();
    Hub::found_under(
        dir.path(),
        &[phan_son()],
        Above::Parent,
        Config::default(),
        clock,
    )
    .await
    .unwrap();
    let stranger = open(dir.path(), &two.clock).await;
    let request = stranger.key_request(&place(PHAN_SON), false).await.unwrap();
    let refused = two.let_speak(&request, &terms()).await;
    assert!(
        matches!(
            refused,
            Err(DelegationError::Rule(DelegateError::NotVouched))
        ),
        "another key needs the signature of the one that speaks, or an officer who says it is lost"
    );
}
