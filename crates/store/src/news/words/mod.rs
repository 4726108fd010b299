//! Which records have a word: word lists in runs. What arrives together becomes a run of its own, written in one go at
//! one place of the file; small runs that follow each other are merged, so there are never many.
//!
//! A run is immutable. A record that goes leaves its key in `stale` until the run that lists it is merged.

mod merge;
mod past;
mod search;
mod write;

pub(super) use merge::merge;
pub(super) use past::{
    MIGRATION as FIRST, MIGRATION_BACKWARDS as BACKWARDS, MIGRATION_BARE as BARE,
};
pub use search::RESULTS_MAX;
pub(super) use search::sql_of;
pub(super) use write::{GATHERED_BYTES_MAX, insert, leave};

/// `run.keys` and `word.records` are as `bantin_search::run` has them. `form`: 0 folded, 1 exact.
pub(super) const MIGRATION: &str = "
drop table folded;
drop table exact;
drop table folded_word;
drop table exact_word;
create table run (
    id integer not null primary key,
    records integer not null,
    keys blob not null
) strict;
create table word (
    run integer not null,
    form integer not null,
    word text not null,
    records blob not null,
    primary key (run, form, word)
) strict, without rowid;
create table stale (key integer not null primary key) strict;
";
