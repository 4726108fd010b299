//! The rows that the project has set itself goals for.

use bantin_wire::http::LETTERS;

use super::POUCH;
use super::step::Steps;
use bantin_row::{Bound, Row};

/// Rows of ours beside the peer's, with what may be at most. `payload` is the photos as both were given them.
pub(super) fn rows(ours: &Steps, peer: &Steps, notices: u64, payload: u64) -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(first_sync(ours, peer, notices).into_iter().flatten());
    rows.extend(bytes(ours, peer, "ten-changed", "ten-changed", 0.35));
    rows.extend(round_trips(ours, "ten-changed", 2.0));
    rows.extend(bytes(ours, peer, "nothing-new", "nothing-new", 0.12));
    rows.extend(round_trips(ours, "nothing-new", 1.0));
    rows.extend(
        bytes(ours, peer, "nothing-new-mail", "nothing-new", 0.2)
            .map(|row| row.noted("heads and one mailbox; the peer asks for its one database")),
    );
    rows.extend(round_trips(ours, "nothing-new-mail", 2.0));
    rows.extend(photos(ours, peer, payload).into_iter().flatten());
    rows.extend(letter(ours, peer).into_iter().flatten());
    rows
}

fn first_sync(ours: &Steps, peer: &Steps, notices: u64) -> Option<[Row; 3]> {
    let step = ours.of("first-sync")?;
    let bytes = step
        .bytes_row("first-sync", POUCH, peer.bytes("first-sync"))
        .goal(Bound::RatioAtMost, 0.68);
    let each = step.passed.bytes() as f64 / notices.max(1) as f64;
    let each = Row::new("first-sync/bytes-each", "bytes", each)
        .noted("a notice; read it with the corpus rows");
    let time = Row::of_many("first-sync/time", "s", &step.seconds)
        .beside(POUCH, peer.seconds("first-sync"))
        .goal(Bound::RatioAtMost, 0.20)
        .noted("bantin follow, bantin sync: durable, indexed, both starts included; the peer in memory, started before; by turns");
    Some([bytes, each, time])
}

fn bytes(ours: &Steps, peer: &Steps, name: &str, theirs: &str, most: f64) -> Option<Row> {
    let row = ours.of(name)?.bytes_row(name, POUCH, peer.bytes(theirs));
    Some(row.goal(Bound::RatioAtMost, most))
}

fn round_trips(ours: &Steps, name: &str, most: f64) -> Option<Row> {
    let trips = ours.of(name)?.passed.round_trips as f64;
    let row = Row::new(&format!("{name}/round-trips"), "round trips", trips);
    Some(
        row.goal(Bound::OursAtMost, most)
            .noted("requests that waited for an answer; setting connections up comes on top"),
    )
}

fn photos(ours: &Steps, peer: &Steps, payload: u64) -> Option<[Row; 2]> {
    let step = ours.of("photos")?;
    let up = Row::new("photos/up", "bytes", step.passed.up_bytes as f64)
        .beside("the photos", Some(payload as f64))
        .goal(Bound::RatioAtMost, 1.03)
        .noted("20 photos as the phone keeps them, in three letters, because a letter takes eight");
    let bytes = step.bytes_row("photos", POUCH, peer.bytes("photos"));
    Some([up, bytes])
}

fn letter(ours: &Steps, peer: &Steps) -> Option<[Row; 3]> {
    let step = ours.of("letter")?;
    let bytes = step
        .bytes_row("letter", POUCH, peer.bytes("letter"))
        .goal(Bound::RatioAtMost, 0.25);
    let requests = step.passed.requests.len() as f64;
    let requests = Row::new("letter/requests", "requests", requests)
        .goal(Bound::OursAtMost, 1.0)
        .noted(&step.passed.kinds());
    let envelope = step.passed.body_bytes(LETTERS) as f64;
    let envelope = Row::new("letter/envelope", "bytes", envelope)
        .goal(Bound::OursAtMost, 640.0)
        .noted("sealed and padded: what a carrier sees of 200 characters");
    Some([bytes, requests, envelope])
}
