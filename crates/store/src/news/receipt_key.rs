//! Keys of hubs that sign the receipt *accepted*, proven by the newest heads document.

use bantin_model::letter::{ReceiptKey, Signer};
use sqlx::SqliteConnection;

use super::News;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table receipt_key (
    place text not null,
    key blob not null,
    primary key (place, key)
) strict, without rowid;
";

impl News {
    /// Keys of the hubs of the followed place and those above.
    pub async fn receipt_keys(&self) -> Result<Vec<ReceiptKey>> {
        let sql = "select place, key from receipt_key order by place, key";
        let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(sql).fetch_all(&self.db.readers).await?;
        let key = |(place, key): (String, Vec<u8>)| {
            Ok(ReceiptKey {
                key: column::key(&key)?,
                place: column::place(place)?,
                signer: Signer::Hub,
            })
        };
        rows.into_iter().map(key).collect()
    }
}

pub(super) async fn replace(tx: &mut SqliteConnection, keys: &[ReceiptKey]) -> Result<()> {
    sqlx::query("delete from receipt_key")
        .execute(&mut *tx)
        .await?;
    for key in keys {
        sqlx::query("insert or ignore into receipt_key (place, key) values (?, ?)")
            .bind(key.place.as_str())
            .bind(key.key.as_bytes())
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}
