//! Files officers upload: told by their bytes, made afresh, seen only at the desk until published.

use bantin_model::id::Hash;
use bantin_wire::Code;

use super::browser::{Browser, at_field, office, photo, sound};

#[tokio::test]
async fn a_photo_is_made_afresh_and_waits_at_the_desk() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    let mut camera = photo(400, 300);
    // A comment segment right after the start of the image, as cameras and editors write.
    let secret = b"GPS 11.2,108.4";
    let mut comment = vec![0xff, 0xfe, 0, secret.len() as u8 + 2];
    comment.extend(secret);
    camera.splice(2..2, comment);
    // The declared type is not asked: people rename files.
    let kept = hanh.upload("application/pdf", camera).await.unwrap();
    assert_eq!(kept.mime, "image/jpeg", "its bytes say what it is");
    let path = format!("/desk/blob/{}", kept.blob);
    let seen = hanh.get(&path).await;
    assert_eq!(
        (seen.status, Hash::of(&seen.body)),
        (200, kept.blob),
        "Hạnh sees it in the preview"
    );
    assert!(
        !seen.body.windows(secret.len()).any(|part| part == secret),
        "without what the camera wrote"
    );
    let outside = hub.get(&format!("/v1/blobs/{}", kept.blob), &[]).await;
    assert_eq!(
        outside.status, 404,
        "nobody else sees it before it is published"
    );
    let lam = Browser::of(&hub, "lam").await;
    assert_eq!(
        lam.get(&path).await.failure().code,
        Code::NoGrant,
        "Lâm has no grant"
    );
    assert_eq!(
        at_field(lam.upload("image/jpeg", photo(8, 8)).await).0,
        Code::NoGrant,
        "and uploads nothing"
    );
}

#[tokio::test]
async fn what_is_no_picture_or_sound_is_refused() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    assert_eq!(
        hanh.upload("audio/wav", sound()).await.unwrap().mime,
        "audio/wav",
        "a sound is one"
    );
    let mut heic = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1".to_vec();
    heic.resize(64, 0);
    for (bytes, code) in [
        (b"%PDF-1.7".to_vec(), Code::MediaKind),
        (b"MZ\x90\0".to_vec(), Code::MediaKind),
        (b"<svg onload=alert(1)>".to_vec(), Code::MediaKind),
        (heic, Code::MediaHeic),
        (photo(64, 64)[..200].to_vec(), Code::MediaDamaged),
        (Vec::new(), Code::MediaDamaged),
        (vec![0; 20_000_001], Code::MediaTooLarge),
    ] {
        let refused = at_field(hanh.upload("image/jpeg", bytes).await);
        assert_eq!(
            refused,
            (code, "file".into()),
            "the screen can say what to do"
        );
    }
}
