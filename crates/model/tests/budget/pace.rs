//! When the radio wakes, and in which order requests go.

use std::collections::VecDeque;

use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{LetterId, PollRequest};
use bantin_model::sync::{Request, next_pulse_after_s, next_request, next_sync_after_s};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

const QUIET_S: u64 = 900;

fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

#[test]
fn pauses_double_to_six_hours_and_no_two_phones_agree() {
    let mut least = 0;
    for failures in 0..40u32 {
        let ceiling = (30u64 << failures.min(10)).min(6 * 3600);
        let pauses: Vec<u64> = (0..50)
            .map(|seed| next_sync_after_s(failures, &mut rng(seed)))
            .collect();
        let fits = pauses
            .iter()
            .all(|pause| (ceiling / 2..=ceiling).contains(pause));
        assert!(
            fits,
            "after {failures} failures between half of {ceiling} s and all of it"
        );
        let mut apart = pauses.clone();
        apart.sort_unstable();
        apart.dedup();
        assert!(
            apart.len() > 10,
            "fifty phones do not call at the same second: {apart:?}"
        );
        assert!(
            apart[0] >= least,
            "a pause never shrinks while things go wrong"
        );
        least = ceiling / 2;
    }
    let again = (
        next_sync_after_s(3, &mut rng(1)),
        next_sync_after_s(3, &mut rng(1)),
    );
    assert_eq!(again.0, again.1, "the same chance gives the same pause");
}

#[test]
fn a_low_battery_asks_four_times_more_rarely() {
    let pause = |failures, sparing| next_pulse_after_s(failures, QUIET_S, sparing, &mut rng(7));
    assert!(
        (QUIET_S..QUIET_S + 31).contains(&pause(0, false)),
        "a quarter of an hour while all is well"
    );
    assert!(
        (4 * QUIET_S..4 * QUIET_S + 31).contains(&pause(0, true)),
        "an hour when the battery is low"
    );
    assert!(pause(1, false) <= 60, "after a failure it tries again soon");
    assert!(pause(1, true) >= QUIET_S, "but not with a low battery");
    for failures in 0..40 {
        assert!(pause(failures, true) <= 6 * 3600, "and it never gives up");
    }
}

#[test]
fn letters_and_answers_go_before_long_texts() {
    let place = PlaceId::new("vn-68").unwrap();
    let segment = |name: u8, bytes| Request::Segment {
        place: place.clone(),
        hash: Hash([name; 32]),
        bytes,
    };
    let letter = Request::Letter(LetterId(Hash([9; 32])));
    let poll = Request::Poll(PollRequest { boxes: vec![] });
    let heads = Request::Heads {
        place: place.clone(),
        etag: None,
        changes: false,
    };
    let asked = [
        segment(1, 300_000),
        segment(2, 900),
        segment(3, 800),
        poll.clone(),
        letter.clone(),
        heads.clone(),
    ];
    let mut waiting: VecDeque<Request> = asked.into_iter().collect();
    let went: Vec<Request> = std::iter::from_fn(|| next_request(&mut waiting)).collect();
    let order = vec![
        heads,
        letter,
        poll,
        segment(2, 900),
        segment(3, 800),
        segment(1, 300_000),
    ];
    assert_eq!(
        went, order,
        "what is new, letters, answers, small texts as they were asked for, long ones"
    );
}
