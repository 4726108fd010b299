//! Mai pays for every megabyte: what is counted, what goes first, and what waits.

use bantin_model::budget::{Battery, DataKind, Holds, Limits, Surroundings};
use bantin_model::id::{Hash, Lang, RecordId};
use bantin_model::letter::ReplyVerb;
use bantin_model::record::{Audio, Blob, Kind, Mime, Picture, Urgency};
use bantin_model::time::Seconds;
use bantin_wire::Code;
use bantin_wire::ipc::media::BlobArgs;

use crate::cast::{Phone, photo, question, refused};
use crate::hub::{COMMUNE, NOW, PROVINCE, World, article, place};
use crate::line::Line;
use crate::server::TestServer;

const DAY: u64 = Seconds::DAY;

/// What the smallest budget allows in a day.
fn tight() -> Limits {
    Limits {
        day_bytes: Some(100_000),
        ..Limits::default()
    }
}

/// Bytes that no two places of are alike.
fn noise(seed: u8, bytes: usize) -> Vec<u8> {
    let mut state = u64::from(seed) | 0x9e37_79b9_0000_0000;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..bytes).map(next).collect()
}

fn blob(world: &mut World, seed: u8, bytes: usize, mime: Mime) -> Blob {
    let contents = noise(seed, bytes);
    let hash = Hash::of(&contents);
    world.blobs.insert(hash, contents);
    Blob {
        hash,
        bytes: bytes as u64,
        mime,
    }
}

/// A notice with a small picture of 8 KB, a large one of 60 KB and a sound of 40 KB.
fn heard_and_seen(world: &mut World) -> [Hash; 3] {
    let thumb = blob(world, 1, 8_000, Mime::Jpeg);
    let screen = blob(world, 2, 60_000, Mime::Jpeg);
    let sound = blob(world, 3, 40_000, Mime::Ogg);
    let mut notice = article("Lịch tiêm phòng", "Sáng thứ bảy, nhà văn hoá.");
    notice.pictures = vec![Picture {
        thumb,
        screen,
        full: None,
        width: 960,
        height: 640,
        alt: Default::default(),
    }];
    notice.audio = vec![Audio {
        blob: sound,
        lang: Lang::vietnamese(),
        method: Default::default(),
        made_by: None,
    }];
    let leaf = world.record(COMMUNE, Kind::NOTICE, &notice);
    world.publish(COMMUNE, vec![bantin_model::feed::Change::Put(leaf)]);
    [thumb.hash, sound.hash, screen.hash]
}

/// A text that no packing makes smaller.
fn long_text(bytes: usize) -> String {
    let word = |n: usize| format!("{:08x} ", (n as u32).wrapping_mul(2_654_435_761));
    (0..bytes / 9).map(word).collect()
}

/// So many plans of 200 KB, in one segment.
fn plans(world: &mut World, count: usize) {
    let plan = |_| article("Quy hoạch", &long_text(200_000));
    let plans: Vec<_> = (0..count).map(plan).collect();
    let changes = plans
        .iter()
        .map(|plan| world.record(COMMUNE, Kind::NOTICE, plan));
    let changes = changes.map(bantin_model::feed::Change::Put).collect();
    world.publish(COMMUNE, changes);
}

fn urgent(world: &mut World, at: &str, title: &str) -> RecordId {
    let mut notice = article(title, "Nước lên nhanh, lên chỗ cao ngay.");
    notice.urgency = Urgency::URGENT;
    let leaf = world.record(at, Kind::NOTICE, &notice);
    let id = bantin_model::record::Record::from_bytes(&leaf).unwrap().id;
    world.publish(at, vec![bantin_model::feed::Change::Put(leaf)]);
    id
}

async fn following(server: &TestServer, line: &Line) -> Phone {
    let phone = Phone::new().await;
    let link = line.link(server);
    phone.engine.follow(&link, &place(COMMUNE)).await.unwrap();
    phone
}

