//! Brings a file to this version. A migration that was shipped is never edited; a change is a new one.

use sqlx::sqlite::SqlitePool;
use sqlx::{Row, raw_sql};

use super::{
    agency, ask, blob, carried, conversation, draft, feed, grant, letter, mail, mirror, officer,
    once, record, root, segment, state,
};
use crate::{Result, StoreError};

/// A step: the version it brings the file to, and its statements.
pub(super) type Migration = (u32, &'static str);

/// All steps, in order of version.
fn all() -> Vec<Migration> {
    let tables: [&[Migration]; 17] = [
        state::MIGRATIONS,
        root::MIGRATIONS,
        feed::MIGRATIONS,
        segment::MIGRATIONS,
        record::MIGRATIONS,
        blob::MIGRATIONS,
        conversation::MIGRATIONS,
        letter::MIGRATIONS,
        mail::MIGRATIONS,
        officer::MIGRATIONS,
        grant::MIGRATIONS,
        draft::MIGRATIONS,
        once::MIGRATIONS,
        mirror::MIGRATIONS,
        carried::MIGRATIONS,
        ask::MIGRATIONS,
        agency::MIGRATIONS,
    ];
    let mut steps: Vec<Migration> = tables.into_iter().flatten().copied().collect();
    steps.sort_by_key(|(version, _)| *version);
    steps
}

/// Runs what is missing, all in one transaction, so that two processes that start at once agree.
pub(super) async fn run(pool: &SqlitePool) -> Result<()> {
    let steps = all();
    let known = steps.last().map_or(0, |(version, _)| *version);
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    let row = sqlx::query("PRAGMA user_version")
        .fetch_one(&mut *tx)
        .await?;
    let found: u32 = row.try_get(0)?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (version, statements) in steps.into_iter().filter(|(version, _)| *version > found) {
        raw_sql(statements).execute(&mut *tx).await?;
        // A pragma takes no parameters; the number is one of ours.
        let mark = sqlx::AssertSqlSafe(format!("PRAGMA user_version = {version}"));
        raw_sql(mark).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_migration_has_a_version_of_its_own() {
        let versions: Vec<u32> = all().into_iter().map(|(version, _)| version).collect();
        let counted: Vec<u32> = (1..=u32::try_from(versions.len()).unwrap()).collect();
        assert_eq!(
            versions, counted,
            "a gap or a repetition would skip a table on some hub"
        );
    }
}
