//! The table, and what it says in a village.

use bantin_model::budget::{
    Battery, Beyond, DataKind, Holds, Limits, ORDER, SMALL_TEXT_BYTES, Spent, Surroundings, Wish,
    judge, left, used_up,
};

const MB: u64 = 1_000_000;

/// A day of 1 MB and a month of 10 MB.
const LIMITS: Limits = Limits {
    day_bytes: Some(MB),
    month_bytes: Some(10 * MB),
    only_wifi: false,
    media_bytes: None,
};

const ALL: [DataKind; 8] = [
    DataKind::Ask,
    DataKind::Letter,
    DataKind::Answer,
    DataKind::Text,
    DataKind::Thumb,
    DataKind::Sound,
    DataKind::Rest,
    DataKind::Other,
];

fn spent(today: u64, month: u64) -> Spent {
    Spent { today, month }
}

fn cellular() -> Surroundings {
    Surroundings {
        metered: Some(true),
        ..Surroundings::default()
    }
}

#[test]
fn every_kind_has_its_line_and_keeps_its_number() {
    for kind in ALL {
        let lines = ORDER.iter().filter(|row| row.kind == kind).count();
        assert_eq!(lines, 1, "{kind:?} stands in the table once");
        assert_eq!(
            DataKind::of_code(kind.code()),
            kind,
            "a stored number leads back"
        );
    }
    assert_eq!(ORDER.len(), ALL.len(), "nothing else stands there");
    assert_eq!(
        DataKind::of_code(200),
        DataKind::Other,
        "what a later version stored is kept as other"
    );
    let order = [
        DataKind::Ask,
        DataKind::Letter,
        DataKind::Answer,
        DataKind::Text,
        DataKind::Thumb,
        DataKind::Sound,
        DataKind::Rest,
    ];
    let sorted = order.windows(2).all(|pair| pair[0].rank() < pair[1].rank());
    assert!(
        sorted,
        "urgent and answers, then text, small pictures, sound, the rest"
    );
    let parts: Vec<u8> = ORDER.iter().map(|row| row.part_percent).collect();
    assert!(
        parts.is_sorted_by(|a, b| a >= b),
        "what stands lower leaves room for what stands above"
    );
}

#[test]
fn when_the_day_is_spent_only_what_mai_must_not_miss_goes_on() {
    let over = spent(MB, MB);
    let known = Surroundings::default();
    for row in ORDER {
        let goes = judge(row.kind, 500_000, Wish::Asked, &LIMITS, over, &known);
        let expected = match row.beyond {
            Beyond::All => Ok(()),
            Beyond::UpTo(_) | Beyond::None => Err(Holds::Day),
        };
        assert_eq!(
            goes, expected,
            "{:?} after the last byte of the day",
            row.kind
        );
    }
    let urgent = judge(
        DataKind::Text,
        SMALL_TEXT_BYTES,
        Wish::Unasked,
        &LIMITS,
        over,
        &known,
    );
    assert_eq!(
        urgent,
        Ok(()),
        "a small lot of text, where a flood warning is, always comes"
    );
    assert_eq!(
        used_up(&LIMITS, over),
        Some(Holds::Day),
        "and she is told that the day is spent"
    );
    let month = spent(0, 10 * MB);
    assert_eq!(
        judge(DataKind::Text, MB, Wish::Unasked, &LIMITS, month, &known),
        Err(Holds::Month),
        "a new day does not help when the month is spent"
    );
    assert_eq!(
        used_up(&LIMITS, month),
        Some(Holds::Month),
        "and that is what she is told"
    );
    for kind in ALL {
        let all = judge(kind, 9 * MB, Wish::Everything, &LIMITS, month, &cellular());
        assert_eq!(all, Ok(()), "“now, whatever it takes” is her right");
    }
}

#[test]
fn sound_leaves_room_for_the_text_of_the_evening() {
    let known = Surroundings::default();
    let unasked = |kind, bytes, today| {
        judge(
            kind,
            bytes,
            Wish::Unasked,
            &LIMITS,
            spent(today, today),
            &known,
        )
    };
    assert_eq!(
        unasked(DataKind::Sound, 300_000, 500_000),
        Ok(()),
        "it fits into four fifths"
    );
    assert_eq!(
        unasked(DataKind::Sound, 300_001, 500_000),
        Err(Holds::Day),
        "one byte more does not"
    );
    assert_eq!(
        unasked(DataKind::Thumb, 300_001, 500_000),
        Ok(()),
        "a small picture still does"
    );
    assert_eq!(
        unasked(DataKind::Rest, 100, 500_000),
        Err(Holds::Day),
        "the rest had its half"
    );
    assert_eq!(
        unasked(DataKind::Text, 3 * MB, 999_999),
        Ok(()),
        "a long text begins, and is continued"
    );
    let room = left(
        DataKind::Text,
        3 * MB,
        Wish::Unasked,
        &LIMITS,
        spent(999_999, MB),
    );
    assert_eq!(
        room,
        Some((1, Holds::Day)),
        "it is cut when the last byte is spent"
    );
    let asked = judge(
        DataKind::Sound,
        MB,
        Wish::Asked,
        &LIMITS,
        spent(500_000, 500_000),
        &known,
    );
    assert_eq!(asked, Ok(()), "what she taps may take what is left");
    assert_eq!(
        left(DataKind::Letter, MB, Wish::Unasked, &LIMITS, spent(MB, MB)),
        None,
        "a letter is never cut"
    );
    assert_eq!(
        left(DataKind::Rest, MB, Wish::Everything, &LIMITS, spent(MB, MB)),
        None,
        "nor what she wants at any price"
    );
}

