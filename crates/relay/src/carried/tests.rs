//! Letters of guests: durable, bounded, there again after a start.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::path::Path;
use std::sync::Arc;

use bantin_model::id::{Hash, Lang};
use bantin_model::letter::{
    Attachment, AttachmentKey, AttachmentKind, ConversationKeys, ConversationSeed, Letter,
    SealSecret, SealedLetter, Verb, encrypt, seal,
};
use bantin_model::time::Seconds;
use bantin_wire::{Code, Failure};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;
use crate::error::RelayError;

const NOW: Seconds = Seconds(1_800_000_000);

/// Mai's letter number `seq`, sealed, with a photo if she took one.
fn letter(seq: u32, photo: Option<&[u8]>) -> (Vec<u8>, Vec<u8>) {
    let mut rng = ChaCha20Rng::seed_from_u64(u64::from(seq));
    let keys = ConversationKeys::from_seed(&ConversationSeed::generate(&mut rng));
    let hanh = SealSecret::generate(&mut rng);
    let lang = Lang::vietnamese();
    let mut letter = Letter::new(&keys, Verb::Question, seq, NOW, lang, "Ai sửa cầu?");
    let mut ciphertext = Vec::new();
    if let Some(photo) = photo {
        let key = AttachmentKey::generate(&mut rng);
        ciphertext = encrypt(photo, &key).unwrap();
        letter.attachments.push(Attachment {
            hash: Hash::of(&ciphertext),
            key,
            bytes: photo.len() as u64,
            kind: AttachmentKind::Jpeg,
        });
    }
    let (_, sealed) = seal(&letter, &keys, &hanh.public(), &mut rng).unwrap();
    (sealed, ciphertext)
}

fn open(folder: &Path, limits: Limits) -> Arc<Carried> {
    Arc::new(Carried::open(folder, limits).unwrap())
}

fn keep(carried: &Carried, sealed: &[u8]) -> Result<Kept, Failure> {
    let read = SealedLetter::read(sealed).unwrap();
    carried.keep(&read, sealed, NOW).map_err(Failure::from)
}

fn upload(carried: &Arc<Carried>, bytes: &[u8]) -> Result<Option<u64>, RelayError> {
    let total = bytes.len() as u64;
    let mut upload = carried.begin(Hash::of(bytes), 0, total)?;
    upload.push(bytes)?;
    upload.finish()
}

#[test]
fn a_letter_outlives_the_relays_process_and_goes_only_with_the_hubs_word() {
    let folder = tempfile::tempdir().unwrap();
    let (sealed, photo) = letter(1, Some(&[0xd8; 5000]));
    let id = LetterId::of(&sealed);
    {
        let carried = open(folder.path(), Limits::default());
        let early = keep(&carried, &sealed).unwrap_err();
        let asked = Failure::at(Code::NotFound, "attachments").with(0);
        assert_eq!(early, asked, "the photo goes first");
        assert_eq!(upload(&carried, &photo).unwrap(), None, "it is here");
        assert_eq!(keep(&carried, &sealed).unwrap(), Kept::Waiting(NOW), "kept");
    }
    let carried = open(folder.path(), Limits::default());
    assert!(
        matches!(carried.known(&id).unwrap(), Some(Kept::Waiting(_))),
        "after a power cut it still waits"
    );
    let waiting = carried.waiting();
    assert_eq!(waiting, [(id, vec![Hash::of(&photo)])], "with its photo");
    assert_eq!(carried.sealed(&id).unwrap(), sealed, "byte for byte");
    carried.was_accepted(id, b"a receipt", NOW).unwrap();
    let told = Some(Kept::Accepted(b"a receipt".to_vec()));
    assert_eq!(carried.known(&id).unwrap(), told, "what the hub said");
    assert_eq!(carried.count(), 0, "nothing is left to carry");
    assert_eq!(
        carried.arrived(&Hash::of(&photo)),
        Arrived::Bytes(0),
        "the photo went with the letter"
    );
    drop(carried);
    let carried = open(folder.path(), Limits::default());
    assert_eq!(carried.known(&id).unwrap(), told, "and is known tomorrow");
}

#[test]
fn a_photo_of_two_letters_stays_for_the_second() {
    let folder = tempfile::tempdir().unwrap();
    let carried = open(folder.path(), Limits::default());
    let (first, photo) = letter(1, Some(&[1; 300]));
    upload(&carried, &photo).unwrap();
    keep(&carried, &first).unwrap();
    let (mut index, id) = (carried.index(), LetterId::of(&first));
    let twin = index.letters[&id].clone();
    index.letters.insert(LetterId(Hash::of(b"twin")), twin);
    drop(index);
    let no = Failure::new(Code::NoAgencyKey);
    carried.was_refused(id, &no, NOW).unwrap();
    assert_eq!(
        carried.known(&id).unwrap(),
        Some(Kept::Refused(no)),
        "the guest will be told"
    );
    assert_eq!(
        carried.arrived(&Hash::of(&photo)),
        Arrived::Whole,
        "the other letter needs it"
    );
}

