//! The harnesses of this crate, and how much of each is the long form.

use std::sync::LazyLock;

use bantin_row::Row;
use bantin_tests::clock::{CLOCKS, meets};
use bantin_tests::errand::{Broken, Counts, Errand, Point, Side, enospc, kills, syncs_that_fail};
use bantin_tests::network::{COST_MAX, Fair, PROFILES};
use bantin_tests::restore::{Outcome, live};

use super::row::{at_most, done};
use super::run::{Run, run, run_many};
use super::{Terms, fuzz, packs, simulation};

/// A harness.
pub struct Harness {
    /// Its name on the command line and before its rows.
    pub name: &'static str,
    /// What it drives: figures of several sittings are one figure as long as these are the same.
    pub programs: &'static [&'static str],
    /// What it does within its terms, as rows.
    pub run: fn(&Terms<'_>) -> Vec<Row>,
}

const fn harness(
    name: &'static str,
    programs: &'static [&'static str],
    run: fn(&Terms<'_>) -> Vec<Row>,
) -> Harness {
    Harness {
        name,
        programs,
        run,
    }
}

/// Device, hub, and this program, which tells the stories.
const STORY: &[&str] = &["bantin", "bantin-hub", "bantin-soak"];

/// All of them, the quick ones first.
pub const ALL: &[Harness] = &[
    harness("packs", &["bantin-soak"], packs::all),
    harness("clocks", STORY, clocks),
    harness("eio", STORY, eio),
    harness("enospc", STORY, full_disks),
    harness("restores", STORY, restores),
    harness("profiles", STORY, profiles),
    harness("kills", STORY, kill),
    harness("simulation", &["bantin-simulation"], simulation::all),
    harness("fuzz", &["bantin-fuzz"], fuzz::all),
];

/// Kills and power cuts over the phone, the hub that carries, and the hub above it.
const KILLS: u64 = 2_000;
/// Write points at which the disk is full.
const FULL: u64 = 500;
/// Syncs that report an error.
const EIO: u64 = 200;
/// Lives of a hub that is restored.
const RESTORES: u64 = 200;
/// Tellings of one point: near the end of the story a call may not come.
const TELLINGS_MAX: usize = 5;
/// Errands for each processor: each waits for the next second once.
const ERRANDS_AT_ONCE: usize = 2;
/// Seeds for each network profile.
const SEEDS: u64 = 20;
/// Crossings for each processor: most of them wait for their line most of the time.
const CROSSINGS_AT_ONCE: usize = 16;
/// A line of fewer bytes a second takes a crossing ten minutes.
const SLOW: u64 = 10_000;

fn kill(terms: &Terms<'_>) -> Vec<Row> {
    on_points("kills", KILLS, terms, kills)
}

fn full_disks(terms: &Terms<'_>) -> Vec<Row> {
    on_points("enospc", FULL, terms, enospc)
}

fn eio(terms: &Terms<'_>) -> Vec<Row> {
    on_points("eio", EIO, terms, syncs_that_fail)
}

fn on_points(
    name: &str,
    wanted: u64,
    terms: &Terms<'_>,
    points: fn(u64, u64, &Counts) -> Vec<Point>,
) -> Vec<Row> {
    let points = LazyLock::new(|| points(wanted, terms.seed - 1, &Errand::counts()));
    let at_once = terms.jobs * ERRANDS_AT_ONCE;
    let run = run_many(
        wanted,
        terms,
        at_once,
        |_| false,
        |number| {
            // Not in order: a run that is cut short has then seen all of the story.
            suffer(points[(number * 7_927 % wanted) as usize])
        },
    );
    let mut rows = report(name, &run);
    for side in Side::ALL.map(Side::name) {
        let hit = run.well().filter(|of| of.as_str() == side).count();
        rows.push(Row::new(&format!("{name}/{side}"), "stories", hit as f64));
    }
    rows
}

/// Tells the errand until its fault came to pass, which it mostly does at once; whose disk it was.
fn suffer(mut point: Point) -> Result<String, String> {
    for _ in 0..TELLINGS_MAX {
        let mut errand = Errand::new(Some(point));
        errand.tell().map_err(|what| format!("{point:?}: {what}"))?;
        let Broken(what) = errand.broken();
        if !what.is_empty() {
            return Err(format!("{point:?}: {what}"));
        }
        if errand.was_hit() {
            return Ok(point.side.name().to_owned());
        }
        point = point.earlier();
    }
    Err(format!("{point:?}: its fault never came to pass"))
}

/// How many were told, and how many went wrong.
pub fn report<T>(name: &str, run: &Run<T>) -> Vec<Row> {
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

fn clocks(terms: &Terms<'_>) -> Vec<Row> {
    let pairs: Vec<_> = CLOCKS
        .iter()
        .flat_map(|phone| CLOCKS.iter().map(move |hub| (*phone, *hub)))
        .collect();
    let run = run(pairs.len() as u64, terms, |number| {
        let (phone, hub) = pairs[number as usize];
        match meets(phone.1, hub.1) {
            wrong if wrong.is_empty() => Ok(()),
            wrong => Err(format!("phone {}, hub {}: {wrong}", phone.0, hub.0)),
        }
    });
    report("clocks", &run)
}

fn restores(terms: &Terms<'_>) -> Vec<Row> {
    let run = run(RESTORES, terms, |number| {
        let outcome = live(terms.seed * 10_000 + number);
        let lost = [&outcome.letters_lost[..], &outcome.answers_lost_wrongly[..]].concat();
        match lost.is_empty() {
            true => Ok(outcome),
            false => Err(lost.join("; ")),
        }
    });
    let sum = |of: fn(&Outcome) -> usize| run.well().map(of).sum::<usize>() as f64;
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

fn profiles(terms: &Terms<'_>) -> Vec<Row> {
    let fair = LazyLock::new(Fair::new);
    let wanted = PROFILES.len() as u64 * SEEDS;
    let at_once = terms.jobs * CROSSINGS_AT_ONCE;
    let profile = |number: u64| PROFILES[number as usize % PROFILES.len()];
    let slow = |number| (1..SLOW).contains(&profile(number).rate);
    let run = run_many(wanted, terms, at_once, slow, |number| {
        let profile = profile(number);
        let seed = terms.seed * 1_000 + number / PROFILES.len() as u64;
        let crossing = fair.on(profile, seed);
        match crossing.holds() {
            true => Ok((profile.name.to_owned(), crossing.cost)),
            false => Err(format!("{crossing:?}")),
        }
    });
    let worst = run.well().max_by(|a, b| a.1.total_cmp(&b.1));
    let mut rows = report("profiles", &run);
    rows.extend(worst.map(|(name, cost)| {
        let whole = run.is_whole();
        at_most(
            "profiles/worst-cost",
            "× fair",
            *cost,
            COST_MAX,
            whole,
            name,
        )
    }));
    rows
}
