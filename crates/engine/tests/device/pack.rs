//! Packs on Mai's phone: what is whole is used, what is junk is not, what is others' is carried.

use std::fs::File;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use bantin_engine::pack::show;
use bantin_model::letter::{LetterId, Receipt, ReceiptStep};
use bantin_model::pack::{Ask, Entry, PackWriter, PackedMail, RecordKind, read_body, scan};
use bantin_model::sign::SecretKey;
use bantin_wire::Code;
use bantin_wire::ipc::pack::{PackChoice, PackNews};

use crate::cast::{Phone, code, question};
use crate::hub::{COMMUNE, NOW, place};
use crate::server::TestServer;

const ALL: PackChoice = PackChoice {
    media: true,
    letters: true,
    places: Vec::new(),
};

async fn exported(phone: &Phone, name: &str) -> PathBuf {
    let file = phone.path().join(name);
    phone.engine.export_pack(&file, &ALL).await.unwrap();
    file
}

/// Writes a pack with those records of another that `keep` names, and `more`.
fn rewritten(
    file: &Path,
    keep: impl Fn(usize, &Entry) -> bool,
    more: &[(RecordKind, Vec<u8>)],
) -> PathBuf {
    let bytes = std::fs::read(file).unwrap();
    let mut source = Cursor::new(bytes);
    let contents = scan(&mut source).unwrap();
    let to = file.with_extension("other.bantin");
    let mut out = PackWriter::new(File::create(&to).unwrap()).unwrap();
    for (number, entry) in contents.entries.iter().enumerate() {
        if keep(number, entry) {
            let body = read_body(&mut source, entry).unwrap().unwrap();
            out.record(entry.kind, &body).unwrap();
        }
    }
    for (kind, body) in more {
        assert!(out.record(*kind, body).unwrap(), "it is within limits");
    }
    out.finish().unwrap();
    to
}

#[tokio::test]
async fn what_came_whole_need_not_come_again() {
    let server = TestServer::start().await;
    server.world(|world| world.notice("Lịch họp bản", "Tối thứ bảy."));
    let ba = Phone::following(&server).await;
    let whole = exported(&ba, "tin.bantin").await;
    // One of the commune's segments was lost on the way.
    let shelf = ba.engine.shelf().await;
    let lost = shelf.feeds().await.unwrap()[1].segments[0].hash;
    let cut = rewritten(&whole, |_, entry| entry.hash != lost, &[]);
    let mai = Phone::new().await;
    let link = server.link();
    let came = mai.engine.follow_pack(&link, &place(COMMUNE), &cut).await;
    assert_eq!(
        came.unwrap().news,
        PackNews::Incomplete,
        "half a feed is never shown, and it is said"
    );
    assert!(mai.notices().await.is_empty(), "nor is any of it");
    let rest = rewritten(
        &whole,
        |_, entry| entry.hash == lost || entry.kind == RecordKind::HEADS,
        &[],
    );
    let came = mai.engine.import_pack(&rest).await.unwrap();
    assert_eq!(came.news, PackNews::New, "the rest completes it");
    assert_eq!(mai.notices().await.len(), 1, "the notice is here");
    let status = mai.engine.status().await.unwrap();
    assert!(!status.clock_wrong, "a pack says nothing about the clock");
    assert!(
        server
            .asked()
            .iter()
            .all(|asked| !asked.contains("/v1/heads") || asked.contains(COMMUNE)),
        "nobody asked a hub for Mai"
    );
}

#[tokio::test]
async fn a_pack_is_dated_by_its_signature_and_not_by_its_import() {
    let server = TestServer::start().await;
    let ba = Phone::following(&server).await;
    let file = exported(&ba, "tin.bantin").await;
    let mai = Phone::new().await;
    let later = NOW.plus(5 * 86_400);
    mai.set_clock(later);
    let link = server.link();
    let follow = mai.engine.follow_pack(&link, &place(COMMUNE), &file).await;
    let came = follow.unwrap();
    let status = mai.engine.status().await.unwrap();
    assert_eq!(
        status.updated_at, came.signed_at,
        "five days on a stick do not make news fresh"
    );
    assert!(!status.clock_wrong, "nor the clock wrong");
}

