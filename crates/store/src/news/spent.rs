//! Bytes moved over the network, by day of this device and by what they were for; and what the person
//! allows. Every reported count is durable.

use bantin_model::budget::{DAYS_KEPT, DataKind, Spending};
use bantin_model::conversation::Date;

use super::News;
use crate::{Result, StoreError, column};

pub(super) const MIGRATION: &str = "
create table spent (
    -- YYYY-MM-DD
    day text not null,
    -- bantin_model::budget::DataKind::code
    kind integer not null,
    bytes integer not null,
    primary key (day, kind)
) strict, without rowid;
insert into spent (day, kind, bytes) select day, 0, bytes from traffic;
drop table traffic;
create table data_limits (
    id integer not null primary key check (id = 1),
    -- bantin_model::budget::Limits as JSON; empty before they were set.
    json text not null default ''
) strict;
insert into data_limits (id) values (1);
";

impl News {
    /// Adds to `today`, all kinds or none. Days to come, which a clock that ran ahead counted, become
    /// today's; the newest [`DAYS_KEPT`] days stay.
    pub async fn add_spent(&self, today: Date, moved: &[(DataKind, u64)]) -> Result<()> {
        let day = today.to_string();
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        for (kind, bytes) in moved {
            let sql = "insert into spent (day, kind, bytes) values (?, ?, ?)
                       on conflict (day, kind) do update set bytes = bytes + excluded.bytes";
            sqlx::query(sql)
                .bind(&day)
                .bind(i64::from(kind.code()))
                .bind(column::int(*bytes))
                .execute(&mut *tx)
                .await?;
        }
        let bring = "insert into spent (day, kind, bytes)
                     select ?1, kind, sum(bytes) from spent where day > ?1 group by kind
                     on conflict (day, kind) do update set bytes = bytes + excluded.bytes";
        sqlx::query(bring).bind(&day).execute(&mut *tx).await?;
        let gone = "delete from spent where day > ?1 or day not in
                    (select distinct day from spent order by day desc limit ?2)";
        sqlx::query(gone)
            .bind(&day)
            .bind(column::int(DAYS_KEPT as u64))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The counters.
    pub async fn spending(&self) -> Result<Spending> {
        let sql = "select day, kind, bytes from spent order by day, kind";
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(sql).fetch_all(&self.db.readers).await?;
        let mut spending = Spending::default();
        for (day, kind, bytes) in rows {
            let day = Date::try_from(day).map_err(|_| StoreError::Damaged("day"))?;
            let kind = DataKind::of_code(u8::try_from(kind).unwrap_or_default());
            spending.put(day, kind, column::unsigned(bytes));
        }
        Ok(spending)
    }

    /// What the person allows, as JSON; empty before it was set.
    pub async fn data_limits(&self) -> Result<String> {
        let sql = "select json from data_limits";
        Ok(sqlx::query_scalar(sql).fetch_one(&self.db.readers).await?)
    }

    /// Replaces what the person allows.
    pub async fn set_data_limits(&self, json: &str) -> Result<()> {
        sqlx::query("update data_limits set json = ?")
            .bind(json)
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }
}
