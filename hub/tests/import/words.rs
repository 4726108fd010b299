//! Bodies: what is a text stays a text, what is markup is refused.

use bantin_hub::import::Content;

use super::folder::{Desk, ENGLISH, NOTICE, NOTICE_FILE};

fn body(desk: &Desk) -> String {
    let folder = desk.read().unwrap();
    match &folder.drafts[0].content {
        Content::Article(article) => article.texts[0].body.clone(),
        Content::Product(_) => panic!("a notice"),
    }
}

#[test]
fn paragraphs_and_items_are_put_together() {
    let desk = Desk::new();
    let text =
        "Dòng một\nvẫn dòng một.\n\n- việc một\n  còn nữa\n- việc hai\n\n- việc ba\nSau cùng.\n";
    desk.spoil("Muỗi đẻ trứng ở chỗ nước đọng.\n", text);
    let expected =
        "Dòng một vẫn dòng một.\n\n- việc một còn nữa\n- việc hai\n- việc ba\n\nSau cùng.";
    assert_eq!(
        body(&desk),
        expected,
        "line ends inside a paragraph are spaces, items form a list"
    );
}

#[test]
fn every_script_is_kept_as_it_is_written() {
    let zalgo = format!("m{}uỗi", "\u{0310}\u{0332}\u{0489}".repeat(40));
    for words in [
        "عسل الغابة للبيع",
        "ꨀꨇꩉ ꨌꩌ",
        "Ê Đê, H'Mông, ƀuôn",
        zalgo.as_str(),
        "5 < 6 và a > b",
        "👩‍🌾 🍯",
    ] {
        let desk = Desk::new();
        desk.spoil("Muỗi đẻ trứng ở chỗ nước đọng.", words);
        let nfc = body(&desk);
        assert!(
            !nfc.is_empty() && nfc.chars().count() <= words.chars().count(),
            "{words} is a text like any other"
        );
    }
    let desk = Desk::new();
    desk.spoil("Muỗi", "Muo\u{0302}\u{0303}i");
    assert!(
        body(&desk).starts_with("Muỗi"),
        "composed and decomposed accents become one form"
    );
}

#[test]
fn html_in_a_title_is_text_and_in_a_body_a_fault() {
    let desk = Desk::new();
    desk.spoil("\"Phòng sốt xuất huyết\"", "'<script>alert(1)</script>'");
    let folder = desk.read().unwrap();
    let Content::Article(notice) = &folder.drafts[0].content else {
        panic!("a notice");
    };
    assert_eq!(
        notice.texts[0].title, "<script>alert(1)</script>",
        "a title is never markup, so it is kept"
    );
}

#[test]
fn markup_in_a_body_is_named_with_its_line() {
    for (words, said) in [
        ("xem <b>ngay</b>", "HTML is not allowed in a text"),
        ("<!-- ẩn -->", "HTML is not allowed in a text"),
        ("[đây](x)", "]( is markup"),
        (
            "xem https://example.vn",
            "https:// is not allowed in a text",
        ),
        ("rất **quan trọng**", "** is markup"),
        ("gõ `x`", "` is markup"),
        ("| a | b |", "a line must not begin with |"),
        ("> trích", "a line must not begin with >"),
        ("# To", "a line that begins with # must be a section"),
        (
            "## Khác {#other}\n\nx",
            "a line that begins with # must be a section",
        ),
        ("## Ai {#who}", "section who has no text"),
        ("## {#who}\n\nx", "this section has no heading"),
        (
            "đảo \u{202e}ngược",
            "the invisible character U+202E is not allowed",
        ),
        (
            "chuông \u{7}",
            "the invisible character U+0007 is not allowed",
        ),
    ] {
        let desk = Desk::new();
        desk.spoil("Muỗi đẻ trứng ở chỗ nước đọng.", words);
        let problems = desk.read().expect_err(words);
        let ours: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let expected = format!("{NOTICE_FILE}:13: {said}");
        assert!(
            ours.iter().any(|one| one.starts_with(&expected)),
            "{words:?}: {ours:#?}"
        );
    }
}

#[test]
fn lengths_are_counted_in_characters() {
    let desk = Desk::new();
    desk.spoil("\n## Cần làm gì {#todo}\n\n- Đậy kín lu nước.\n", "");
    desk.write(
        "xa/notice/muoi.en.md",
        ENGLISH.split("\n##").next().unwrap(),
    );
    let bare = std::fs::read_to_string(desk.path(NOTICE_FILE)).unwrap();
    let long = |count: usize| bare.replace("Muỗi đẻ trứng ở chỗ nước đọng.", &"ữ".repeat(count));
    desk.write(NOTICE_FILE, long(20_000));
    assert_eq!(
        body(&desk).chars().count(),
        20_000,
        "twenty thousand characters are taken, in 60,000 bytes"
    );
    desk.write(NOTICE_FILE, long(20_001));
    assert!(
        desk.fault()
            .contains(":13: the body is longer than 20000 characters"),
        "one more is not"
    );
    desk.spoil(
        "\"Phòng sốt xuất huyết\"",
        &format!("\"{}\"", "ữ".repeat(201)),
    );
    let said = desk.read().unwrap_err();
    assert!(
        said[0]
            .to_string()
            .contains("title has 201 characters, at most 200 are allowed"),
        "{said:?}"
    );
}

#[test]
fn a_rendition_follows_its_source() {
    let desk = Desk::new();
    desk.write("xa/notice/muoi.en.md", ENGLISH.replace("{#todo}", "{#ask}"));
    assert!(
        desk.fault()
            .contains("muoi.en.md:8: section ask is not in xa/notice/muoi.vi.md"),
        "nothing is invented"
    );
    desk.write(
        "xa/notice/muoi.en.md",
        ENGLISH.split("\n##").next().unwrap(),
    );
    let folder = desk.read().unwrap();
    assert_eq!(
        folder.warnings.len(),
        1,
        "a part that nobody translated yet is allowed and said"
    );
    desk.write(
        "xa/notice/muoi.en.md",
        ENGLISH.replace("method", "topic = \"health\"\nmethod"),
    );
    assert!(
        desk.fault().contains("the field topic is not known here"),
        "only the source says what it is about"
    );
    desk.write("xa/notice/muoi.en.md", ENGLISH);
    std::fs::remove_file(desk.path(NOTICE_FILE)).unwrap();
    assert!(
        desk.fault().contains("its source muoi.vi.md is missing"),
        "Vietnamese is always there"
    );
}

#[test]
fn windows_files_and_byte_order_marks_are_read() {
    let desk = Desk::new();
    let plain = body(&desk);
    desk.write(
        NOTICE_FILE,
        format!("\u{feff}{}", NOTICE.replace('\n', "\r\n")),
    );
    assert_eq!(body(&desk), plain, "Notepad's files are as good as any");
}
