//! Headers with mistakes: each is named with its line.

use bantin_hub::import::Content;

use super::folder::{Desk, NOTICE, NOTICE_FILE, PRODUCT};

#[test]
fn a_folder_in_order_gives_its_drafts() {
    let folder = Desk::new().read().unwrap();
    assert_eq!(folder.drafts.len(), 2, "one notice and one product");
    let Content::Article(notice) = &folder.drafts[0].content else {
        panic!("the notice is an article");
    };
    assert_eq!(
        notice.texts.len(),
        2,
        "Vietnamese and English are one publication"
    );
    assert_eq!(
        notice.texts[0].lang.as_str(),
        "vi",
        "the original comes first"
    );
    assert_eq!(
        notice.texts[0].todo, "- Đậy kín lu nước.",
        "what to do is a part of its own"
    );
    assert_eq!(
        folder.drafts[0].issued_at.0, 1_793_811_600,
        "5 November begins at midnight in Việt Nam"
    );
    let Content::Product(wine) = &folder.drafts[1].content else {
        panic!("the jar wine is a product");
    };
    let certificate = wine.certificate.as_ref().unwrap();
    assert_eq!(certificate.stars, 3, "three stars as on the paper");
    assert_eq!(
        wine.texts[0].ask, "Nhắn qua mục Hỏi.",
        "whom to ask is how to buy"
    );
}

#[test]
fn each_mistake_in_a_header_is_named_with_its_line() {
    for (from, to, said) in [
        (
            "topic = \"health\"",
            "topic = \"sức khoẻ\"",
            ":3: topic must be one of: policy, health, education, market, science, security",
        ),
        ("topic = \"health\"\n", "", ":2: topic is missing"),
        (
            "kind = \"notice\"",
            "kind = \"product\"",
            ":2: kind must be notice, as the folder says",
        ),
        ("2026-11-05", "2026-02-30", ":4: not TOML: invalid date"),
        (
            "2026-11-05",
            "\"2026-11-05\"",
            ":4: published must be a date without quotes, such as 2026-11-20",
        ),
        (
            "2026-11-05",
            "2026-11-05T08:00:00Z",
            ":4: published must be a date without quotes, such as 2026-11-20",
        ),
        ("\"Phòng sốt xuất huyết\"", "\"\"", ":5: title is empty"),
        (
            "\"Phòng sốt xuất huyết\"",
            "\"Phòng\\nsốt\"",
            ":5: title must be one line",
        ),
        (
            "\"Phòng sốt xuất huyết\"",
            "\"Phòng\\u202Esốt\"",
            ":5: title has the invisible character U+202E",
        ),
        (
            "\"Phòng sốt xuất huyết\"",
            "7",
            ":5: title must be a text in quotes",
        ),
        (
            "method = \"human\"",
            "method = \"human\"\nauthor = \"Hạnh\"",
            ":8: the field author is not known here",
        ),
        (
            "method = \"human\"",
            "method = \"human\"\nreviewd_by = \"Trạm y tế\"",
            ":8: the field reviewd_by is not known here",
        ),
        (
            "method = \"human\"",
            "method = \"human\"\nsample = \"yes\"",
            ":8: sample must be true or false",
        ),
        (
            "method = \"human\"",
            "method = \"human\"\nvalid_from = 2026-12-02\nvalid_until = 2026-12-01",
            ":9: valid_until is before valid_from",
        ),
        (
            "method = \"human\"",
            "method = \"human\"\nid = \"01890000-0000-4000-8000-000000000000\"",
            ":8: id must be a UUIDv7",
        ),
        (
            "read = 2026-11-20",
            "read = 2026-11-20\ndate = 2026-11-21",
            ":11: source[0].read is a day before the document was written",
        ),
        (
            "read = 2026-11-20",
            "read = 2026-11-20\ndate = \"2026-12\"",
            ":11: source[0].read is a day before the document was written",
        ),
        (
            "read = 2026-11-20",
            "read = 2026-11-20\ndate = \"mùa xuân\"",
            ":12: source[0].date must be a date without quotes, or a month",
        ),
        (
            "read = 2026-11-20",
            "read = 2026-11-20\nurl = \"javascript:alert(1)\"",
            ":12: source[0].url must begin with https:// or http://",
        ),
        ("read = 2026-11-20", "", ":9: source[0].read is missing"),
        (
            "+++\nMuỗi",
            "[product]\ngroup = \"food\"\n+++\nMuỗi",
            ":12: product does not belong to a notice",
        ),
        ("kind = \"notice\"", "kind = \"notice\nx", ":2: not TOML: "),
    ] {
        let desk = Desk::new();
        desk.spoil(from, to);
        let fault = match desk.read() {
            Err(problems) => problems[0].to_string(),
            Ok(_) => panic!("{to:?} must not pass"),
        };
        let expected = format!("{NOTICE_FILE}{said}");
        assert!(
            fault.starts_with(&expected),
            "{to:?} is named where it stands:\n{fault}\n{expected}"
        );
    }
}

