//! One letter and nothing else: the cheapest way out over a dear network.

use crate::village::Village;

/// What a person types when two sentences are enough.
const QUESTION: &str = "Nhà tôi ở xóm trên, trồng hai sào lúa. Tôi muốn hỏi xã: năm nay hộ như nhà tôi có được nhận giống \
    không, cần giấy tờ gì, nộp ở đâu và nộp trước ngày nào? Xin cảm ơn cán bộ xã đã đọc thư này.";

#[test]
fn a_letter_leaves_with_one_request_and_comes_back_with_its_receipt() {
    let village = Village::new();
    let mai = village.phone("mai");
    mai.sync();
    mai.ask(QUESTION, &[]);
    village.network.take_seen();
    let sent = mai.ok(&["send"]);
    assert_eq!(sent["letters_accepted"], 1, "the receipt holds");
    let seen = village.network.take_seen();
    let [only] = seen.as_slice() else {
        panic!("one request carries it and nothing is asked: {seen:?}")
    };
    assert_eq!(only.path, "/v1/letters", "it is the letter");
    println!(
        "letter of {} characters: {} bytes up, {} down",
        QUESTION.chars().count(),
        only.sent,
        only.received
    );
    assert_eq!(
        mai.ok(&["send"])["letters_accepted"],
        0,
        "with nothing to send nothing happens"
    );
    assert!(village.network.take_seen().is_empty(), "not even a request");
}
