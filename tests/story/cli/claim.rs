//! Two phones, one mailbox: a claim code typed into `bantin claim`.

use crate::village::Village;

const MORE: &str = "Đoạn nào vậy chị?";
const ANSWER: &str = "Tháng sau làm.";

#[test]
fn two_phones_with_one_code_see_the_same_answers() {
    let village = Village::new();
    let hanh = village.hanh();
    let mai = village.phone("Mai");
    mai.sync();
    let asked = mai.ok(&["ask", "Khi nào sửa đường vào bản?"]);
    let id = asked["conversation"].as_str().expect("a conversation");
    let code = asked["claim_code"].as_str().expect("a code at sending");
    mai.sync();
    let at_desk = hanh.queue().first().expect("it arrived").id.clone();
    hanh.says(&at_desk, "needs-info", MORE, "more");

    let son = village.phone("Son");
    son.sync();
    let misread = code.replacen(code.get(..1).expect("a letter"), "U", 1);
    let told = son.run(&["claim", &misread]);
    assert_eq!(
        told.failure(),
        "claim-misread",
        "told, not guessed: {told:?}"
    );
    village.network.cut();
    let kept = son.ok(&["claim", &code.to_lowercase()]);
    assert_eq!(kept["conversation"], id, "kept without a network");
    village.network.mend();
    son.sync();
    mai.sync();
    for phone in [&mai, &son] {
        let page = phone.conversation(id);
        assert_eq!(page["card"]["status"], "needs-info", "the same state");
        let last = page["messages"].as_array().and_then(|m| m.last()).cloned();
        assert_eq!(last.expect("an answer")["text"], MORE, "the same words");
    }
    son.ok(&["reply", id, "Từ suối lên bản."]);
    son.sync();
    hanh.opens_with(&at_desk, 2);
    hanh.says(&at_desk, "answered", ANSWER, "answer");
    for phone in [&mai, &son] {
        phone.sync();
        let page = phone.conversation(id);
        assert_eq!(page["card"]["status"], "answered");
    }
    assert_eq!(hanh.queue().len(), 1, "one conversation at the desk");
}
