//! What goes between a phone and its hub, and the same work between PouchDB and express-pouchdb, by turns.

mod broken;
mod counts;
mod goals;
mod ours;
mod packed;
mod slow;
mod step;
mod theirs;

use super::say;
use crate::corpus::SEED;
use crate::peer::Peers;
use crate::program::Trace;
use crate::village::{Phone, Village};
use bantin_row::Row;

use ours::Ours;
use theirs::Theirs;

/// Who is measured beside us.
const POUCH: &str = "PouchDB";
/// First syncs timed, each of a new phone.
const FIRST_SYNCS: usize = 3;

/// Only lets a phone fetch everything: other work needs one that has.
pub(super) fn first_phone(village: &mut Village) -> anyhow::Result<Phone> {
    village.serve(false)?;
    let phone = village.phone("mai", false)?;
    say("first sync");
    Ours::new(village).first_sync(&phone)?;
    Ok(phone)
}

/// Everything that goes between a phone and its hub; the phone has all of it afterwards.
pub(super) fn measure(
    village: &mut Village,
    peers: &Peers,
    rows: &mut Vec<Row>,
) -> anyhow::Result<Phone> {
    village.serve(false)?;
    let (notices, folder) = (village.notices, village.path("peer"));
    let mut theirs = Theirs::found(peers, &folder, village.documents())?;
    let phone = village.phone("mai", false)?;
    let mut ours = Ours::new(village);
    for number in 0..FIRST_SYNCS {
        say(&format!("first sync, {} of {FIRST_SYNCS}", number + 1));
        match number {
            0 => ours.first_sync(&phone)?,
            _ => {
                let another = ours.village.phone(&format!("mai-{number}"), false)?;
                ours.first_sync(&another)?;
            }
        }
        if let Some(theirs) = &mut theirs {
            theirs.first_sync()?;
        }
    }
    say("nothing new, changes, a letter, photos");
    ours.later(&phone, SEED + 1)?;
    let photos = ours.photos(&phone)?;
    if let Some(theirs) = &mut theirs {
        theirs.later(ours.village.documents(), &ours::letter(), &photos)?;
    }
    let mut payload = 0;
    for photo in &photos {
        payload += std::fs::metadata(photo)?.len();
    }
    let none = step::Steps::default();
    let peer = theirs.as_ref().map_or(&none, |theirs| &theirs.steps);
    rows.extend(goals::rows(&ours.steps, peer, notices, payload));
    rows.extend(packed::row(ours.village, &ours.steps)?);
    rows.extend(counts::rows(&ours.steps, peer));
    if Trace::possible() {
        say("the same under strace");
        rows.extend(syncs(village)?);
    } else {
        say("no strace here: disk syncs are not counted");
    }
    Ok(phone)
}

/// First syncs over a line that is cut again and again.
pub(super) fn cut(village: &mut Village, peers: &Peers, rows: &mut Vec<Row>) -> anyhow::Result<()> {
    village.serve(false)?;
    let folder = village.path("peer-cut");
    let mut theirs = Theirs::found(peers, &folder, village.documents())?;
    rows.extend(broken::rows(&mut Ours::new(village), theirs.as_mut())?);
    Ok(())
}

/// One first sync over a slow line.
pub(super) fn slow(village: &mut Village, rows: &mut Vec<Row>) -> anyhow::Result<()> {
    village.serve(false)?;
    rows.push(slow::row(&mut Ours::new(village))?);
    Ok(())
}

/// The same work once more, on a phone and a hub whose disk syncs are counted, which slows both down.
fn syncs(village: &mut Village) -> anyhow::Result<Vec<Row>> {
    village.serve(true)?;
    let phone = village.phone("thu", true)?;
    let mut ours = Ours::new(village);
    ours.first_sync(&phone)?;
    ours.later(&phone, SEED + 2)?;
    ours.photos(&phone)?;
    let rows = counts::syncs(&ours.syncs);
    village.serve(false)?;
    Ok(rows)
}
