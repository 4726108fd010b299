//! The printed claim code brings a conversation back when the phone is lost.

use bantin_model::letter::{ClaimError, ConversationKeys, ConversationSeed};
use proptest::prelude::*;

use crate::cast::rng;

fn seed() -> ConversationSeed {
    ConversationSeed::generate(&mut rng(9))
}

#[test]
fn ba_types_the_code_as_old_eyes_read_it() {
    let code = seed().claim_code();
    assert_eq!(code.split('-').count(), 14, "14 groups are printed");
    assert!(
        code.split('-').all(|g| g.len() == 4),
        "of four symbols each: {code}"
    );
    let sloppy = code
        .to_lowercase()
        .replace('-', "  ")
        .replace('0', "o")
        .replace('1', "l");
    for text in [
        code.clone(),
        sloppy,
        code.replace('-', ""),
        code.replace('-', " – "),
        code.replace('1', "I"),
    ] {
        let read = ConversationSeed::from_claim_code(&text).unwrap();
        assert_eq!(
            ConversationKeys::from_seed(&read).mailbox(),
            ConversationKeys::from_seed(&seed()).mailbox(),
            "{text:?} leads to the same mailbox"
        );
    }
}

#[test]
fn a_wrong_code_says_what_is_wrong() {
    let code = seed().claim_code();
    let error = |text: &str| ConversationSeed::from_claim_code(text).unwrap_err();
    assert_eq!(
        error(&code[5..]),
        ClaimError::Length { got: 52 },
        "a group is missing"
    );
    assert_eq!(
        error(""),
        ClaimError::Length { got: 0 },
        "nothing was typed"
    );
    assert_eq!(
        error(&format!("{code}U")),
        ClaimError::Symbol('U'),
        "no code has a U"
    );
    assert_eq!(
        error(&format!("{code}đ")),
        ClaimError::Symbol('đ'),
        "or a đ"
    );
}

#[test]
fn every_misread_symbol_is_noticed() {
    let code = seed().claim_code();
    for (at, was) in code.char_indices().filter(|(_, c)| *c != '-') {
        let other = if was == 'Z' { "Y" } else { "Z" };
        let mut wrong = code.clone();
        wrong.replace_range(at..=at, other);
        assert_eq!(
            ConversationSeed::from_claim_code(&wrong),
            Err(ClaimError::Checksum),
            "symbol {at} read as {other} must not lead into a stranger's conversation"
        );
    }
}

proptest! {
    #[test]
    fn any_seed_survives_printing(bytes: [u8; 32]) {
        let seed = ConversationSeed::from_bytes(bytes);
        prop_assert_eq!(ConversationSeed::from_claim_code(&seed.claim_code()), Ok(seed));
    }

    #[test]
    fn no_text_makes_it_panic(text: String) {
        let _ = ConversationSeed::from_claim_code(&text);
    }
}
