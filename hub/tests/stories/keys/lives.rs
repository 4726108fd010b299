//! Keys that follow one another, keys that end, and feeds that begin a new life.

use std::collections::BTreeMap;

use bantin_hub::backup;
use bantin_hub::feed::{DelegationError, Settled};
use bantin_model::feed::{DelegateError, DelegateTerms, TrustError};
use bantin_model::time::Seconds;
use bantin_testkit::notice;

use super::below::{PHAN_SON, Two, known, open, place, terms};

#[tokio::test]
async fn a_yearly_rotation_keeps_the_life_of_the_feed() {
    let two = Two::new().await;
    two.let_speak(&two.ask(false).await, &terms())
        .await
        .unwrap();
    let seen = known(&two.follow(&BTreeMap::new()).await.unwrap());
    let old = two.below.keys_of(&place(PHAN_SON)).unwrap().node();
    two.clock.pass(300 * Seconds::DAY);
    let request = two.ask(true).await;
    assert_eq!(
        two.below.keys_of(&place(PHAN_SON)).unwrap().node(),
        old,
        "the present keys stay in use until the place above agrees"
    );
    let done = two.let_speak(&request, &terms()).await.unwrap();
    assert_eq!(
        done.grant.epoch, 1,
        "an orderly rotation begins no new life"
    );
    assert_eq!(two.settle().await, Settled::OtherKeys);
    assert_eq!(two.settle().await, Settled::AsBefore, "once is enough");
    let after = two.follow(&seen).await.unwrap();
    let commune = after.heads.last().unwrap();
    assert_ne!(commune.keys, old, "phones now believe the new keys");
    assert_eq!(
        commune.head.order(),
        seen[&place(PHAN_SON)].order,
        "and have nothing to fetch again"
    );
    let again = open(&two.path, &two.clock).await;
    assert_eq!(
        again.keys_of(&place(PHAN_SON)).unwrap().node(),
        commune.keys,
        "the new keys are on disk, the old ones gone"
    );
    assert!(again.keys_of(&place(PHAN_SON)).unwrap().next.is_none());
}

#[tokio::test]
async fn a_delegation_ends_and_is_renewed() {
    let two = Two::new().await;
    let until = two.clock.now().plus(30 * Seconds::DAY);
    let month = DelegateTerms {
        until: Some(until),
        ..terms()
    };
    two.let_speak(&two.ask(false).await, &month).await.unwrap();
    let seen = known(&two.follow(&BTreeMap::new()).await.unwrap());
    two.clock.pass(31 * Seconds::DAY);
    two.above.hub.sign_heads().await.unwrap();
    two.below.sign_heads().await.unwrap();
    assert_eq!(
        two.follow(&seen).await,
        Err(TrustError::Delegation(place(PHAN_SON))),
        "a head signed after the end does not count"
    );
    two.let_speak(&two.ask(false).await, &terms())
        .await
        .unwrap();
    assert_eq!(two.settle().await, Settled::AsBefore);
    assert!(
        two.follow(&seen).await.is_ok(),
        "renewed, the same head counts: nothing has to be signed or fetched again"
    );
}

#[tokio::test]
async fn a_stolen_key_is_revoked_and_a_new_one_goes_on_after_the_last_honest_version() {
    let two = Two::new().await;
    two.let_speak(&two.ask(false).await, &terms())
        .await
        .unwrap();
    let honest = two
        .below
        .store
        .feed(&place(PHAN_SON))
        .await
        .unwrap()
        .unwrap();
    // The thief has the laptop: keys and data.
    let lie = notice("Chuyển tiền ngay", "Lời kẻ trộm");
    two.below
        .publish(&place(PHAN_SON), vec![lie], None, None)
        .await
        .unwrap();
    let fooled = known(&two.follow(&BTreeMap::new()).await.unwrap());
    two.clock.pass(3600);
    let reason = "Mất máy, biên bản mẫu".to_owned();
    let gone = two
        .above
        .hub
        .revoke(&place(PHAN_SON), honest.version, reason)
        .await
        .unwrap();
    assert!(gone.grant.is_revoked());
    assert!(
        matches!(two.follow(&fooled).await, Err(TrustError::Delegation(_))),
        "from then on phones accept nothing the thief signs"
    );
    let same = two.let_speak(&two.ask(false).await, &terms()).await;
    assert!(
        matches!(same, Err(DelegationError::Rule(DelegateError::Revoked))),
        "the stolen key never speaks again"
    );
    let done = two.let_speak(&two.ask(true).await, &terms()).await.unwrap();
    assert_eq!(
        (done.grant.epoch, done.grant.after_version),
        (3, honest.version),
        "a new life after the last honest version"
    );
    assert_eq!(two.settle().await, Settled::NewLife);
    let after = two.follow(&fooled).await.unwrap();
    assert!(
        after.heads.last().unwrap().head.order() > fooled[&place(PHAN_SON)].order,
        "also phones that believed the thief follow the new life"
    );
}

#[tokio::test]
async fn a_restored_hub_below_speaks_again_only_with_a_new_life_from_above() {
    let two = Two::new().await;
    two.let_speak(&two.ask(false).await, &terms())
        .await
        .unwrap();
    let copy = two.dir.path().join("copy");
    let keys = two.dir.path().join("all.keys");
    backup::write(&two.below, &copy).await.unwrap();
    backup::write_keys(&two.path, &keys).unwrap();
    let later = notice("Sau bản sao", "x");
    two.below
        .publish(&place(PHAN_SON), vec![later], None, None)
        .await
        .unwrap();
    let seen = known(&two.follow(&BTreeMap::new()).await.unwrap());

    let path = two.dir.path().join("again");
    backup::restore(&copy, &path, Some(&keys)).await.unwrap();
    let below = open(&path, &two.clock).await;
    let two = Two { below, path, ..two };
    assert!(
        two.below.begin_epoch().await.is_err(),
        "it cannot wake itself"
    );
    assert_eq!(
        two.settle().await,
        Settled::AsBefore,
        "the delegation from before the restore wakes nobody"
    );
    assert!(two.below.store.resting().await.unwrap());
    two.let_speak(&two.ask(false).await, &terms())
        .await
        .unwrap();
    assert_eq!(two.settle().await, Settled::NewLife);
    assert!(!two.below.store.resting().await.unwrap());
    let after = two.follow(&seen).await.unwrap();
    assert_eq!(
        after.heads.last().unwrap().head.epoch,
        2,
        "phones that had seen more than the backup holds follow it"
    );
}
