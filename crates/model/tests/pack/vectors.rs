//! The format byte for byte. These change only with a new version of it.

use bantin_model::id::Hash;
use bantin_model::letter::MailboxId;
use bantin_model::pack::{Ask, PackedMail, RecordKind};

use crate::{pack, read};

const FILE: &str = include_str!("../vectors/pack.hex");

fn vector(name: &str) -> Vec<u8> {
    let line = FILE
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))
        .unwrap_or_else(|| panic!("{name} is in the file"));
    let digits = line.as_bytes().chunks_exact(2);
    digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn packs_are_what_the_document_says() {
    let mailbox = MailboxId(Hash([0x11; 32]));
    let ask = Ask { mailbox }.to_bytes();
    assert_eq!(ask, vector("ask"), "please answer");
    let entry = vec![0xde, 0xad].into();
    let mail = PackedMail { mailbox, entry }.to_bytes();
    assert_eq!(mail, vector("mail"), "an entry coming back");
    assert_eq!(pack(&[]), vector("pack.empty"), "header and last record");
    let whole = pack(&[
        (RecordKind::ASK, ask),
        (RecordKind::MAIL, mail),
        (RecordKind(77), b"later".to_vec()),
    ]);
    assert_eq!(whole, vector("pack"), "three records");
    let contents = read(&vector("pack")).unwrap();
    assert!(contents.is_whole(), "and it is read back");
    assert_eq!(contents.entries.len(), 3, "unknown kinds included");
}
