//! Three people hold the root keys, two must agree.

use std::collections::BTreeMap;
use std::path::Path;

use bantin_hub::backup;
use bantin_hub::config::{Config, PasswordCost};
use bantin_hub::feed::{Above, RootWish, Settled};
use bantin_hub::keys::{make_root, read_root};
use bantin_hub::{Hub, feed};
use bantin_model::feed::{HeadsDocument, Known, Pin, RootProposal, TrustError, Verified, verify};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::sign::SecretKey;
use bantin_testkit::{TestClock, TestHub, notice, places};
use tempfile::TempDir;

use super::below::{known, place};

const XA: &str = "vn-68-23005";

async fn founded(clock: &TestClock) -> TestHub {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("hub");
    std::fs::create_dir_all(&path).unwrap();
    let config = Config {
        password: PasswordCost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        },
        ..Config::default()
    };
    let above = Above::Root {
        keys: 3,
        threshold: 2,
    };
    let made: feed::Founded = Hub::found_under(&path, &places(), above, config, clock.clock())
        .await
        .unwrap();
    assert_eq!(made.root_keys.len(), 3, "a file for each holder");
    TestHub::serve(dir, path, clock.clone()).await
}

fn holder(path: &Path, number: usize) -> SecretKey {
    read_root(&path.join(format!("keys/root-{number}.key"))).unwrap()
}

async fn follow(
    hub: &TestHub,
    root: Hash,
    known: &BTreeMap<PlaceId, Known>,
) -> Result<Verified, TrustError> {
    let answer = hub.get(&format!("/v1/heads/{XA}"), &[]).await;
    let document = HeadsDocument::from_bytes(&answer.body).unwrap();
    let pin = Pin {
        root,
        root_version: 1,
    };
    verify(&document, &place(XA), pin, known)
}

fn sign(proposal: &RootProposal, keys: &[&SecretKey]) -> RootProposal {
    // Each holder gets the file, as bytes, from the one before.
    let mut bytes = proposal.to_bytes();
    for key in keys {
        let mut read = RootProposal::from_bytes(&bytes).unwrap();
        read.sign(key).unwrap();
        bytes = read.to_bytes();
    }
    RootProposal::from_bytes(&bytes).unwrap()
}

#[tokio::test]
async fn one_holder_is_replaced_and_the_top_gets_new_keys() {
    let clock = TestClock::default();
    let hub = founded(&clock).await;
    let root = hub.hub.fingerprint().await.unwrap();
    let seen = known(&follow(&hub, root, &BTreeMap::new()).await.unwrap());
    let [an, binh, chi] = [1, 2, 3].map(|number| holder(&hub.path, number));
    let dung = make_root(&hub.path.join("dung.key")).unwrap();
    let wish = RootWish {
        add: vec![dung.public()],
        remove: vec![chi.public()],
        node_keys: true,
        ..RootWish::default()
    };
    let proposal = hub.hub.propose_root(&wish).await.unwrap();
    let before = hub.hub.keys_of(&place("vn")).unwrap().node();
    let one = sign(&proposal, &[&an]);
    assert!(
        hub.hub.install_root(&one).await.is_err(),
        "one of two signatures changes nothing"
    );
    assert_eq!(
        hub.hub.root().await.unwrap().version,
        1,
        "and leaves nothing behind"
    );
    let both = sign(&proposal, &[&an, &binh]);
    let done = hub.hub.install_root(&both).await.unwrap();
    assert_eq!((done.version, done.settled), (2, Settled::OtherKeys));
    let again = hub.hub.install_root(&both).await.unwrap();
    assert_eq!(again.settled, Settled::AsBefore, "twice is no harm");
    let after = follow(&hub, root, &seen).await.unwrap();
    assert_eq!(
        after.root_version, 2,
        "paired phones follow the chain by themselves"
    );
    assert_ne!(
        after.heads[0].keys, before,
        "the top speaks with its new keys"
    );
    let news = notice("Tin mới", "x");
    hub.publish("vn", vec![news]).await;
    assert!(
        follow(&hub, root, &known(&after)).await.is_ok(),
        "the serving hub uses the new keys without a restart"
    );
    let late = sign(&proposal, &[&an, &binh]);
    let third = hub.hub.propose_root(&RootWish::default()).await.unwrap();
    let third = sign(&third, &[&binh, &dung]);
    hub.hub.install_root(&third).await.unwrap();
    assert!(
        hub.hub.install_root(&late).await.is_err(),
        "an old proposal does not fit any more"
    );
}

