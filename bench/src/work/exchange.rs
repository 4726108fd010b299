//! What goes between a phone and its hub. Everything is done twice: once to count what passes and how
//! long it takes, once on another phone under `strace` to count disk syncs, which slows everything down.

use anyhow::ensure;

use super::say;
use crate::corpus::SEED;
use crate::meter::Traffic;
use crate::program::Trace;
use crate::row::{Row, traffic};
use crate::village::{Did, Phone, Village, bytes_below, photos};

/// Notices whose text changes.
const CHANGED: u64 = 10;
/// Photos sent, and how many go with one letter at most.
const PHOTOS: u64 = 20;
const PHOTOS_A_LETTER: usize = 8;
/// Characters of the letter.
const LETTER_CHARS: usize = 200;
/// Memory of a sync, in KiB.
const MEMORY_KIB: f64 = 80.0 * 1024.0;
/// First syncs timed, each of a new phone.
const FIRST_SYNCS: usize = 3;

/// How disk syncs were counted.
const TRACED: &str = "fsync, fdatasync, sync_file_range; a second run under strace";

/// One piece of work.
struct Step {
    name: &'static str,
    passed: Traffic,
    did: Did,
    hub_syncs: Option<u64>,
}

/// Measures the exchange if `all`; in any case a phone has everything afterwards.
pub(super) fn measure(
    village: &mut Village,
    all: bool,
    rows: &mut Vec<Row>,
) -> anyhow::Result<Phone> {
    village.serve(false)?;
    let phone = village.phone("mai", false)?;
    say("first sync");
    let first = step(village, "first-sync", || phone.follow_and_sync())?;
    let got = first.did.told("records_changed");
    ensure!(
        got >= village.notices,
        "{got} of {} records came",
        village.notices
    );
    if !all {
        return Ok(phone);
    }
    let mut times = vec![first.did.seconds];
    for number in 1..FIRST_SYNCS {
        let another = village.phone(&format!("mai-{number}"), false)?;
        times.push(another.follow_and_sync()?.seconds);
    }
    rows.extend(first_rows(&first, &times, village.notices));
    say("nothing new, changes, a letter, photos");
    let mut payload = 0;
    for step in later(village, &phone, SEED + 1, &mut payload)? {
        rows.extend(step_rows(&step, payload));
    }
    if Trace::possible() {
        say("the same under strace");
        rows.extend(syncs(village)?);
    } else {
        say("no strace here: disk syncs are not counted");
    }
    Ok(phone)
}

fn step(
    village: &Village,
    name: &'static str,
    work: impl FnOnce() -> anyhow::Result<Did>,
) -> anyhow::Result<Step> {
    let before = village.trace().map(Trace::settled).transpose()?;
    village.passed();
    let did = work()?;
    let passed = village.passed();
    let after = village.trace().map(Trace::settled).transpose()?;
    let hub_syncs = before.zip(after).map(|(before, after)| after - before);
    Ok(Step {
        name,
        passed,
        did,
        hub_syncs,
    })
}

/// What follows a first sync. `payload` becomes the bytes of the photos as the phone keeps them.
fn later(
    village: &mut Village,
    phone: &Phone,
    seed: u64,
    payload: &mut u64,
) -> anyhow::Result<Vec<Step>> {
    let sync = || phone.run(&["sync"]);
    let mut steps = vec![step(village, "nothing-new", sync)?];
    village.change(seed, CHANGED)?;
    let changed = step(village, "ten-changed", sync)?;
    let got = changed.did.told("records_changed");
    ensure!(got == CHANGED, "{got} of {CHANGED} changes came");
    steps.push(changed);
    let letter: String = "Bao giờ có thuốc cho trâu bò? "
        .chars()
        .cycle()
        .take(LETTER_CHARS)
        .collect();
    steps.push(step(village, "letter", || {
        let asked = phone.run(&["ask", letter.trim_end(), "--topic", "market"])?;
        Ok(asked.then(accepted(phone, 1)?))
    })?);
    // The letter's reply "delivered" is fetched first, so that nothing is new.
    sync()?;
    steps.push(step(village, "nothing-new-mail", sync)?);
    let taken = photos(&village.path("photos"), PHOTOS)?;
    let taken: Vec<String> = taken
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let letters = taken.chunks(PHOTOS_A_LETTER);
    let expected = letters.len() as u64;
    steps.push(step(village, "photos", || {
        let mut did: Option<Did> = None;
        for photos in letters {
            let mut arguments = vec!["ask", "Ảnh gửi kèm."];
            photos
                .iter()
                .for_each(|photo| arguments.extend(["--photo", photo]));
            let asked = phone.run(&arguments)?;
            did = Some(match did {
                Some(did) => did.then(asked),
                None => asked,
            });
        }
        *payload = bytes_below(&phone.data().join("profiles/me/photos"))?;
        let sent = accepted(phone, expected)?;
        Ok(did.map_or(sent.clone(), |did| did.then(sent)))
    })?);
    Ok(steps)
}

