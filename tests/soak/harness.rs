//! The harnesses of this crate, and how much of each is the long form.

use bantin_row::Row;
use bantin_tests::clock::{CLOCKS, meets};
use bantin_tests::errand::{Broken, Counts, Errand, Point, enospc, kills, syncs_that_fail};
use bantin_tests::network::{COST_MAX, Fair, PROFILES};
use bantin_tests::restore::live;

use super::row::{at_most, done};
use super::run::{Run, run};
use super::{Terms, fuzz, simulation};

/// A harness: what it does within its terms, as rows.
pub type Harness = fn(&Terms) -> Vec<Row>;

/// All of them, the quick ones first.
pub const ALL: &[(&str, Harness)] = &[
    ("clocks", clocks),
    ("eio", eio),
    ("enospc", full_disks),
    ("restores", restores),
    ("profiles", profiles),
    ("kills", kill),
    ("simulation", simulation::all),
    ("fuzz", fuzz::all),
];

/// Kills and power cuts over device and hub.
const KILLS: u64 = 2_000;
/// Write points at which the disk is full.
const FULL: u64 = 500;
/// Syncs that report an error.
const EIO: u64 = 200;
/// Lives of a hub that is restored.
const RESTORES: u64 = 200;
/// Seeds for each network profile.
const SEEDS: u64 = 20;

fn kill(terms: &Terms) -> Vec<Row> {
    on_points("kills", KILLS, terms, kills)
}

fn full_disks(terms: &Terms) -> Vec<Row> {
    on_points("enospc", FULL, terms, enospc)
}

fn eio(terms: &Terms) -> Vec<Row> {
    on_points("eio", EIO, terms, syncs_that_fail)
}

fn on_points(
    name: &str,
    wanted: u64,
    terms: &Terms,
    points: fn(u64, u64, &Counts) -> Vec<Point>,
) -> Vec<Row> {
    let counts = Errand::counts();
    let points = points(wanted, terms.seed - 1, &counts);
    let run = run(name, wanted, terms, |number| {
        // Not in order: a run that is cut short has then seen all of the story.
        let at = number * 7_919 % wanted;
        let point = points[at as usize];
        let mut errand = Errand::new(Some(point));
        errand.tell().map_err(|what| format!("{point:?}: {what}"))?;
        match errand.broken() {
            Broken(what) if what.is_empty() => Ok(()),
            Broken(what) => Err(format!("{point:?}: {what}")),
        }
    });
    report(name, &run)
}

/// How many were told, and how many went wrong.
fn report<T>(name: &str, run: &Run<T>) -> Vec<Row> {
    let wrong = run.wrong();
    let note = wrong.first().cloned().unwrap_or_default();
    vec![
        done(name, "stories", run.done(), run.wanted),
        at_most(
            &format!("{name}/broken"),
            "stories",
            wrong.len() as f64,
            0.0,
            run.is_whole(),
            &note,
        ),
    ]
}

fn clocks(terms: &Terms) -> Vec<Row> {
    let pairs: Vec<_> = CLOCKS
        .iter()
        .flat_map(|phone| CLOCKS.iter().map(move |hub| (*phone, *hub)))
        .collect();
    let run = run("clocks", pairs.len() as u64, terms, |number| {
        let (phone, hub) = pairs[number as usize];
        match meets(phone.1, hub.1) {
            wrong if wrong.is_empty() => Ok(()),
            wrong => Err(format!("phone {}, hub {}: {wrong}", phone.0, hub.0)),
        }
    });
    report("clocks", &run)
}

fn restores(terms: &Terms) -> Vec<Row> {
    let run = run("restores", RESTORES, terms, |number| {
        let outcome = live(terms.seed * 10_000 + number);
        let lost = [&outcome.letters_lost[..], &outcome.answers_lost_wrongly[..]].concat();
        match lost.is_empty() {
            true => Ok(outcome),
            false => Err(lost.join("; ")),
        }
    });
    let told: Vec<_> = run
        .told
        .iter()
        .filter_map(|(_, t)| t.as_ref().ok())
        .collect();
    let sum = |of: fn(&bantin_tests::restore::Outcome) -> usize| {
        told.iter().map(|outcome| of(outcome)).sum::<usize>() as f64
    };
    let mut rows = report("restores", &run);
    rows.push(Row::new("restores/letters", "letters", sum(|o| o.letters)));
    rows.push(Row::new("restores/answers", "answers", sum(|o| o.answers)));
    let lost = sum(|o| o.answers_lost_unfetched);
    rows.push(
        Row::new("restores/answers-lost-unfetched", "answers", lost)
            .noted("given after the backup, never fetched by the phone"),
    );
    rows
}

fn profiles(terms: &Terms) -> Vec<Row> {
    let fair = Fair::new();
    let wanted = PROFILES.len() as u64 * SEEDS;
    let run = run("profiles", wanted, terms, |number| {
        let profile = PROFILES[number as usize % PROFILES.len()];
        let seed = terms.seed * 1_000 + number / PROFILES.len() as u64;
        let crossing = fair.on(profile, seed);
        match crossing.holds() {
            true => Ok(crossing),
            false => Err(format!("{crossing:?}")),
        }
    });
    let costs = run.told.iter().filter_map(|(_, told)| told.as_ref().ok());
    let worst = costs.max_by(|a, b| a.cost.total_cmp(&b.cost));
    let mut rows = report("profiles", &run);
    rows.extend(worst.map(|worst| {
        at_most(
            "profiles/worst-cost",
            "× fair",
            worst.cost,
            COST_MAX,
            run.is_whole(),
            worst.profile,
        )
    }));
    rows
}