#[tokio::test]
async fn the_phone_counts_what_the_line_carries_and_knows_what_for() {
    let server = TestServer::start().await;
    let line = Line::to(&server).await;
    server.world(heard_and_seen);
    let mut mai = following(&server, &line).await;
    mai.engine.sync().await.unwrap();
    let token = mai.engine.add_photo(photo()).await.unwrap().token;
    let mut asked = question("Bao giờ tiêm cho trẻ nhỏ ạ?");
    asked.photos = vec![token];
    mai.engine.ask(&asked, "tap").await.unwrap();
    mai.engine.sync().await.unwrap();
    server.world(|world| {
        let letter = world.opened().remove(0);
        world.answer(&letter, ReplyVerb::Answered, "Sáng chủ nhật.");
    });
    mai.engine.sync().await.unwrap();
    let passed = line.bytes();
    let used = mai.engine.data_use().await.unwrap();
    let off = passed.abs_diff(used.today_bytes);
    assert!(
        off * 100 <= passed,
        "{passed} bytes passed, {} were counted",
        used.today_bytes
    );
    for (kind, least) in [
        (DataKind::Ask, 300),
        (DataKind::Letter, 1_500),
        (DataKind::Answer, 300),
        (DataKind::Text, 500),
        (DataKind::Thumb, 8_000),
        (DataKind::Sound, 40_000),
        (DataKind::Rest, 60_000),
    ] {
        let counted = used.month.get(&kind).copied().unwrap_or_default();
        assert!(
            counted >= least,
            "{kind:?} cost at least {least}, not {counted}"
        );
    }
    let sum: u64 = used.month.values().sum();
    assert_eq!(
        (sum, used.days.len()),
        (used.month_bytes, 1),
        "the kinds are the month, the month one day"
    );
    mai.restart().await;
    let again = mai.engine.data_use().await.unwrap();
    assert_eq!(
        again.month, used.month,
        "and all of it is there after a restart"
    );
    mai.set_clock(NOW.plus(DAY));
    let next = mai.engine.data_use().await.unwrap();
    assert_eq!(
        (next.today_bytes, next.month_bytes),
        (0, sum),
        "a new day begins at nothing"
    );
}

#[tokio::test]
async fn what_a_cut_line_carried_is_counted_too() {
    let server = TestServer::start().await;
    let line = Line::to(&server).await;
    let mut mai = following(&server, &line).await;
    mai.engine.sync().await.unwrap();
    let before = mai.engine.data_use().await.unwrap().today_bytes;
    server.world(|world| plans(world, 3));
    line.bytes();
    line.cut_after(300_000);
    refused(mai.engine.sync().await);
    mai.restart().await;
    let counted = mai.engine.data_use().await.unwrap().today_bytes - before;
    let passed = line.bytes();
    assert!(passed >= 300_000, "so much went over it");
    // What still lay in the system's buffers never reached the app.
    assert!(
        counted * 10 >= passed * 6,
        "{passed} bytes went, {counted} were counted"
    );
    line.mend();
}

#[tokio::test]
async fn a_spent_day_lets_letters_answers_and_the_flood_warning_through() {
    let server = TestServer::start().await;
    let line = Line::to(&server).await;
    let mai = following(&server, &line).await;
    mai.engine.sync().await.unwrap();
    mai.engine.set_limits(&tight()).await.unwrap();
    server.world(|world| plans(world, 2));
    line.bytes();
    let outcome = mai.engine.sync().await.unwrap();
    assert_eq!(
        outcome.records_changed, 0,
        "so long a text has no room today"
    );
    assert!(line.bytes() < 400_000, "and is cut on its way");
    let used = mai.engine.data_use().await.unwrap();
    assert_eq!(
        used.holds,
        Some(Holds::Day),
        "Mai is told that the day is spent"
    );
    let text = used.waits.iter().find(|line| line.kind == DataKind::Text);
    assert!(
        text.is_some_and(|line| line.bytes >= 400_000),
        "and what waits: {:?}",
        used.waits
    );
    let status = mai.engine.status().await.unwrap();
    assert_eq!(status.holds, Some(Holds::Day), "every screen can say so");
    assert_eq!(status.last_failure, None, "nothing is wrong");

    mai.engine
        .ask(&question("Bao giờ có điện ạ?"), "tap")
        .await
        .unwrap();
    let flood = server.world(|world| urgent(world, PROVINCE, "Lũ về"));
    let outcome = mai.engine.sync().await.unwrap();
    assert_eq!(outcome.letters_accepted, 1, "a letter leaves all the same");
    let ids: Vec<RecordId> = mai.notices().await.iter().map(|card| card.id).collect();
    assert_eq!(ids, [flood], "the warning is here, the plan is not");
    server.world(|world| {
        let letter = world.opened().remove(0);
        world.answer(&letter, ReplyVerb::Answered, "Tối nay.");
    });
    let outcome = mai.engine.sync().await.unwrap();
    assert_eq!(outcome.entries_received, 1, "and the answer comes");
}