#[tokio::test]
async fn forged_and_useless_records_change_nothing() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    let asked = mai.engine.ask(&question("Bao giờ có nước?"), "a").await;
    let asked = asked.unwrap();
    let file = exported(&mai, "thu.bantin").await;
    let mut source = File::open(&file).unwrap();
    let contents = scan(&mut source).unwrap();
    let letter = LetterId(contents.of(RecordKind::LETTER).next().unwrap().hash);
    let ask = *contents.of(RecordKind::ASK).next().unwrap();
    let body = read_body(&mut source, &ask).unwrap().unwrap();
    let mailbox = Ask::from_bytes(&body).unwrap().mailbox;
    let thief = SecretKey::from_seed([77; 32]);
    let forged = Receipt::issue(letter, ReceiptStep::Accepted, NOW, place(COMMUNE), &thief);
    let entry = b"no reply at all".to_vec().into();
    let junk = rewritten(
        &file,
        |_, entry| entry.kind != RecordKind::SEGMENT,
        &[
            (RecordKind::RECEIPT, forged),
            (RecordKind::MAIL, PackedMail { mailbox, entry }.to_bytes()),
            (RecordKind::LETTER, b"no letter".to_vec()),
            (RecordKind::ATTACHMENT, b"of no letter".to_vec()),
            (RecordKind::BLOB, b"that no record names".to_vec()),
            (RecordKind::SEGMENT, b"that no head lists".to_vec()),
        ],
    );
    let came = mai.engine.import_pack(&junk).await.unwrap();
    assert_eq!(
        came.letters_accepted, 0,
        "a stranger's receipt proves nothing"
    );
    assert_eq!((came.replies, came.media), (0, 0), "nor does the rest");
    assert_eq!(came.carried, 0, "and none of it is carried on");
    assert_eq!(came.not_carried, 3, "which is said");
    assert_eq!(
        mai.engine.outbox().await.unwrap().len(),
        1,
        "the letter waits"
    );
    let page = mai.engine.conversation(&asked).await.unwrap();
    assert_eq!(page.messages.len(), 1, "nothing was answered");
}

#[tokio::test]
async fn what_a_carrier_does_not_know_it_carries() {
    let server = TestServer::start().await;
    let (mai, ba) = (
        Phone::following(&server).await,
        Phone::following(&server).await,
    );
    mai.engine
        .ask(&question("Bao giờ có nước?"), "a")
        .await
        .unwrap();
    let file = exported(&mai, "thu.bantin").await;
    let later = (RecordKind(900), b"of a later version".to_vec());
    let file = rewritten(&file, |_, _| true, std::slice::from_ref(&later));
    let came = ba.engine.import_pack(&file).await.unwrap();
    assert_eq!(came.carried, 3, "letter, ask, and what nobody knows yet");
    let again = ba.engine.import_pack(&file).await.unwrap();
    assert_eq!(again.carried, 0, "twice has the effect of once");
    let on = show(&exported(&ba, "tiep.bantin").await).await.unwrap();
    let count = |kind: &str| on.kinds.iter().find(|k| k.0 == kind).map(|k| k.1);
    assert_eq!(count("letter"), Some(1), "the letter goes on");
    assert_eq!(count("900"), Some(1), "so does the unknown record");
    let quiet = ba.path().join("tin.bantin");
    let choice = PackChoice {
        letters: false,
        ..ALL
    };
    ba.engine.export_pack(&quiet, &choice).await.unwrap();
    let news = show(&quiet).await.unwrap();
    let kinds: Vec<&str> = news.kinds.iter().map(|k| k.0.as_str()).collect();
    assert_eq!(
        kinds,
        ["heads", "segment"],
        "a pack for passing news on shows nobody who writes letters"
    );
    ba.engine.forget().await.unwrap();
    let held = std::fs::read_dir(ba.path().join("profiles/me/carried")).unwrap();
    assert_eq!(held.count(), 0, "forgetting puts down what was carried");
}

#[tokio::test]
async fn a_window_hands_a_pack_over_in_pieces() {
    let server = TestServer::start().await;
    let ba = Phone::following(&server).await;
    let bytes = std::fs::read(exported(&ba, "tin.bantin").await).unwrap();
    let mai = Phone::following(&server).await;
    let before = mai.engine.stage_pack_piece(b"x").await;
    assert_eq!(code(before), Code::NotFound, "nothing was begun");
    // Both calls must be able to run on any thread: the shell answers its window from several.
    fn on_any_thread<T: Send>(call: T) -> T {
        call
    }
    on_any_thread(mai.engine.stage_pack()).await.unwrap();
    for piece in bytes.chunks(1000) {
        mai.engine.stage_pack_piece(piece).await.unwrap();
    }
    let came = on_any_thread(mai.engine.import_staged_pack()).await;
    assert_eq!(came.unwrap().news, PackNews::Same, "it is whole");
    let file = mai.path().join("ra/x.bantin");
    let folder = file.parent().unwrap();
    let made = on_any_thread(mai.engine.export_pack_into(folder, &ALL)).await;
    let made = made.unwrap();
    assert!(
        made.file.ends_with("ban-tin-vn-68-23008-2026-11-22.bantin"),
        "named after place and day: {}",
        made.file
    );
    assert_eq!(made.segments_missing, 0, "with all its news");
    let nothing = mai.engine.import_pack(Path::new("/nowhere/x.bantin")).await;
    assert_eq!(code(nothing), Code::NotFound, "a file must be there");
}
