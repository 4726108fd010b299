//! What is measured, one file for each kind of work.

mod corpus;
mod exchange;
mod intake;
mod list;
mod page;
mod search;

use clap::ValueEnum;

use crate::row::Row;
use crate::village::{Phone, Village};

/// Kinds of work, in the order in which they are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Work {
    /// What the generated notices weigh
    Corpus,
    /// What goes between a phone and its hub: first sync, nothing new, changes, a letter, photos
    Exchange,
    /// From the start of the program to the first list
    List,
    /// Searching as one types
    Search,
    /// Letters a hub takes in
    Intake,
    /// What a browser loads before the first screen
    Page,
}

/// Measures `only`, or everything if it is empty, with `notices` in the feed, and adds to `rows`. What is going on
/// is said on standard error.
///
/// # Errors
/// A program fails or does something else than asked: a figure of it would mean nothing. The rows before it hold.
pub fn measure(only: &[Work], notices: u64, rows: &mut Vec<Row>) -> anyhow::Result<()> {
    let wanted = |work: Work| only.is_empty() || only.contains(&work);
    if wanted(Work::Corpus) {
        say("weighing the corpus");
        rows.extend(corpus::measure(notices)?);
    }
    let village = [Work::Exchange, Work::List, Work::Search, Work::Intake];
    if village.into_iter().any(wanted) {
        say(&format!("importing {notices} notices"));
        let mut village = Village::found(notices)?;
        rows.push(
            Row::new("import", "seconds", village.import_seconds)
                .noted("bantin-hub import, folders of at most 5,000 files"),
        );
        let phone = exchange::measure(&mut village, wanted(Work::Exchange), rows)?;
        on_the_phone(&phone, notices, wanted, rows)?;
        if wanted(Work::Intake) {
            say("letters into the hub");
            rows.extend(intake::measure(&mut village)?);
        }
    }
    if wanted(Work::Page) {
        rows.extend(page::measure()?);
    }
    Ok(())
}

fn on_the_phone(
    phone: &Phone,
    notices: u64,
    wanted: impl Fn(Work) -> bool,
    rows: &mut Vec<Row>,
) -> anyhow::Result<()> {
    if wanted(Work::List) {
        say("the first list");
        rows.extend(list::measure(phone)?);
    }
    if wanted(Work::Search) {
        say("searching");
        rows.extend(search::measure(phone, notices)?);
    }
    Ok(())
}

fn say(what: &str) {
    eprintln!("bench: {what}");
}
