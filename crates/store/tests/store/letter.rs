//! Mai's letters: there once, after a restart too, and let go only when nothing waits.

use bantin_model::id::{Hash, KeyId};
use bantin_model::letter::{
    ConversationKeys, ConversationSeed, FORMAT, LetterId, OpenedReply, Receipt, ReceiptStep, Reply,
    ReplyVerb, Signer, VerifiedReceipt,
};
use bantin_model::sync::{MailChange, ReceiptChange};
use bantin_store::private::{CarriedRow, ConversationRow, NewAttachment, NewLetter};
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
        mail_life: 0,
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

/// What an agency said to the letter with these bytes, in a mailbox entry at this cursor.
fn said(row: &ConversationRow, sealed: &[u8], (after, life): (u64, u64)) -> MailChange {
    let re = Some(LetterId::of(sealed));
    let opened = OpenedReply {
        id: Hash::of_parts(&[b"entry", sealed]),
        signed_by: row.reply_keys[0],
        reply: Reply::new(ReplyVerb::Delivered, 1, re, NOW, "UBND"),
    };
    MailChange {
        conversation: row.id,
        replies: vec![(after, b"entry".to_vec(), opened)],
        passed: Vec::new(),
        after,
        life,
    }
}

fn receipt(sealed: &[u8], signer: Signer) -> ReceiptChange {
    let receipt = Receipt {
        format: FORMAT,
        letter: LetterId::of(sealed),
        step: ReceiptStep::Accepted,
        at: NOW,
        place: commune(),
    };
    let key = bantin_model::sign::PublicKey([9; 32]);
    ReceiptChange {
        bytes: b"receipt".to_vec(),
        verified: VerifiedReceipt {
            receipt,
            signer,
            key,
        },
    }
}

#[tokio::test]
async fn an_answer_from_before_a_restore_does_not_end_the_wait_for_a_receipt() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("private.db");
    let private = Private::open(&path, Bounds::default()).await.unwrap();
    let row = conversation();
    private
        .save_letter(letter(&row, b"sealed", "a"))
        .await
        .unwrap();
    let waits = async || !private.outbox().await.unwrap().is_empty();
    private
        .apply_receipt(&receipt(b"sealed", Signer::Hub))
        .await
        .unwrap();
    assert!(!waits().await, "the hub has it");
    // The hub is set back to a backup; what it wrote before lies mirrored at another hub.
    private.offer_again(&[row.id]).await.unwrap();
    private
        .apply_mail(&said(&row, b"sealed", (10, 1)), NOW)
        .await
        .unwrap();
    assert!(
        waits().await,
        "the word that it was delivered is older than the restore"
    );
    private
        .apply_receipt_brought(&receipt(b"sealed", Signer::Agency))
        .await
        .unwrap();
    assert!(waits().await, "and so may be a receipt on a memory stick");
    private
        .apply_receipt(&receipt(b"sealed", Signer::Hub))
        .await
        .unwrap();
    assert!(!waits().await, "the hub's answer to the letter ends it");
}

#[tokio::test]
async fn a_reply_ends_the_wait_of_a_letter_whose_receipt_was_lost() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("private.db");
    let private = Private::open(&path, Bounds::default()).await.unwrap();
    let row = conversation();
    private
        .save_letter(letter(&row, b"sealed", "a"))
        .await
        .unwrap();
    private
        .apply_mail(&said(&row, b"sealed", (10, 1)), NOW)
        .await
        .unwrap();
    assert!(
        private.outbox().await.unwrap().is_empty(),
        "no hub was restored: the agency has it"
    );
}

#[tokio::test]
async fn a_cursor_of_a_new_life_takes_the_place_of_a_higher_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("private.db");
    let private = Private::open(&path, Bounds::default()).await.unwrap();
    let row = conversation();
    private
        .save_letter(letter(&row, b"sealed", "a"))
        .await
        .unwrap();
    let cursor = async || {
        let boxes = private.mailboxes(&[]).await.unwrap();
        (boxes[0].after, boxes[0].life)
    };
    for (came, held, why) in [
        ((500, 1), (500, 1), "the first"),
        ((20, 1), (500, 1), "within a life it never goes back"),
        ((20, 2), (20, 2), "a restored hub counts anew"),
        ((0, 0), (20, 2), "a file brought by hand has no cursors"),
    ] {
        private
            .apply_mail(&said(&row, b"sealed", came), NOW)
            .await
            .unwrap();
        assert_eq!(cursor().await, held, "{why}");
    }
    let replies = private.replies(row.id).await.unwrap();
    assert_eq!(replies.len(), 1, "what came four times is kept once");
}

#[tokio::test]
async fn what_one_hub_refused_another_is_offered() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("private.db");
    let private = Private::open(&path, Bounds::default()).await.unwrap();
    let row = conversation();
    private
        .save_letter(letter(&row, b"sealed", "ask:tap"))
        .await
        .unwrap();
    private
        .apply_refused(LetterId::of(b"sealed"))
        .await
        .unwrap();
    let neighbours = CarriedRow {
        kind: 3,
        hash: Hash::of(b"of the neighbour"),
        bytes: 16,
        refused: false,
    };
    private.carry(&[neighbours], NOW).await.unwrap();
    private.refuse_carried(3, &neighbours.hash).await.unwrap();
    assert!(
        private.carried().await.unwrap()[0].refused,
        "it was refused"
    );
    private.offer_refused().await.unwrap();
    assert!(
        private.refused().await.unwrap().is_empty(),
        "her own waits for the new hub"
    );
    assert_eq!(
        private.carried().await.unwrap(),
        [neighbours],
        "and so does the neighbour's, who gave it to her"
    );
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
