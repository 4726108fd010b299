//! Officer Hạnh signs what she publishes, where and while her grant counts.

use bantin_hub::failure::HubError;
use bantin_hub_store::Role;
use bantin_model::id::PlaceId;
use bantin_model::sign::{Envelope, PayloadType};
use bantin_model::time::{Seconds, Validity};
use bantin_testkit::{PASSWORD, TestHub, notice};
use bantin_wire::Code;

const XA: &str = "vn-68-23005";

fn code(result: Result<(), HubError>) -> Option<Code> {
    result.err().map(|error| error.failure().code)
}

#[tokio::test]
async fn what_hanh_publishes_is_archived_with_her_signature() {
    let hub = TestHub::new().await;
    hub.hire_hanh(XA).await;
    let signer = hub.hub.signer("hanh", PASSWORD).await.unwrap();
    let place = PlaceId::new(XA).unwrap();
    let done = hub
        .hub
        .publish(
            &place,
            vec![notice("Tin của Hạnh", "…")],
            Some(&signer),
            None,
        )
        .await
        .unwrap();
    let row = hub.hub.store.record(&done.ids[0]).await.unwrap().unwrap();
    let officer = hub.hub.store.officer("hanh").await.unwrap().unwrap();
    let envelope = Envelope::from_bytes(&row.signed.unwrap(), 1 << 20).unwrap();
    let payload = envelope
        .verified(PayloadType::Record, &[officer.sign_key], 1)
        .unwrap();
    assert_eq!(
        payload, row.bytes,
        "her signature covers the exact bytes in the feed"
    );
    assert_eq!(
        row.officer.as_deref(),
        Some("hanh"),
        "and the archive names her"
    );
}

#[tokio::test]
async fn a_wrong_password_unlocks_nothing() {
    let hub = TestHub::new().await;
    hub.hire_hanh(XA).await;
    for (login, password) in [
        ("hanh", "mua lúa tháng chín"),
        ("nobody", PASSWORD),
        ("hanh", ""),
    ] {
        let error = hub.hub.signer(login, password).await.unwrap_err();
        assert_eq!(
            error.failure().code,
            Code::SignInWrong,
            "{login} is told nothing more"
        );
    }
    let short = hub.hub.add_officer("tam", "Tâm", "ngắn").await;
    assert_eq!(
        code(short),
        Some(Code::NotAllowed),
        "four characters are no password"
    );
    let twice = hub.hub.add_officer("hanh", "Hạnh khác", PASSWORD).await;
    assert_eq!(
        code(twice),
        Some(Code::Conflict),
        "nobody takes over a sign-in name"
    );
}

#[tokio::test]
async fn a_grant_counts_at_its_place_for_its_role_in_its_time() {
    let hub = TestHub::new().await;
    hub.hub.add_officer("hanh", "Hạnh", PASSWORD).await.unwrap();
    let (place, other) = (PlaceId::new(XA).unwrap(), PlaceId::new("vn-68").unwrap());
    let check = |place: PlaceId, role: Role| {
        let hub = hub.hub.clone();
        async move { code(hub.check_grant("hanh", &place, role).await) }
    };
    assert_eq!(
        check(place.clone(), Role::Publish).await,
        Some(Code::NoGrant),
        "none, no right"
    );
    let until = Some(hub.clock.now().plus(Seconds::DAY));
    let valid = Validity {
        from: hub.clock.now(),
        until,
    };
    hub.hub
        .grant("hanh", &place, Role::Publish, "chủ tịch", "QĐ mẫu", valid)
        .await
        .unwrap();
    assert_eq!(
        check(place.clone(), Role::Publish).await,
        None,
        "now she may publish here"
    );
    assert_eq!(
        check(place.clone(), Role::Answer).await,
        Some(Code::NoGrant),
        "not answer"
    );
    assert_eq!(
        check(other, Role::Publish).await,
        Some(Code::NoGrant),
        "nor publish above"
    );
    hub.clock.pass(Seconds::DAY);
    assert_eq!(
        check(place, Role::Publish).await,
        Some(Code::NoGrant),
        "and not after its end"
    );
}
