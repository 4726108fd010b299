//! How words were found before there were word lists: in virtual tables of FTS5. What has been shipped runs for ever, so
//! that every file becomes today's.

pub(in crate::news) const MIGRATION: &str = "
create virtual table folded using fts5(words, content='', contentless_delete=1,
    tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mc Mn'\");
create virtual table exact using fts5(words, content='', contentless_delete=1, detail=none,
    tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mc Mn'\");
";

/// Words are parted before they come here and asked for one by one, so neither positions nor Unicode's
/// categories are needed: two thirds of the size and of the time. A first sync is written in few pieces
/// if each table may gather 4 MiB in memory.
pub(in crate::news) const MIGRATION_BARE: &str = "
drop table folded;
drop table exact;
create virtual table folded using fts5(words, content='', contentless_delete=1, detail=none,
    tokenize='ascii');
create virtual table exact using fts5(words, content='', contentless_delete=1, detail=none,
    tokenize='ascii');
insert into folded (folded, rank) values ('hashsize', 4194304);
insert into exact (exact, rank) values ('hashsize', 4194304);
";

/// The rows the other way round, and the words that begin as a person types: FTS5 gathers every document
/// of a beginning before it gives the first, of a few whole words it gives the first at once.
pub(in crate::news) const MIGRATION_BACKWARDS: &str = "
drop table folded;
drop table exact;
create virtual table folded using fts5(words, content='', contentless_delete=1, detail=none,
    tokenize='ascii');
create virtual table exact using fts5(words, content='', contentless_delete=1, detail=none,
    tokenize='ascii');
insert into folded (folded, rank) values ('hashsize', 4194304);
insert into exact (exact, rank) values ('hashsize', 4194304);
create table folded_word (word text not null primary key) strict, without rowid;
create table exact_word (word text not null primary key) strict, without rowid;
";