/// A sync in which the hub proves that it has `letters` more.
fn accepted(phone: &Phone, letters: u64) -> anyhow::Result<Did> {
    let did = phone.run(&["sync"])?;
    let got = did.told("letters_accepted");
    ensure!(got == letters, "{got} of {letters} letters were accepted");
    Ok(did)
}

fn first_rows(first: &Step, times: &[f64], notices: u64) -> Vec<Row> {
    let mut rows = traffic(first.name, &first.passed);
    let each = first.passed.down_bytes as f64 / notices.max(1) as f64;
    rows.push(
        Row::new(first.name, "down_bytes_each", each)
            .noted("a notice; read it with the corpus rows above"),
    );
    rows.extend(resources(first, times));
    rows
}

fn step_rows(step: &Step, payload: u64) -> Vec<Row> {
    let mut rows = traffic(step.name, &step.passed);
    match step.name {
        "letter" => rows.push(
            Row::new(
                step.name,
                "envelope_bytes",
                step.passed.body_bytes(bantin_wire::http::LETTERS) as f64,
            )
            .noted("sealed and padded: what a carrier sees of 200 characters"),
        ),
        "photos" => {
            rows.push(
                Row::new(step.name, "payload_bytes", payload as f64)
                    .noted("20 photos as the phone keeps them, metadata gone"),
            );
            let ratio = step.passed.up_bytes as f64 / payload.max(1) as f64;
            rows.push(Row::new(step.name, "up_to_payload_ratio", ratio).noted("three letters"));
        }
        _ => {}
    }
    rows.extend(resources(step, &[step.did.seconds]));
    rows
}

/// Time, of one run or several, and memory.
fn resources(step: &Step, times: &[f64]) -> Vec<Row> {
    let commands = match step.name {
        "first-sync" => "bantin follow, bantin sync; three new phones, one after the other",
        "letter" => "bantin ask, bantin sync",
        "photos" => "three times bantin ask, bantin sync; most of it makes photos small",
        _ => "bantin sync",
    };
    let mut rows = vec![Row::of_many(step.name, "seconds", times).noted(commands)];
    if let Some(kib) = step.did.peak_kib {
        let memory = Row::new(step.name, "peak_kib", kib as f64);
        // The goal is one of sync and search; a photo of many pixels takes what its pixels take.
        rows.push(match step.name {
            "photos" => memory.noted("resident memory of bantin, decoding photos included"),
            _ => memory
                .at_most(MEMORY_KIB)
                .noted("resident memory of the whole bantin process"),
        });
    }
    rows
}

/// The same work once more, on a phone and a hub whose syncs are counted.
fn syncs(village: &mut Village) -> anyhow::Result<Vec<Row>> {
    village.serve(true)?;
    let phone = village.phone("thu", true)?;
    let mut steps = vec![step(village, "first-sync", || phone.follow_and_sync())?];
    steps.extend(later(village, &phone, SEED + 2, &mut 0)?);
    village.serve(false)?;
    let mut rows = Vec::new();
    for step in steps {
        if let Some(syncs) = step.did.syncs {
            rows.push(Row::new(step.name, "device_disk_syncs", syncs as f64).noted(TRACED));
        }
        if let Some(syncs) = step.hub_syncs {
            rows.push(Row::new(step.name, "hub_disk_syncs", syncs as f64).noted(TRACED));
        }
    }
    Ok(rows)
}