#[tokio::test]
async fn what_one_day_cut_the_next_days_finish() {
    let server = TestServer::start().await;
    let line = Line::to(&server).await;
    let mai = following(&server, &line).await;
    mai.engine.sync().await.unwrap();
    mai.engine.set_limits(&tight()).await.unwrap();
    server.world(|world| plans(world, 2));
    line.bytes();
    let mut days = 0;
    while mai.notices().await.is_empty() {
        days += 1;
        assert!(days < 9, "it must come to an end");
        mai.set_clock(NOW.plus(days * DAY));
        server.world(|world| {
            world.now = NOW.plus(days * DAY);
            world.sign_again();
        });
        mai.engine.sync().await.unwrap();
    }
    assert!(days >= 3, "a hundred kilobytes a day, not faster");
    let passed = line.bytes();
    assert!(passed < 560_000, "what came is not fetched again: {passed}");
    let used = mai.engine.data_use().await.unwrap();
    for day in &used.days {
        let sum: u64 = day.kinds.values().sum();
        // What is read at once may pass the limit by one piece.
        assert!(sum < 180_000, "no day took much more than it may: {day:?}");
    }
}

#[tokio::test]
async fn now_whatever_it_takes_is_a_person_s_right() {
    let server = TestServer::start().await;
    let line = Line::to(&server).await;
    let mai = following(&server, &line).await;
    mai.engine.sync().await.unwrap();
    mai.engine.set_limits(&tight()).await.unwrap();
    let media = server.world(|world| {
        plans(world, 2);
        heard_and_seen(world)
    });
    mai.engine.sync().await.unwrap();
    assert!(mai.notices().await.is_empty(), "it waits");
    mai.engine.fetch_waiting().await.unwrap();
    assert_eq!(mai.notices().await.len(), 3, "all texts came");
    for hash in media {
        let held = mai.path().join("blobs").join(hash.to_string());
        assert!(held.exists(), "and all pictures and sounds");
    }
    assert!(
        mai.engine.data_use().await.unwrap().waits.is_empty(),
        "nothing waits any more"
    );
    server.world(|world| plans(world, 2));
    mai.engine.sync().await.unwrap();
    assert_eq!(mai.notices().await.len(), 3, "it was for this once");
}

#[tokio::test]
async fn sound_waits_for_wifi_or_for_a_tap() {
    let server = TestServer::start().await;
    let line = Line::to(&server).await;
    let [thumb, sound, screen] = server.world(heard_and_seen);
    let mai = following(&server, &line).await;
    let around = |metered| Surroundings {
        metered: Some(metered),
        ..Surroundings::default()
    };
    mai.engine.tell_surroundings(around(true)).await.unwrap();
    mai.engine.sync().await.unwrap();
    let here = |hash: Hash| mai.path().join("blobs").join(hash.to_string()).exists();
    assert!(here(thumb), "a small picture comes over mobile data");
    assert!(!here(sound) && !here(screen), "what is large waits");
    let used = mai.engine.data_use().await.unwrap();
    let kinds: Vec<_> = used
        .waits
        .iter()
        .map(|line| (line.kind, line.why, line.bytes))
        .collect();
    let expected = [
        (DataKind::Sound, Holds::Metered, 40_000),
        (DataKind::Rest, Holds::Metered, 60_000),
    ];
    assert_eq!(kinds, expected, "and is told, in its order");
    let unasked = BlobArgs {
        hash: screen,
        kind: Some(DataKind::Rest),
        asked: false,
    };
    let failure = refused(mai.engine.blob_get(&unasked).await);
    assert_eq!(
        failure.code,
        Code::DataWaits,
        "a picture that only scrolls by waits"
    );
    let tapped = BlobArgs {
        asked: true,
        ..unasked
    };
    assert_eq!(
        mai.engine.blob_get(&tapped).await.unwrap().len(),
        60_000,
        "a tap is a wish"
    );
    mai.engine.tell_surroundings(around(false)).await.unwrap();
    mai.engine.sync().await.unwrap();
    assert!(here(sound), "over Wi-Fi it comes by itself");
}

