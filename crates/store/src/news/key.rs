//! A record's key is its moment and a number within that second, so the order of keys is the order of time: what was
//! found in the word lists is in the order in which it is shown.

use std::collections::{BTreeMap, BTreeSet};

use bantin_model::time::Seconds;
use sqlx::SqliteConnection;

use crate::{Result, StoreError, column};

/// A key holds the second above this many bits, and a number within the second in them.
const NUMBER_BITS: u32 = 20;
/// Keys of one second.
const KEYS_A_SECOND: i64 = 1 << NUMBER_BITS;
/// The last second that a key can hold.
const SECOND_MAX: i64 = (i64::MAX >> NUMBER_BITS) - 1;

/// Keys were a day and a number within it. No record's new key is another's old one while they change: those stand below
/// zero meanwhile. `gone` and the ledgers know no keys.
pub(super) const MIGRATION: &str = "
update record set key = -1 - key;
update record set key = new.key from (
    select key as old, (min(max(issued_at, 0), 8796093022206) << 20)
        | (row_number() over (partition by min(max(issued_at, 0), 8796093022206) order by id, place) - 1) as key
    from record) as new
    where record.key = new.old;
";

/// The highest key of each of some seconds (a JSON array of numbers) that has one, those included that word lists still
/// name although their record is gone.
const TAKEN: &str = "select second.value, (
        select max(key) from (
            select max(key) as key from record
                where key >= second.value << 20 and key < (second.value + 1) << 20
            union all
            select max(key) from stale
                where key >= second.value << 20 and key < (second.value + 1) << 20))
    from json_each(?) as second";

/// Gives out keys, in each second from where it stands in the table.
pub(super) struct Keys {
    /// The highest key there is.
    top: i64,
    next: BTreeMap<i64, i64>,
}

impl Keys {
    pub(super) async fn begin(tx: &mut SqliteConnection) -> Result<Self> {
        let sql = "select max(coalesce((select max(key) from record), -1), coalesce((select max(key) from stale), -1))";
        let top = sqlx::query_scalar(sql).fetch_one(tx).await?;
        let next = BTreeMap::new();
        Ok(Self { top, next })
    }

    /// Looks where these seconds stand, before keys of them are asked for.
    pub(super) async fn expect(
        &mut self,
        tx: &mut SqliteConnection,
        moments: impl Iterator<Item = Seconds>,
    ) -> Result<()> {
        let seconds = moments
            .map(second)
            .filter(|second| !self.next.contains_key(second));
        let (before, after): (BTreeSet<i64>, BTreeSet<i64>) =
            seconds.partition(|second| first(*second) <= self.top);
        self.next
            .extend(after.iter().map(|second| (*second, first(*second))));
        if before.is_empty() {
            return Ok(());
        }
        let listed: Vec<String> = before.iter().map(i64::to_string).collect();
        let taken: Vec<(i64, Option<i64>)> = sqlx::query_as(TAKEN)
            .bind(format!("[{}]", listed.join(",")))
            .fetch_all(tx)
            .await?;
        for (second, last) in taken {
            self.next
                .insert(second, last.map_or(first(second), |last| last + 1));
        }
        Ok(())
    }

    /// The next free key of a second that was expected.
    pub(super) fn next(&mut self, issued_at: Seconds) -> Result<i64> {
        let second = second(issued_at);
        let next = self.next.get_mut(&second).ok_or(StoreError::Full)?;
        let key = *next;
        if key >= first(second) + KEYS_A_SECOND {
            return Err(StoreError::Full);
        }
        *next = key + 1;
        Ok(key)
    }
}

fn second(moment: Seconds) -> i64 {
    column::int(moment.0).min(SECOND_MAX)
}

fn first(second: i64) -> i64 {
    second << NUMBER_BITS
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use bantin_model::record::Kind;

    use super::*;
    use crate::Bounds;
    use crate::database::{Database, Schema};
    use crate::news::{MIGRATIONS, News, Window};

    #[tokio::test]
    async fn keys_of_days_become_keys_of_seconds() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("news.db");
        let before = MIGRATIONS.iter().position(|sql| *sql == MIGRATION).unwrap();
        let schema = |migrations| Schema {
            page_bytes: 4096,
            migrations,
        };
        let old = Database::open(&file, Bounds::default(), schema(&MIGRATIONS[..before]))
            .await
            .unwrap();
        // Two of one day that came in the wrong order, two of one second, one from the beginning of time.
        let (day, second) = (20_000_i64, 20_000 * 86_400_i64);
        let rows = [
            (day << 20, second + 60_000),
            ((day << 20) | 1, second + 100),
            ((day << 20) | 2, second + 100),
            (0, 0),
            (1, 5),
        ];
        for (number, (key, issued_at)) in rows.iter().enumerate() {
            sqlx::query("insert into record (key, place, id, kind, issued_at, urgent, received_at, leaf, bytes) values (?1, 'ban-mau', ?2, 1, ?3, ?4, 1, x'00', ?2)")
                .bind(key)
                .bind(vec![number as u8])
                .bind(issued_at)
                .bind(number == 4)
                .execute(&old.writer)
                .await
                .unwrap();
        }
        old.close().await;
        let new = Database::open(&file, Bounds::default(), schema(MIGRATIONS))
            .await
            .unwrap();
        let ids: Vec<Vec<u8>> = sqlx::query_scalar("select id from record order by key")
            .fetch_all(&new.readers)
            .await
            .unwrap();
        assert_eq!(ids.concat(), [3, 4, 1, 2, 0], "the order of time");
        let all = Window {
            offset: 0,
            limit: 9,
        };
        let news = News { db: new.clone() };
        let listed = news.articles(Kind::NOTICE, None, Seconds(0), all).await;
        let listed: Vec<Vec<u8>> = listed.unwrap().into_iter().map(|row| row.bytes).collect();
        assert_eq!(
            listed.concat(),
            [4, 0, 2, 1, 3],
            "Mai's list after the update: what is urgent, then the newest first"
        );
        let mut tx = new.writer.begin().await.unwrap();
        let mut keys = Keys::begin(&mut tx).await.unwrap();
        let moment = Seconds(second as u64 + 100);
        keys.expect(&mut tx, [moment].into_iter()).await.unwrap();
        assert_eq!(
            keys.next(moment).unwrap(),
            first(second + 100) + 2,
            "and the next of a second stands after those that were there"
        );
    }
}