#[tokio::test]
async fn after_a_restore_the_holders_begin_a_new_life_from_their_safes() {
    let clock = TestClock::default();
    let hub = founded(&clock).await;
    let root = hub.hub.fingerprint().await.unwrap();
    let [an, _, chi] = [1, 2, 3].map(|number| holder(&hub.path, number));
    let dir = TempDir::new().unwrap();
    let (copy, keys) = (dir.path().join("copy"), dir.path().join("all.keys"));
    backup::write(&hub.hub, &copy).await.unwrap();
    for number in [1, 2, 3] {
        // The root keys lie in safes, so no backup holds them.
        std::fs::remove_file(hub.path.join(format!("keys/root-{number}.key"))).unwrap();
    }
    backup::write_keys(&hub.path, &keys).unwrap();
    hub.publish(XA, vec![notice("Sau bản sao", "1")]).await;
    let seen = known(&follow(&hub, root, &BTreeMap::new()).await.unwrap());
    let path = dir.path().join("again");
    backup::restore(&copy, &path, Some(&keys)).await.unwrap();
    let restored = TestHub::serve(dir, path, clock.clone()).await;
    assert!(
        restored.hub.begin_epoch().await.is_err(),
        "there is no root key on this computer"
    );
    let proposal = restored
        .hub
        .propose_root(&RootWish::default())
        .await
        .unwrap();
    let change = proposal.change().unwrap();
    assert_eq!(
        change.next.epoch,
        change.before.epoch + 1,
        "a hub that rests proposes a new life, asked for or not"
    );
    let signed = sign(&proposal, &[&an, &chi]);
    let done = restored.hub.install_root(&signed).await.unwrap();
    assert_eq!(done.settled, Settled::NewLife);
    let after = follow(&restored, root, &seen).await.unwrap();
    assert!(
        after.heads.iter().all(|trusted| trusted.head.epoch == 2),
        "every feed has begun anew, and a phone that had seen more follows"
    );
}

#[tokio::test]
async fn a_lost_root_is_a_new_root_and_no_phone_follows_it_silently() {
    let clock = TestClock::default();
    let hub = founded(&clock).await;
    let root = hub.hub.fingerprint().await.unwrap();
    let seen = known(&follow(&hub, root, &BTreeMap::new()).await.unwrap());
    let fresh = [1u8, 2, 3].map(|seed| SecretKey::from_seed([seed; 32]));
    let signers: Vec<&SecretKey> = fresh.iter().collect();
    let new = hub.hub.replace_root(2, &signers).await.unwrap();
    assert_ne!(new, root);
    assert_eq!(
        follow(&hub, root, &seen).await,
        Err(TrustError::OtherRoot),
        "a phone paired with the old root refuses, and says which root it misses"
    );
    assert!(
        follow(&hub, new, &BTreeMap::new()).await.is_ok(),
        "who scans the new link is served"
    );
}

#[tokio::test]
async fn a_place_of_the_same_hub_gets_new_node_keys_in_one_step() {
    let clock = TestClock::default();
    let hub = TestHub::builder().clock(&clock).start().await;
    let root = hub.hub.fingerprint().await.unwrap();
    let seen = known(&follow(&hub, root, &BTreeMap::new()).await.unwrap());
    let before = hub.hub.keys_of(&place(XA)).unwrap().node();
    clock.pass(60);
    let (done, settled) = hub
        .hub
        .rotate_node(&place(XA), &super::below::terms())
        .await
        .unwrap();
    assert_eq!((done.grant.epoch, settled), (1, Settled::OtherKeys));
    let after = follow(&hub, root, &seen).await.unwrap();
    assert_ne!(after.heads.last().unwrap().keys, before);
}
