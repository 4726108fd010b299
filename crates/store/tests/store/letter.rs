//! Mai's letters: there once, after a restart too, and let go only when nothing waits.

use bantin_model::id::{Hash, KeyId};
use bantin_model::letter::{ConversationKeys, ConversationSeed, LetterId};
use bantin_store::private::{ConversationRow, NewAttachment, NewLetter};
use bantin_store::{Bounds, Private, StoreError};

use crate::support::{NOW, commune};

fn conversation() -> ConversationRow {
    let seed = ConversationSeed::from_bytes([7; 32]);
    ConversationRow {
        id: ConversationKeys::from_seed(&seed).id(),
        seed,
        place: commune(),
        reply_keys: vec![bantin_model::sign::PublicKey([3; 32])],
        mail_after: 0,
        released: false,
        claimed_at: None,
    }
}

fn letter<'a>(row: &'a ConversationRow, sealed: &'a [u8], once: &'a str) -> NewLetter<'a> {
    NewLetter {
        conversation: row,
        first: true,
        id: LetterId::of(sealed),
        plain: b"plain",
        sealed,
        agency_key: KeyId([1; 8]),
        saved_at: NOW,
        attachments: &[],
        once: (once, "result"),
    }
}

#[tokio::test]
async fn a_saved_letter_is_there_after_a_restart_and_an_act_is_done_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("private.db");
    let private = Private::open(&path, Bounds::default()).await.unwrap();
    let row = conversation();
    let files = [NewAttachment {
        hash: Hash::of(b"file"),
        photo: "photo".into(),
    }];
    let new = NewLetter {
        attachments: &files,
        ..letter(&row, b"sealed", "ask:tap")
    };
    private.save_letter(new).await.unwrap();
    let twice = private.save_letter(letter(&row, b"other", "ask:tap")).await;
    assert!(
        matches!(twice, Err(StoreError::Taken)),
        "a double tap is one act: {twice:?}"
    );
    private.close().await;
    let private = Private::open(&path, Bounds::default()).await.unwrap();
    let outbox = private.outbox().await.unwrap();
    assert_eq!(outbox.len(), 1, "one letter waits");
    assert_eq!(outbox[0].letter, LetterId::of(b"sealed"), "the first one");
    assert_eq!(
        outbox[0].attachments,
        [Hash::of(b"file")],
        "with its file before it"
    );
    assert_eq!(
        private.once("ask:tap").await.unwrap().as_deref(),
        Some("result")
    );
    assert!(
        !private.try_attachment(Hash::of(b"file")).await.unwrap(),
        "never tried before"
    );
    assert!(
        private.try_attachment(Hash::of(b"file")).await.unwrap(),
        "now it was"
    );
}

#[tokio::test]
async fn nothing_is_released_while_a_letter_waits() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("private.db");
    let private = Private::open(&path, Bounds::default()).await.unwrap();
    let row = conversation();
    private
        .save_letter(letter(&row, b"sealed", "a"))
        .await
        .unwrap();
    assert!(
        private.release(row.id).await.unwrap().is_empty(),
        "it waits"
    );
    let sealed = private.sealed(LetterId::of(b"sealed")).await.unwrap();
    assert_eq!(sealed.as_deref(), Some(&b"sealed"[..]), "so its bytes stay");
}

#[tokio::test]
async fn a_file_of_a_newer_program_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("private.db");
    Private::open(&path, Bounds::default())
        .await
        .unwrap()
        .close()
        .await;
    let url = format!("sqlite:{}", path.display());
    let mut raw = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url)
        .await
        .unwrap();
    sqlx::raw_sql("pragma user_version = 99")
        .execute(&mut raw)
        .await
        .unwrap();
    let opened = Private::open(&path, Bounds::default()).await;
    assert!(
        matches!(opened, Err(StoreError::Newer(99))),
        "an old program must not write in it"
    );
}
