//! A hub restored from an old backup, in a few lives.

use bantin_tests::restore::live;

#[test]
fn no_letter_is_lost_while_its_phone_lives() {
    for seed in 1..=2 {
        let outcome = live(seed);
        assert_eq!(outcome.letters_lost, [""; 0], "life {seed}: {outcome:?}");
        assert_eq!(
            outcome.answers_lost_wrongly, [""; 0],
            "life {seed}: {outcome:?}"
        );
    }
}
