//! Records that were withdrawn since this device had them: whoever kept one can still read it, and is
//! told that it no longer counts. The newest 200 are kept.

use bantin_model::id::{PlaceId, RecordId};
use sqlx::SqliteConnection;

use super::News;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table gone (
    number integer not null primary key,
    place text not null,
    id blob not null,
    bytes blob not null,
    unique (place, id)
) strict;
";

impl News {
    /// A withdrawn record's exact bytes and the place whose feed it was in.
    pub async fn gone(&self, id: RecordId) -> Result<Option<(PlaceId, Vec<u8>)>> {
        let sql = "select place, bytes from gone where id = ? order by number desc limit 1";
        let row: Option<(String, Vec<u8>)> = sqlx::query_as(sql)
            .bind(id.as_bytes())
            .fetch_optional(&self.db.readers)
            .await?;
        row.map(|(place, bytes)| Ok((column::place(place)?, bytes)))
            .transpose()
    }
}

/// Keeps what `record` holds of a record that is about to leave the set.
pub(super) async fn keep(tx: &mut SqliteConnection, key: i64) -> Result<()> {
    sqlx::query(
        "insert or replace into gone (place, id, bytes)
         select place, id, bytes from record where key = ? and kind in (1, 2, 3)",
    )
    .bind(key)
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// Lets the oldest go.
pub(super) async fn trim(tx: &mut SqliteConnection) -> Result<()> {
    sqlx::query("delete from gone where number <= (select max(number) from gone) - 200")
        .execute(&mut *tx)
        .await?;
    Ok(())
}
