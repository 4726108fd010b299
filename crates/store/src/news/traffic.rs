//! The first counters of moved bytes, by day alone; [`super::spent`] took them over.

pub(super) const MIGRATION: &str = "
create table traffic (
    -- YYYY-MM-DD
    day text not null primary key,
    bytes integer not null
) strict, without rowid;
";