#[test]
fn all_problems_of_all_files_come_at_once() {
    let desk = Desk::new();
    desk.write(
        NOTICE_FILE,
        NOTICE
            .replace("\"health\"", "\"x\"")
            .replace("\"human\"", "\"robot\""),
    );
    desk.write(
        "xa/product/ruou.vi.md",
        PRODUCT
            .replace("\"drinks\"", "\"beer\"")
            .replace("[1, 2, 12]", "[2, 1]"),
    );
    let said: Vec<String> = desk
        .read()
        .unwrap_err()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        said.len(),
        4,
        "Hạnh mends four lines in one go, not one a day: {said:#?}"
    );
    assert!(
        said[0].contains(":3: topic") && said[1].contains(":7: method"),
        "{said:#?}"
    );
    assert!(
        said[2].contains("product.group") && said[3].contains("product.season"),
        "{said:#?}"
    );
}

#[test]
fn a_certificate_must_hold_together() {
    for (from, to, said) in [
        (
            "expires = 2026-12-15",
            "expires = 2023-12-15",
            "product.certificate.expires must be later than issued",
        ),
        (
            "MẪU-01",
            "OCOP-01",
            "product.certificate.number of a sample must begin with MẪU",
        ),
        (
            "stars = 3",
            "stars = 6",
            "product.stars must be a whole number from 3 to 5",
        ),
        (
            "stars = 3\n",
            "",
            "product.certificate says nothing without stars",
        ),
        (
            "season = [1, 2, 12]",
            "season = []",
            "product.season must be months from 1 to 12",
        ),
        (
            "season = [1, 2, 12]",
            "season = [13]",
            "product.season must be months from 1 to 12",
        ),
    ] {
        let desk = Desk::new();
        desk.write("xa/product/ruou.vi.md", PRODUCT.replace(from, to));
        let fault = desk.fault();
        assert!(fault.contains(said), "{to:?}: {fault}");
    }
    let desk = Desk::new();
    let all = PRODUCT.replace("[1, 2, 12]", "[1,2,3,4,5,6,7,8,9,10,11,12]");
    desk.write("xa/product/ruou.vi.md", all);
    let folder = desk.read().unwrap();
    let Content::Product(wine) = &folder.drafts[1].content else {
        panic!("a product");
    };
    assert!(wine.season.is_empty(), "all twelve months are all year");
}

#[test]
fn the_name_of_a_publication_survives_corrections() {
    let desk = Desk::new();
    let before = desk.read().unwrap();
    assert_eq!(
        desk.read().unwrap().drafts,
        before.drafts,
        "a second import changes nothing"
    );
    desk.write(
        NOTICE_FILE,
        NOTICE
            .replace("2026-11-05", "2026-11-06")
            .replace("Phòng", "Chống"),
    );
    let after = desk.read().unwrap();
    assert_eq!(
        before.drafts[0].name, after.drafts[0].name,
        "a corrected day or title is the same notice"
    );
    assert_ne!(before.drafts[0], after.drafts[0], "with other words");
}
