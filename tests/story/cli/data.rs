//! What Mai's phone says of its bytes, beside what the network saw of them.

use bantin_tests::photo;

use crate::village::Village;

#[test]
fn the_phone_and_the_network_count_the_same_bytes() {
    let village = Village::new();
    let mai = village.phone("mai");
    let photo = photo::take(mai.files(), "suoi.jpg", "suoi.jpg");
    mai.sync();
    let first = village.network.take_seen();
    mai.ask("Đường vào bản sạt lở, bao giờ sửa ạ?", &[&photo]);
    mai.sync();
    let second = village.network.take_seen();
    let seen: Vec<_> = first.iter().chain(&second).collect();
    let passed: usize = seen.iter().map(|seen| seen.sent + seen.received).sum();
    let used = mai.ok(&["data"]);
    let counted = used["today_bytes"].as_u64().expect("a number");
    let off = counted.abs_diff(passed as u64);
    assert!(
        off * 100 <= passed as u64,
        "the network saw {passed} bytes, the phone {counted}"
    );
    for kind in ["ask", "letter", "answer", "text", "thumb"] {
        assert!(
            used["month"][kind].as_u64() > Some(0),
            "{kind} has its share: {used}"
        );
    }
    let blobs = first
        .iter()
        .position(|seen| seen.path.starts_with("/v1/blobs"));
    let last = first
        .iter()
        .rposition(|seen| !seen.path.starts_with("/v1/blobs"));
    assert!(
        blobs > last,
        "pictures and sound come after all that counts: {first:#?}"
    );
}

#[test]
fn a_budget_is_set_kept_and_refused_with_its_reason() {
    let village = Village::new();
    let mai = village.phone("mai");
    let used = mai.ok(&[
        "data",
        "--day",
        "0.1",
        "--month",
        "100",
        "--only-wifi",
        "yes",
    ]);
    assert_eq!(
        used["limits"]["day_bytes"], 100_000,
        "a tenth of a megabyte"
    );
    mai.sync();
    let held = mai.ok(&["data"]);
    assert_eq!(held["limits"], used["limits"], "it is kept");
    let waits = held["waits"].as_array().expect("a list");
    assert!(
        waits.iter().any(|line| line["kind"] == "thumb"),
        "pictures wait: {held}"
    );
    let said = mai.run(&["data", "--month", "0.001"]);
    assert_eq!(
        said.failure(),
        "not-allowed",
        "too little to ask for news: {said:?}"
    );
    assert_eq!(
        said.json["failure"]["field"], "month_bytes",
        "and the field is named"
    );
    let free = mai.ok(&[
        "data",
        "--day",
        "none",
        "--month",
        "none",
        "--only-wifi",
        "no",
        "--fetch",
    ]);
    assert_eq!(
        free["waits"].as_array().map(Vec::len),
        Some(0),
        "now everything is here"
    );
}