#[test]
fn a_dear_network_and_a_low_battery_hold_up_what_nobody_asked_for() {
    let none = Limits::default();
    let low = Surroundings {
        battery: Some(Battery {
            percent: 15,
            charging: Some(false),
        }),
        ..Surroundings::default()
    };
    let go = |kind, wish, limits: &Limits, around: &Surroundings| {
        judge(kind, 1000, wish, limits, Spent::default(), around)
    };
    for kind in [DataKind::Sound, DataKind::Rest] {
        assert_eq!(
            go(kind, Wish::Unasked, &none, &cellular()),
            Err(Holds::Metered),
            "{kind:?} costs too much"
        );
        assert_eq!(
            go(kind, Wish::Asked, &none, &cellular()),
            Ok(()),
            "unless she taps it"
        );
        assert_eq!(
            go(kind, Wish::Unasked, &none, &low),
            Err(Holds::Battery),
            "{kind:?} can wait for a charger"
        );
        let unknown = Surroundings::default();
        assert_eq!(
            go(kind, Wish::Unasked, &none, &unknown),
            Ok(()),
            "nobody knows of a cost, so none is made up"
        );
    }
    assert_eq!(
        go(DataKind::Thumb, Wish::Unasked, &none, &cellular()),
        Ok(()),
        "a small picture comes"
    );
    let wifi = Limits {
        only_wifi: true,
        ..none
    };
    let free = Surroundings {
        metered: Some(false),
        ..Surroundings::default()
    };
    let saver = Surroundings {
        saver: Some(true),
        ..free
    };
    assert_eq!(
        go(DataKind::Thumb, Wish::Unasked, &wifi, &cellular()),
        Err(Holds::Metered),
        "Wi-Fi only means it"
    );
    assert_eq!(
        go(
            DataKind::Thumb,
            Wish::Unasked,
            &wifi,
            &Surroundings::default()
        ),
        Err(Holds::Metered),
        "where nobody knows, her own choice counts"
    );
    assert_eq!(
        go(DataKind::Sound, Wish::Unasked, &wifi, &free),
        Ok(()),
        "here is Wi-Fi"
    );
    assert_eq!(
        go(DataKind::Sound, Wish::Unasked, &none, &saver),
        Err(Holds::Metered),
        "the phone saves data"
    );
    for around in [cellular(), low, saver] {
        for kind in [
            DataKind::Ask,
            DataKind::Letter,
            DataKind::Answer,
            DataKind::Text,
        ] {
            assert_eq!(
                go(kind, Wish::Unasked, &wifi, &around),
                Ok(()),
                "{kind:?} is what the app is for"
            );
        }
    }
}

#[test]
fn what_is_unknown_is_filled_in_and_never_overruled() {
    let page = Surroundings {
        metered: Some(true),
        ..Surroundings::default()
    };
    let battery = Battery {
        percent: 80,
        charging: None,
    };
    let system = Surroundings {
        metered: Some(false),
        saver: None,
        battery: Some(battery),
    };
    let both = page.or(system);
    assert_eq!(both.metered, Some(true), "who knew first keeps the word");
    assert_eq!(both.battery, Some(battery), "the other fills the gap");
    assert_eq!(both.saver, None, "what nobody knows stays unknown");
    let dim = Surroundings {
        battery: Some(Battery {
            percent: 5,
            charging: None,
        }),
        ..page
    };
    assert!(
        !dim.low(),
        "a battery that may be charging is not called low"
    );
}

#[test]
fn a_budget_of_nonsense_names_its_field() {
    let day = |day_bytes| Limits {
        day_bytes,
        ..Limits::default()
    };
    assert_eq!(
        day(Some(99_999)).wrong(),
        Some(("day_bytes", 100_000)),
        "too little to ask for news"
    );
    assert_eq!(
        day(Some(u64::MAX)).wrong(),
        Some(("day_bytes", 1_000_000_000_000)),
        "no such phone"
    );
    assert_eq!(day(None).wrong(), None, "no limit is a choice");
    let media = Limits {
        media_bytes: Some(1),
        ..Limits::default()
    };
    assert_eq!(
        media.wrong().map(|(field, _)| field),
        Some("media_bytes"),
        "the field is named"
    );
}
