//! The page's own reader and writer of JSON, held against `serde_json`: what one writes the other reads.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::collections::BTreeMap;
use std::fmt::Debug;

use bantin_model::budget::DataKind;
use bantin_ui::json::{Fault, read, write};
use bantin_wire::ipc::product::ProductForm;
use bantin_wire::ipc::search::{Found, Hit};
use bantin_wire::{Code, Failure};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Every shape that serde knows and that a type of ours may have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Shape {
    Empty,
    One(i64),
    Pair(u8, String),
    Named { left: Option<u32>, right: bool },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Age(u16);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Marker;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Whole {
    shapes: Vec<Shape>,
    ages: (Age, Age),
    nothing: (),
    marker: Marker,
    names: BTreeMap<String, Option<String>>,
    kinds: BTreeMap<DataKind, u64>,
    least: i64,
    most: u64,
}

fn whole() -> Whole {
    Whole {
        shapes: vec![
            Shape::Empty,
            Shape::One(-7),
            Shape::Pair(3, "Bá, già làng\n\"Ê Đê\" \\ \u{1f} 🐃 \u{2028}".into()),
            Shape::Named {
                left: None,
                right: true,
            },
            Shape::Named {
                left: Some(4),
                right: false,
            },
        ],
        ages: (Age(71), Age(0)),
        nothing: (),
        marker: Marker,
        names: [
            ("Mai".into(), None),
            ("Thu".into(), Some("rượu cần".into())),
        ]
        .into(),
        kinds: [(DataKind::Sound, 5), (DataKind::Thumb, 0)].into(),
        least: i64::MIN,
        most: u64::MAX,
    }
}

const CARD: &str = r#"{"id":"02020202020202020202020202020202","kind":"notice",
    "topic":"health","urgent":true,"title":"Tiêm phòng cho trâu bò","summary":"","lang":"vi","agency":"UBND xã",
    "issued_at":1790000000,"in_force_until":null,"unread":true,"saved":false,"sample":true}"#;

/// Both writers write the same, and both readers read it as it was.
fn agrees<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let theirs = serde_json::to_string(value).unwrap();
    let ours = write(value).unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&ours).unwrap(),
        serde_json::from_str::<serde_json::Value>(&theirs).unwrap(),
        "an engine reads from either the same"
    );
    assert_eq!(
        read::<T>(&ours).as_ref(),
        Ok(value),
        "ours comes back: {ours}"
    );
    assert_eq!(
        read::<T>(&theirs).as_ref(),
        Ok(value),
        "an engine's answer is read: {theirs}"
    );
    let sorted = serde_json::to_value(value).unwrap().to_string();
    assert_eq!(
        read::<T>(&sorted).as_ref(),
        Ok(value),
        "the app's window gets its fields in the order of the alphabet: {sorted}"
    );
    let spaced = serde_json::to_string_pretty(value).unwrap();
    assert_eq!(
        read::<T>(&spaced).as_ref(),
        Ok(value),
        "with white space too: {spaced}"
    );
}

#[test]
fn every_shape_goes_both_ways() {
    agrees(&whole());
    agrees(&vec![vec![whole()], vec![]]);
    agrees(&Failure::at(Code::TooLong, "tên").with(120));
    agrees(&ProductForm {
        name: "Rượu cần nhà Thu".into(),
        season: vec![1, 12],
        ..ProductForm::default()
    });
    agrees(&Option::<u8>::None);
}

#[test]
fn a_code_is_called_what_it_is_on_the_wire() {
    for code in [Code::Offline, Code::MediaTooManyPixels, Code::Internal] {
        assert_eq!(
            serde_json::to_value(code).unwrap(),
            code.as_str(),
            "a message is found by it"
        );
    }
}

#[test]
fn mai_finds_what_she_searched_for() {
    let text = format!(
        r#"{{"found":{{"notice":{{"later":[1.5e3,{{"a":[]}}],"card":{CARD}}}}},"snippet":"Tiêm","marks":[[0,5]]}}"#
    );
    let hit: Hit = read(&text).expect("a field of a later version is passed over");
    assert_eq!(
        serde_json::from_str::<Hit>(&text).unwrap(),
        hit,
        "both readers read the same"
    );
    agrees(&hit);
    let Found::Notice { card } = &hit.found else {
        panic!("a notice was found: {hit:?}")
    };
    assert_eq!(card.picture, None, "a field that is not there is none");
    let product = text.replace(r#""notice":{"later""#, r#""product":{"later""#);
    assert_eq!(
        read::<Hit>(&product),
        Err(Fault),
        "a notice is no product's card"
    );
}

#[test]
fn all_ways_to_write_a_letter_are_read() {
    for text in [r#""a\/\b\f\n\r\t\"\\""#, r#""\u1ea1\u0041\ud83d\udc03""#] {
        assert_eq!(
            read::<String>(text).unwrap(),
            serde_json::from_str::<String>(text).unwrap(),
            "{text} is read as everywhere"
        );
    }
    for text in [
        r#""\ud83d""#,
        r#""\ud83dA""#,
        r#""\ud83d\u0041""#,
        r#""\udc03""#,
        r#""\ud83d\uffff""#,
        r#""\u12g4""#,
        r#""\u12ạ""#,
        r#""\x""#,
        "\"\n\"",
        "\"a",
    ] {
        assert_eq!(read::<String>(text), Err(Fault), "{text} is no string");
    }
}

#[test]
fn what_is_cut_or_damaged_is_a_fault_and_nothing_worse() {
    let text = write(&whole()).unwrap();
    for (at, _) in text.char_indices() {
        assert_eq!(
            read::<Whole>(&text[..at]),
            Err(Fault),
            "cut at {at} it is not whole"
        );
        for put in ["", "[", "]", "{", "}", "\"", ",", "9", "\\", "ạ"] {
            let next = text[at..].chars().next().unwrap().len_utf8();
            let damaged = format!("{}{put}{}", &text[..at], &text[at + next..]);
            if let Ok(value) = serde_json::from_str::<Whole>(&damaged) {
                assert_eq!(
                    read::<Whole>(&damaged),
                    Ok(value),
                    "what is still whole is read: {damaged}"
                );
            } else {
                assert!(
                    read::<Whole>(&damaged).is_err(),
                    "what is not is refused: {damaged}"
                );
            }
        }
    }
}

#[test]
fn numbers_that_do_not_fit_are_refused() {
    for text in ["256", "-1", "1.0", "1e2", "+5", "", "-", "\"5\"", "5 5"] {
        assert_eq!(read::<u8>(text), Err(Fault), "{text:?} is no byte");
    }
    assert_eq!(write(&0.5f64), Err(Fault), "fractions are for nobody");
    assert_eq!(
        write(&BTreeMap::from([(1, 2)])),
        Err(Fault),
        "a key is a text"
    );
}

#[test]
fn the_stack_holds_whatever_is_nested() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Nest(Vec<Nest>);
    #[derive(Debug, PartialEq, Deserialize)]
    struct Flat {}
    let deep = "[".repeat(1_000_000);
    assert_eq!(
        read::<Nest>(&deep),
        Err(Fault),
        "deeper than any type of ours"
    );
    let skipped = format!(
        r#"{{"unknown":{deep}{close}}}"#,
        close = "]".repeat(1_000_000)
    );
    assert_eq!(
        read::<Flat>(&skipped),
        Ok(Flat {}),
        "passing over needs no stack"
    );
}
