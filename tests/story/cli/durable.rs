//! What is said to be safe is safe: the order of syncing and saying, seen by strace.

use bantin_tests::hub::{Hub, Serving};
use bantin_tests::network::Network;
use bantin_tests::phone::{Phone, said};
use bantin_tests::photo;
use bantin_tests::trace::{Call, Trace};

use crate::village::Village;

/// The position of the answer to the first request that begins with `request`, and of the request.
fn exchange(calls: &[Call], request: &str) -> (usize, usize) {
    let begins = |text: &str| text.contains(&format!("\"{request}"));
    let heard = calls
        .iter()
        .position(|call| matches!(call, Call::Heard(_, text) if begins(text)));
    let heard = heard.unwrap_or_else(|| panic!("the hub never heard {request}"));
    let Call::Heard(socket, _) = &calls[heard] else {
        unreachable!("just matched")
    };
    let answer = |call: &Call| matches!(call, Call::Said(at, _) if at == socket);
    let said = calls[heard..]
        .iter()
        .position(answer)
        .expect("the hub answered");
    (heard, heard + said)
}

/// Whether everything that was written to paths that `of` selects is synced, in this order.
fn unsynced(calls: &[Call], of: impl Fn(&str) -> bool) -> Vec<String> {
    let mut open = Vec::new();
    for call in calls {
        match call {
            Call::Wrote(path) if of(path) && !open.contains(path) => open.push(path.clone()),
            Call::Synced(path) => open.retain(|p| p != path),
            _ => {}
        }
    }
    open
}

#[test]
fn the_hub_acknowledges_only_what_the_disk_has() {
    let hub = Hub::filled();
    let (trace, command) = Trace::of(&Serving::command(&hub), hub.beside());
    let serving = Serving::spawn(command);
    let network = Network::to(serving.citizen);
    let mai = Phone::of("Mai");
    mai.follow(
        &format!("{}#root={}", network.url(), hub.root()),
        serving.place(),
    );
    mai.sync();
    let photo = photo::take(mai.files(), "suoi.jpg", "suoi.jpg");
    mai.ask("Bao giờ có nước sạch?", &[&photo]);
    mai.sync();
    assert!(mai.outbox().is_empty(), "the letter was acknowledged");
    let calls = trace.calls();
    let ours =
        |path: &str| path.starts_with(hub.data().to_str().unwrap()) && !path.ends_with("-shm");

    let (heard, answered) = exchange(&calls, "POST /v1/letters");
    let between = &calls[heard..answered];
    let wal = |call: &Call| matches!(call, Call::Synced(path) if path.ends_with("hub.db-wal"));
    assert!(
        between.iter().any(wal),
        "the letter is on the disk before it is acknowledged: {between:?}"
    );
    assert_eq!(
        unsynced(between, ours),
        [""; 0],
        "and nothing of it is only in memory"
    );

    let (heard, answered) = exchange(&calls, "PUT /v1/attachments/");
    let between = &calls[heard..answered];
    let file = |call: &Call| matches!(call, Call::Synced(path) if path.contains("/attachments/"));
    let folder = |call: &Call| matches!(call, Call::Synced(path) if path.ends_with("/attachments"));
    assert!(
        between.iter().any(file),
        "a photo is on the disk before it is acknowledged: {between:?}"
    );
    assert!(
        between.iter().any(folder),
        "and so is its name: {between:?}"
    );
}

#[test]
fn the_phone_says_saved_only_of_what_the_disk_has() {
    let village = Village::new();
    let mai = village.phone("Mai");
    mai.sync();
    village.network.cut();
    let photo = photo::take(mai.files(), "suoi.jpg", "suoi.jpg");
    let ask = mai.command(&[
        "ask",
        "Bao giờ có nước sạch?",
        "--photo",
        photo.to_str().unwrap(),
    ]);
    let (trace, mut command) = Trace::of(&ask, mai.files());
    let output = command
        .output()
        .expect("strace is installed; `./x test` does it");
    assert_eq!(said(&output).code, Some(0), "it is saved: {output:?}");
    let calls = trace.calls();
    let saying = |call: &Call| matches!(call, Call::Said(at, text) if at == "stdout" && text.contains("conversation"));
    let at = calls
        .iter()
        .position(saying)
        .expect("it says that it saved");
    let before = &calls[..at];
    let wal = |call: &Call| matches!(call, Call::Synced(path) if path.ends_with("private.db-wal"));
    assert!(
        before.iter().any(wal),
        "the letter is on the disk before the word: {before:?}"
    );
    let own = mai.data().join("profiles");
    // SQLite copies into the database itself only what its log has on the disk, and that in its own time.
    let copied = |path: &str| path.ends_with("-shm") || path.ends_with("/private.db");
    let own = |path: &str| path.starts_with(own.to_str().unwrap()) && !copied(path);
    assert_eq!(
        unsynced(before, own),
        [""; 0],
        "nothing of hers is only in memory"
    );
    let folder = |call: &Call| matches!(call, Call::Synced(path) if path.ends_with("/outgoing"));
    assert!(
        before.iter().any(folder),
        "the sealed photo's name is on the disk too: {before:?}"
    );
}
