//! Ten thousand notices on a cheap phone: a first sync and a search within 80 MB.

use std::process::Command;

use bantin_engine::{Engine, EngineConfig};
use bantin_model::feed::Change;
use bantin_model::id::RecordId;
use bantin_model::record::{Kind, Record};
use bantin_model::time::Seconds;

use crate::hub::{COMMUNE, NOW, article, place};
use crate::server::TestServer;

/// Tells the child process, which is this very test binary, that it is the phone: link and folder.
const LINK: &str = "BANTIN_TEST_LINK";
const FOLDER: &str = "BANTIN_TEST_FOLDER";
const RECORDS: u32 = 10_000;
const MEMORY_KIB_MAX: u64 = 80 << 10;

/// A notice of about 1.6 KB, each with other words.
fn notice(number: u32) -> Change {
    let words = [
        "đường",
        "nước",
        "điện",
        "trường",
        "thuốc",
        "giống",
        "rừng",
        "chợ",
    ];
    let word = |n: u32| words[(number.wrapping_mul(2_654_435_761) >> (n % 24)) as usize % 8];
    let body: String = (0..250).map(|n| format!("{} ", word(n))).collect();
    let mut random = [0u8; 10];
    random[..4].copy_from_slice(&number.to_be_bytes());
    let at = Seconds(NOW.0 - u64::from(number) * 3600);
    let article = article(&format!("Tin số {number}"), &body);
    Change::Put(
        Record::new(
            RecordId::new(at, random),
            Kind::NOTICE,
            place(COMMUNE),
            at,
            &article,
        )
        .to_bytes(),
    )
}

/// Runs in a process of its own, so that its memory is the engine's.
#[tokio::test]
async fn phone_of_the_large_sync() {
    let (Ok(link), Ok(folder)) = (std::env::var(LINK), std::env::var(FOLDER)) else {
        return;
    };
    let engine = Engine::open(folder.as_ref(), EngineConfig::default())
        .await
        .unwrap();
    engine.follow(&link, &place(COMMUNE)).await.unwrap();
    let outcome = engine.sync().await.unwrap();
    assert!(
        outcome.records_changed >= RECORDS,
        "everything came: {outcome:?}"
    );
    let hits = engine.search("dien nuoc", 50).await.unwrap();
    assert_eq!(hits.len(), 50, "and is found");
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    println!("peak {}", line.split_whitespace().nth(1).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_sync_of_ten_thousand_notices_stays_small() {
    let server = TestServer::start().await;
    let changes = (0..RECORDS).map(notice).collect();
    server.world(|world| world.publish(COMMUNE, changes));
    let folder = tempfile::tempdir().unwrap();
    let mut phone = Command::new(std::env::current_exe().unwrap());
    phone.args(["--exact", "large::phone_of_the_large_sync", "--nocapture"]);
    phone.env(LINK, server.link()).env(FOLDER, folder.path());
    let output = tokio::task::spawn_blocking(move || phone.output())
        .await
        .unwrap()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "the phone synced: {said}");
    let peak = said
        .lines()
        .find_map(|line| line.split_once("peak ")?.1.trim().parse::<u64>().ok());
    let peak = peak.expect("the phone says how much it used");
    assert!(
        peak <= MEMORY_KIB_MAX,
        "{peak} KiB at most {MEMORY_KIB_MAX}"
    );
    println!("peak memory {peak} KiB");
}