#[tokio::test]
async fn a_low_battery_wakes_the_radio_rarely_and_only_for_what_counts() {
    let server = TestServer::start().await;
    let line = Line::to(&server).await;
    let media = server.world(heard_and_seen);
    let mai = following(&server, &line).await;
    let low = Surroundings {
        battery: Some(Battery {
            percent: 12,
            charging: Some(false),
        }),
        ..Surroundings::default()
    };
    mai.engine.tell_surroundings(low).await.unwrap();
    mai.engine.sync().await.unwrap();
    assert_eq!(mai.notices().await.len(), 1, "the text is here");
    let here = |hash: &Hash| mai.path().join("blobs").join(hash.to_string()).exists();
    assert!(
        !media.iter().any(here),
        "pictures and sound wait for a charger"
    );
    assert!(
        mai.engine.next_sync_after_s().await.unwrap() >= 3600,
        "an hour until the next time"
    );
    mai.engine
        .tell_surroundings(Surroundings::default())
        .await
        .unwrap();
    assert!(
        mai.engine.next_sync_after_s().await.unwrap() < 1000,
        "else a quarter of one"
    );
}

#[tokio::test]
async fn one_sync_is_one_burst_on_the_line() {
    let server = TestServer::start().await;
    let line = Line::to(&server).await;
    let mai = following(&server, &line).await;
    mai.engine.sync().await.unwrap();
    let token = mai.engine.add_photo(photo()).await.unwrap().token;
    let mut asked = question("Bao giờ tiêm cho trẻ nhỏ ạ?");
    asked.photos = vec![token];
    mai.engine.ask(&asked, "tap").await.unwrap();
    server.world(heard_and_seen);
    line.connections();
    server.asked();
    mai.engine.sync().await.unwrap();
    let burst = server.asked();
    let brought = [
        "heads",
        "segments",
        "attachments",
        "letters",
        "mailbox",
        "blobs",
    ];
    for noun in brought {
        let went = burst
            .iter()
            .any(|request| request.contains(&format!("/v1/{noun}")));
        assert!(went, "{noun} goes with the rest: {burst:?}");
    }
    assert!(
        line.connections() <= 2,
        "all of it over the two connections that hide each other's waits"
    );
    // The pause is a quarter of an hour: nothing else may wake the radio until then.
    assert!(
        mai.engine.next_sync_after_s().await.unwrap() >= 900,
        "then it sleeps"
    );
    assert_eq!(
        server.asked(),
        Vec::<String>::new(),
        "and nothing trickles after"
    );
}

#[tokio::test]
async fn a_clock_from_1970_gives_no_new_budget() {
    let server = TestServer::start().await;
    let line = Line::to(&server).await;
    let mai = following(&server, &line).await;
    mai.engine.sync().await.unwrap();
    let spent = mai.engine.data_use().await.unwrap().today_bytes;
    assert!(spent > 0, "something was spent");
    mai.set_clock(Seconds(60));
    let used = mai.engine.data_use().await.unwrap();
    assert_eq!(
        used.today_bytes, spent,
        "the day is never before what was signed"
    );
    mai.set_clock(NOW.plus(3650 * DAY));
    assert_eq!(
        mai.engine.data_use().await.unwrap().today_bytes,
        0,
        "ten years ahead is another day"
    );
    mai.set_clock(NOW);
    assert_eq!(
        mai.engine.data_use().await.unwrap().today_bytes,
        spent,
        "and back nothing is forgotten"
    );
}

#[tokio::test]
async fn a_budget_of_nonsense_changes_nothing_and_names_its_field() {
    let phone = Phone::new().await;
    phone.engine.set_limits(&tight()).await.unwrap();
    let wrong = Limits {
        day_bytes: Some(5),
        ..Limits::default()
    };
    let failure = refused(phone.engine.set_limits(&wrong).await);
    assert_eq!(
        failure.field.as_deref(),
        Some("day_bytes"),
        "the field is named"
    );
    assert_eq!(failure.number, Some(100_000), "and the least it may say");
    let kept = phone.engine.data_use().await.unwrap().limits;
    assert_eq!(kept, tight(), "what counted before counts on");
}
