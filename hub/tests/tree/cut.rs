//! Days without a line, and a hub above that comes back from a backup.

use bantin_hub::backup;
use bantin_model::letter::{ReplyVerb, Verb};
use bantin_model::time::Seconds;
use bantin_testkit::{Person, TestClock, TestHub, notice};
use tempfile::TempDir;

use crate::cast::{TINH, TOP, Tree, XA, look, verbs};

#[tokio::test]
async fn two_days_without_a_line_lose_nothing() {
    let mut tree = Tree::new().await;
    tree.centre.publish(TOP, vec![notice("Trước", "1")]).await;
    tree.round().await;
    let before = tree.commune.follow(XA).await;
    let at = tree.province.go_dark().await;
    let mut mai = Person::mai();
    for day in ["Ngày một.", "Ngày hai."] {
        let letter = mai.letter(
            if day == "Ngày một." {
                Verb::Question
            } else {
                Verb::Reply
            },
            day,
        );
        mai.send_by(&tree.commune, &tree.centre, TOP, &letter).await;
        tree.clock.pass(Seconds::DAY + 60);
        tree.commune.hub.sign_heads().await.unwrap();
        let pass = look(&tree.commune).await;
        assert_eq!(pass.troubles, ["Offline"], "the province is not there");
    }
    let during = tree.commune.follow(XA).await;
    assert_eq!(
        during.heads[0], before.heads[0],
        "the centre's news stay as they were, shown as old"
    );
    assert_eq!(
        during.heads[2].head.issued_at.0 + 60,
        tree.clock.now().0 + 60,
        "the commune's own are fresh"
    );
    tree.commune
        .publish(XA, vec![notice("Trong lúc mất mạng", "2")])
        .await;
    let status = tree.commune.hub.upstream_status().await.unwrap().unwrap();
    assert_eq!(status.letters_waiting, 2, "both letters wait");
    assert!(
        status.faults(tree.clock.now())[0].contains("has not answered"),
        "and the operator is told: {:?}",
        status.faults(tree.clock.now())
    );
    tree.centre.publish(TOP, vec![notice("Sau", "3")]).await;
    tree.province.come_back(at).await;
    look(&tree.province).await;
    tree.letters_up().await;
    let letters = tree.centre.hub.store.letters_of(&mai.keys.id()).await;
    assert_eq!(letters.unwrap().len(), 2, "both letters arrived, each once");
    tree.answer(&mai, "Đã nhận.").await;
    tree.round().await;
    assert_eq!(
        verbs(&tree.read(&mut mai).await),
        [
            ReplyVerb::Delivered,
            ReplyVerb::Delivered,
            ReplyVerb::Answered
        ],
        "and what the centre said came down"
    );
    let after = tree.commune.follow(XA).await;
    assert!(
        after.heads[0].head.version > before.heads[0].head.version,
        "so did its news"
    );
}

#[tokio::test]
async fn a_hub_above_that_comes_back_from_a_backup_gets_the_letters_again() {
    let mut tree = Tree::new().await;
    let dir = TempDir::new().unwrap();
    let (copy, keys) = (dir.path().join("copy"), dir.path().join("all.keys"));
    backup::write(&tree.centre.hub, &copy).await.unwrap();
    backup::write_keys(&tree.centre.path, &keys).unwrap();
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "Sau bản sao.");
    let id = mai.send_by(&tree.commune, &tree.centre, TOP, &letter).await;
    tree.letters_up().await;
    tree.round().await;
    assert_eq!(
        verbs(&tree.read(&mut mai).await),
        [ReplyVerb::Delivered],
        "the centre had it"
    );
    let at = tree.centre.go_dark().await;
    let path = dir.path().join("again");
    backup::restore(&copy, &path, Some(&keys)).await.unwrap();
    let centre = TestHub::serve_at(dir, path, tree.clock.clone(), at).await;
    let pass = look(&tree.province).await;
    assert_eq!(
        pass.troubles,
        ["Resting"],
        "it rests until it has a new epoch"
    );
    tree.clock.pass(60);
    centre.hub.begin_epoch().await.unwrap();
    centre.let_speak(&tree.province, TINH).await;
    tree.centre = centre;
    tree.round().await;
    tree.letters_up().await;
    assert!(
        tree.centre.hub.store.letter(&id).await.unwrap().is_some(),
        "the carriers kept the letter and brought it again"
    );
    tree.answer(&mai, "Đã tìm thấy thư.").await;
    tree.round().await;
    let replies = verbs(&tree.read(&mut mai).await);
    assert_eq!(
        replies.last(),
        Some(&ReplyVerb::Answered),
        "and Mai is answered: {replies:?}"
    );
}

#[tokio::test]
async fn what_a_restored_hub_with_a_slow_clock_answers_comes_down() {
    let mut tree = Tree::new().await;
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "Trước bản sao.");
    mai.send_by(&tree.commune, &tree.centre, TOP, &letter).await;
    tree.letters_up().await;
    let dir = TempDir::new().unwrap();
    let (copy, keys) = (dir.path().join("copy"), dir.path().join("all.keys"));
    backup::write(&tree.centre.hub, &copy).await.unwrap();
    backup::write_keys(&tree.centre.path, &keys).unwrap();
    tree.clock.pass(20 * 86_400);
    tree.answer(&mai, "Sau bản sao.").await;
    tree.round().await;
    assert_eq!(
        verbs(&tree.read(&mut mai).await).last(),
        Some(&ReplyVerb::Answered),
        "all hubs, and Mai, have read up to a cursor of today"
    );
    let at = tree.centre.go_dark().await;
    let path = dir.path().join("again");
    backup::restore(&copy, &path, Some(&keys)).await.unwrap();
    // The new computer's clock is three weeks behind, and so are the cursors it hands out.
    let slow = TestClock::default();
    slow.pass(86_400);
    let centre = TestHub::serve_at(dir, path, slow.clone(), at).await;
    centre.hub.begin_epoch().await.unwrap();
    centre.let_speak(&tree.province, TINH).await;
    tree.centre = centre;
    tree.round().await;
    tree.answer(&mai, "Máy cũ hỏng, xin trả lời lại.").await;
    tree.round().await;
    // The commune learns of the new life with this look, and asks from the beginning with the next one.
    tree.round().await;
    let read = tree.read(&mut mai).await;
    assert_eq!(
        read.last().map(|opened| opened.reply.text.as_str()),
        Some("Máy cũ hỏng, xin trả lời lại."),
        "cursors of the life that was lost hide nothing of the new one"
    );
}

#[tokio::test]
async fn a_segment_file_that_was_lost_is_fetched_again() {
    let tree = Tree::new().await;
    tree.centre.publish(TOP, vec![notice("Tin", "1")]).await;
    tree.round().await;
    let segment = tree.commune.follow(TOP).await.heads[0].head.segments[0];
    let file = tree.commune.hub.disk.segment(&segment.hash);
    std::fs::remove_file(&file).unwrap();
    tree.round().await;
    assert!(file.exists(), "what a head lists is served");
}
