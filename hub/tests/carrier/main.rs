//! A hub that carries letters can read none: not on its disk, not in its log, not in its backup. Alone in
//! its program: a log that only one thread listens to misses what another thread said first.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

// The other stories of a tree of hubs use the rest of it.
#[allow(dead_code)]
#[path = "../tree/cast.rs"]
mod cast;

use std::io::Write;
use std::sync::{Arc, Mutex};

use bantin_model::letter::{AttachmentKind, Verb};
use bantin_testkit::Person;
use tracing_subscriber::fmt::MakeWriter;

use crate::cast::{TOP, Tree};

const WORDS: &str = "CANARY-QUESTION nhà tôi ở đầu suối";
const CONTACT: &str = "CANARY-CONTACT 0900000000";
const ANSWER: &str = "CANARY-ANSWER mang sổ đến tỉnh";
const PHOTO: &[u8] = b"CANARY-PHOTO bytes of a picture";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn holds(bytes: &[u8], canary: &[u8]) -> bool {
    bytes.windows(canary.len()).any(|part| part == canary)
}

#[tokio::test]
async fn no_word_of_mai_is_at_a_hub_that_carries_it() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let tree = Tree::new().await;
    let mut mai = Person::mai();
    let (photo, sealed) = mai.attach(AttachmentKind::Jpeg, PHOTO);
    let path = format!("/v1/attachments/{}", photo.hash);
    tree.commune.put(&path, sealed, &[]).await;
    let mut letter = mai.letter(Verb::Question, WORDS);
    letter.contact = Some(CONTACT.into());
    letter.attachments.push(photo);
    mai.send_by(&tree.commune, &tree.centre, TOP, &letter).await;
    tree.letters_up().await;
    tree.answer(&mai, ANSWER).await;
    tree.round().await;
    assert_eq!(tree.read(&mut mai).await.len(), 2, "delivered, answered");

    let said = log.0.lock().unwrap().clone();
    assert!(
        holds(&said, b"carried up"),
        "the log does tell what happened"
    );
    let secret = mai.keys.read.to_bytes();
    let read_hex = bantin_model::id::Hash(*secret).to_string();
    let canaries: [(&str, &[u8]); 6] = [
        ("question", WORDS.as_bytes()),
        ("contact", CONTACT.as_bytes()),
        ("answer", ANSWER.as_bytes()),
        ("photo", PHOTO),
        ("read key", secret),
        ("read key in hex", read_hex.as_bytes()),
    ];
    for hub in [&tree.commune, &tree.province] {
        let dir = tempfile::TempDir::new().unwrap();
        let copy = dir.path().join("copy");
        bantin_hub::backup::write(&hub.hub, &copy).await.unwrap();
        let mut files = hub.bytes_below("");
        for entry in std::fs::read_dir(&copy).unwrap().flatten() {
            files.extend(std::fs::read(entry.path()).unwrap_or_default());
        }
        assert!(holds(&files, b"vn-68"), "the files were really read");
        for (what, canary) in canaries {
            assert!(!holds(&said, canary), "the {what} is in the log");
            assert!(!holds(&files, canary), "the {what} is at a carrier");
        }
    }
}