#[test]
fn what_guests_leave_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let limits = Limits {
        letters_max: 2,
        carried_bytes_max: 6_000,
        answers_max: 1,
        ..Limits::default()
    };
    let carried = open(folder.path(), limits);
    let (one, photo) = letter(1, Some(&[7; 5000]));
    upload(&carried, &photo).unwrap();
    let full = Failure::new(Code::DiskFull);
    let more = carried.begin(Hash::of(b"x"), 0, 2_000).err();
    assert_eq!(
        more.map(Failure::from),
        Some(full.clone()),
        "too many bytes"
    );
    keep(&carried, &one).unwrap();
    let (two, _) = letter(2, None);
    let (three, _) = letter(3, None);
    let fits = keep(&carried, &two);
    assert!(
        fits.is_ok() || fits == Err(full.clone()),
        "as far as there is room: {fits:?}"
    );
    assert_eq!(keep(&carried, &three), Err(full), "and no further");
    for sealed in [&one, &two] {
        let id = LetterId::of(sealed);
        carried.was_accepted(id, b"receipt", NOW).unwrap();
    }
    assert_eq!(carried.index().accepted.len(), 1, "old receipts go as well");
    assert!(keep(&carried, &three).is_ok(), "and there is room again");
}

#[test]
fn an_upload_goes_on_where_it_was_cut_and_a_wrong_one_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let carried = open(folder.path(), Limits::default());
    let (_, photo) = letter(1, Some(&[9; 2000]));
    let (hash, total) = (Hash::of(&photo), photo.len() as u64);
    let mut first = carried.begin(hash, 0, total).unwrap();
    first.push(&photo[..700]).unwrap();
    let second = carried.begin(hash, 700, total).err().map(Failure::from);
    let busy = Some(Failure::new(Code::Conflict));
    assert_eq!(second, busy, "two cannot write the same file");
    assert_eq!(first.finish().unwrap(), Some(700), "cut here");
    assert_eq!(carried.arrived(&hash), Arrived::Bytes(700), "and said so");
    let wrong = carried.begin(hash, 600, total).err().map(Failure::from);
    let offset = Failure::at(Code::Conflict, "offset").with(700);
    assert_eq!(wrong, Some(offset), "the sender learns where to go on");
    let mut rest = carried.begin(hash, 700, total).unwrap();
    let over = [&photo[700..], &[0][..]].concat();
    assert!(rest.push(&over).is_err(), "not a byte more than announced");
    rest.push(&photo[700..]).unwrap();
    assert_eq!(rest.finish().unwrap(), None, "whole");
    let mut forged = carried.begin(Hash::of(b"other"), 0, 5).unwrap();
    forged.push(b"bytes").unwrap();
    let said = forged.finish().err().map(Failure::from);
    assert_eq!(said, Some(Failure::new(Code::NotGenuine)), "another hash");
    assert_eq!(
        carried.arrived(&Hash::of(b"other")),
        Arrived::Bytes(0),
        "and thrown away"
    );
}

#[test]
fn a_hubs_word_of_a_life_that_is_lost_counts_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let carried = open(folder.path(), Limits::default());
    carried.live(1).unwrap();
    let (sealed, _) = letter(1, None);
    let id = SealedLetter::read(&sealed).unwrap().id;
    keep(&carried, &sealed).unwrap();
    carried.was_accepted(id, b"receipt", NOW).unwrap();
    carried.live(1).unwrap();
    assert_eq!(
        carried.known(&id).unwrap(),
        Some(Kept::Accepted(b"receipt".to_vec())),
        "who brings it again gets the hub's own receipt"
    );
    drop(carried);
    let carried = open(folder.path(), Limits::default());
    // The hub came back from a backup and may have lost the letter.
    carried.live(2).unwrap();
    assert_eq!(
        carried.known(&id).unwrap(),
        None,
        "or a guest would take the old receipt for the new hub's and let the letter rest"
    );
    keep(&carried, &sealed).unwrap();
    carried.live(2).unwrap();
    assert_eq!(
        carried.waiting().len(),
        1,
        "brought again, it goes to the hub again"
    );
    drop(carried);
    let carried = open(folder.path(), Limits::default());
    carried.live(3).unwrap();
    assert_eq!(carried.waiting().len(), 1, "what waits is never dropped");
}
