//! Bytes moved over the network, by day of this device.

use super::News;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table traffic (
    -- YYYY-MM-DD
    day text not null primary key,
    bytes integer not null
) strict, without rowid;
";

impl News {
    /// Adds to a day (`YYYY-MM-DD`); days of earlier months are forgotten.
    pub async fn add_traffic(&self, day: &str, bytes: u64) -> Result<()> {
        let sql = "insert into traffic (day, bytes) values (?, ?)
                   on conflict (day) do update set bytes = bytes + excluded.bytes";
        sqlx::query(sql)
            .bind(day)
            .bind(column::int(bytes))
            .execute(&self.db.writer)
            .await?;
        sqlx::query("delete from traffic where day < ?")
            .bind(month(day))
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }

    /// Bytes of that day, and of its month so far.
    pub async fn traffic(&self, day: &str) -> Result<(u64, u64)> {
        let sql = "select coalesce(sum(bytes) filter (where day = ?1), 0), coalesce(sum(bytes), 0)
                   from traffic where day >= ?2 and day <= ?1";
        let (today, all): (i64, i64) = sqlx::query_as(sql)
            .bind(day)
            .bind(month(day))
            .fetch_one(&self.db.readers)
            .await?;
        Ok((column::unsigned(today), column::unsigned(all)))
    }
}

/// The first day of the month, as far as texts compare.
fn month(day: &str) -> &str {
    day.get(..7).unwrap_or(day)
}
