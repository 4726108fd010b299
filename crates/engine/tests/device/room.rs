//! The room for pictures and sound: what was opened longest ago leaves, and nothing else ever does.

use bantin_model::budget::Limits;
use bantin_model::id::Hash;
use bantin_model::time::Seconds;

use crate::cast::{Phone, photo, question};
use crate::hub::NOW;
use crate::server::{Fault, TestServer};

const TWO_MB: usize = 2_000_000;

/// Room for two of the sounds, not for three.
fn small() -> Limits {
    Limits {
        media_bytes: Some(5_000_000),
        ..Limits::default()
    }
}

fn sound(server: &TestServer, number: u8) -> Hash {
    let bytes = vec![number; TWO_MB];
    let hash = Hash::of(&bytes);
    server.world(|world| world.blobs.insert(hash, bytes));
    hash
}

fn here(phone: &Phone, hash: Hash) -> bool {
    phone.path().join("blobs").join(hash.to_string()).exists()
}

#[tokio::test]
async fn what_was_heard_longest_ago_leaves_and_letters_stay() {
    let server = TestServer::start().await;
    let notice = server.world(|world| world.notice("Lịch họp bản", "Tối thứ bảy."));
    let mut mai = Phone::following(&server).await;
    let [a, b, c] = [1, 2, 3].map(|number| sound(&server, number));
    server.fault(Fault::Captive);
    let token = mai.engine.add_photo(photo()).await.unwrap().token;
    let mut asked = question("Khi nào xã sửa đường ạ?");
    asked.photos = vec![token.clone()];
    let talk = mai.engine.ask(&asked, "tap").await.unwrap();
    mai.engine.set_draft("ask", "nháp").await.unwrap();
    server.fault(Fault::None);
    mai.engine.set_limits(&small()).await.unwrap();
    for (minute, hash) in [a, b, a, c].into_iter().enumerate() {
        mai.set_clock(NOW.plus(60 * minute as u64));
        mai.engine.blob(hash).await.unwrap();
    }
    assert!(here(&mai, a), "heard again since");
    assert!(!here(&mai, b), "not heard for longest");
    assert!(here(&mai, c), "just heard");
    let used = mai.engine.data_use().await.unwrap();
    assert!(
        used.media_bytes <= used.media_most_bytes,
        "they fit: {used:?}"
    );
    mai.restart().await;
    assert_eq!(
        mai.engine.data_use().await.unwrap().media_most_bytes,
        5_000_000,
        "the choice is kept"
    );
    assert_eq!(
        mai.engine.photo(&token).await.unwrap(),
        photo_kept(&mai, &token).await,
        "the photo stays"
    );
    assert_eq!(
        mai.engine.draft("ask").await.unwrap().as_deref(),
        Some("nháp"),
        "so does the draft"
    );
    assert_eq!(
        mai.engine.notice(notice, None).await.unwrap().card.id,
        notice,
        "and the text"
    );
    mai.engine.sync().await.unwrap();
    let letters = server.world(|world| (world.opened().len(), world.attachments.len()));
    assert_eq!(
        letters,
        (1, 1),
        "the letter that waited leaves whole, with its photo"
    );
    assert!(!talk.is_empty(), "it has its conversation");
}

async fn photo_kept(phone: &Phone, token: &str) -> Vec<u8> {
    phone.engine.photo(token).await.unwrap()
}

#[tokio::test]
async fn a_phone_that_dies_while_it_makes_room_finds_its_way() {
    let server = TestServer::start().await;
    let mut mai = Phone::following(&server).await;
    let [a, b, c] = [1, 2, 3].map(|number| sound(&server, number));
    for (minute, hash) in [a, b].into_iter().enumerate() {
        mai.set_clock(Seconds(NOW.0 + 60 * minute as u64));
        mai.engine.blob(hash).await.unwrap();
    }
    // The power went after the file and before its row.
    std::fs::remove_file(mai.path().join("blobs").join(a.to_string())).unwrap();
    mai.restart().await;
    mai.set_clock(NOW.plus(600));
    mai.engine.set_limits(&small()).await.unwrap();
    mai.engine.blob(c).await.unwrap();
    assert!(
        here(&mai, b) && here(&mai, c),
        "what is not there takes no room from what is"
    );
    let held = mai.engine.data_use().await.unwrap().media_bytes;
    assert_eq!(held, 2 * TWO_MB as u64, "the row is gone like its file");
    mai.engine.blob(a).await.unwrap();
    assert!(here(&mai, a), "and it can be had again");
}

#[tokio::test]
async fn a_smaller_room_takes_effect_at_once() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    for (minute, number) in [1, 2, 3, 4].into_iter().enumerate() {
        mai.set_clock(NOW.plus(60 * minute as u64));
        mai.engine.blob(sound(&server, number)).await.unwrap();
    }
    assert_eq!(
        mai.engine.storage().await.unwrap().media_bytes,
        8_000_000,
        "the usual room is large"
    );
    mai.engine.set_limits(&small()).await.unwrap();
    assert_eq!(
        mai.engine.storage().await.unwrap().media_bytes,
        4_000_000,
        "two of four left"
    );
    let files = std::fs::read_dir(mai.path().join("blobs")).unwrap().count();
    assert_eq!(files, 2, "from the disk as well");
}
