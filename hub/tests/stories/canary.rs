//! What a person wrote is in no log and in no file of the hub, except sealed.

use std::io::Write;
use std::sync::{Arc, Mutex};

use bantin_hub::conversation::Say;
use bantin_model::letter::{AttachmentKind, ReplyVerb, Verb};
use bantin_testkit::{PASSWORD, Person, TestHub, notice};
use tracing_subscriber::fmt::MakeWriter;

const XA: &str = "vn-68-23005";
const WORDS: &str = "CANARY-QUESTION nhà tôi ở đầu suối";
const CONTACT: &str = "CANARY-CONTACT 0900000000";
const HELPED: &str = "CANARY-HELPED bà Năm";
const ANSWER: &str = "CANARY-ANSWER mang sổ đến xã";
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
async fn no_word_of_mai_is_in_a_log_or_a_file() {
    let log = Log::default();
    // Everything the hub and its libraries say at the most talkative level that is reasonable to set.
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let hub = TestHub::new().await;
    hub.hire_hanh(XA).await;
    let mut mai = Person::mai();
    let (photo, sealed) = mai.attach(AttachmentKind::Jpeg, PHOTO);
    hub.put(&format!("/v1/attachments/{}", photo.hash), sealed, &[])
        .await;
    let mut letter = mai.letter(Verb::Question, WORDS);
    letter.contact = Some(CONTACT.into());
    letter.written_for = Some(HELPED.into());
    letter.attachments.push(photo.clone());
    mai.send(&hub, XA, &letter).await;
    hub.hub.open_letters().await.unwrap();
    let id = mai.keys.id();
    hub.hub.opened_by_officer(&id).await.unwrap();
    hub.hub.thread(&id).await.unwrap();
    hub.hub.open_attachment(&id, &photo.hash).await.unwrap();
    hub.hub
        .say(&id, &Say::words(ReplyVerb::Answered, ANSWER))
        .await
        .unwrap();
    assert!(
        hub.hub
            .signer("hanh", "CANARY-PASSWORD wrong")
            .await
            .is_err(),
        "a wrong password"
    );
    hub.hub.signer("hanh", PASSWORD).await.unwrap();
    assert_eq!(
        mai.replies(&hub, XA).await.len(),
        3,
        "delivered, opened, answered"
    );
    hub.publish(XA, vec![notice("Công khai", "PUBLIC-WORDS")])
        .await;

    let said = log.0.lock().unwrap().clone();
    assert!(
        holds(&said, b"delivered"),
        "the log does tell what happened"
    );
    let mut files = Vec::new();
    for folder in ["hub.db", "hub.db-wal", "attachments", "segments", "blobs"] {
        files.extend(hub.bytes_below(folder));
    }
    assert!(holds(&files, XA.as_bytes()), "the files were really read");
    let secret = mai.keys.read.to_bytes();
    let read_hex = bantin_model::id::Hash(*secret).to_string();
    let canaries: [(&str, &[u8]); 9] = [
        ("question", WORDS.as_bytes()),
        ("contact", CONTACT.as_bytes()),
        ("helped person", HELPED.as_bytes()),
        ("answer", ANSWER.as_bytes()),
        ("photo", PHOTO),
        ("password", PASSWORD.as_bytes()),
        ("wrong password", b"CANARY-PASSWORD"),
        ("read key", secret),
        ("read key in hex", read_hex.as_bytes()),
    ];
    for (what, canary) in canaries {
        assert!(!holds(&said, canary), "the {what} is in the log");
        assert!(!holds(&files, canary), "the {what} is in a file");
    }
}
