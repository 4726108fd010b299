//! What is measured, one file or folder for each kind of work.

mod apply;
mod corpus;
mod exchange;
mod intake;
mod list;
mod page;
mod search;

use clap::ValueEnum;

use crate::peer::Peers;
use crate::village::{Phone, Village};
use bantin_row::Row;

/// Kinds of work, in the order in which they are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Work {
    /// What the generated notices weigh
    Corpus,
    /// What goes between a phone and its hub: first sync, nothing new, changes, a letter, photos
    Exchange,
    /// Verifying, applying and indexing, beside a bare insert
    Apply,
    /// From the start of the program to the first list
    List,
    /// Searching as one types
    Search,
    /// A first sync over a line that is cut every 64 KB
    Cut,
    /// A first sync at 50 kbit/s
    Slow,
    /// Letters a hub takes in
    Intake,
    /// What a browser loads before the first screen
    Page,
}

/// What is asked of a run.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Only these kinds of work; all if empty.
    pub only: Vec<Work>,
    /// Notices in the feed.
    pub notices: u64,
    /// Without the programs of others: their columns stay empty.
    pub alone: bool,
}

impl Asked {
    fn wants(&self, work: Work) -> bool {
        self.only.is_empty() || self.only.contains(&work)
    }

    fn wants_one_of(&self, works: &[Work]) -> bool {
        works.iter().any(|work| self.wants(*work))
    }
}

/// Measures what is asked and adds to `rows`. What is going on is said on standard error.
///
/// # Errors
/// A program fails or does something else than asked: a figure of it would mean nothing. The rows before it hold.
pub fn measure(asked: &Asked, rows: &mut Vec<Row>) -> anyhow::Result<()> {
    if asked.wants(Work::Corpus) {
        say("weighing the corpus");
        rows.extend(corpus::measure(asked.notices)?);
    }
    let phone = [Work::Exchange, Work::Apply, Work::List, Work::Search];
    let village = [Work::Cut, Work::Slow, Work::Intake];
    if asked.wants_one_of(&[&phone[..], &village[..]].concat()) {
        let peers = match asked.wants_one_of(&[Work::Exchange, Work::Search, Work::Cut]) {
            true if !asked.alone => Peers::fetch()?,
            _ => Peers::none(),
        };
        say(&format!("importing {} notices", asked.notices));
        let mut village = Village::found(asked.notices)?;
        rows.push(
            Row::new("import/time", "s", village.import_seconds)
                .noted("bantin-hub import, folders of at most 5,000 files"),
        );
        if asked.wants_one_of(&phone) {
            with_a_phone(asked, &mut village, &peers, rows)?;
        }
        if asked.wants(Work::Cut) {
            exchange::cut(&mut village, &peers, rows)?;
        }
        if asked.wants(Work::Slow) {
            exchange::slow(&mut village, rows)?;
        }
        if asked.wants(Work::Intake) {
            say("letters into the hub");
            rows.extend(intake::measure(&mut village)?);
        }
    }
    if asked.wants(Work::Page) {
        rows.extend(page::measure()?);
    }
    Ok(())
}

/// What needs a phone that has everything.
fn with_a_phone(
    asked: &Asked,
    village: &mut Village,
    peers: &Peers,
    rows: &mut Vec<Row>,
) -> anyhow::Result<()> {
    let phone: Phone = match asked.wants(Work::Exchange) {
        true => exchange::measure(village, peers, rows)?,
        false => exchange::first_phone(village)?,
    };
    if asked.wants(Work::Apply) {
        rows.push(apply::measure(village, &phone)?);
    }
    if asked.wants(Work::List) {
        say("the first list");
        rows.extend(list::measure(&phone)?);
    }
    if asked.wants(Work::Search) {
        search::measure(village, peers, &phone, rows)?;
    }
    Ok(())
}

fn say(what: &str) {
    eprintln!("bench: {what}");
}
