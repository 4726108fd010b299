//! What this device carries for others: records of packs, as they came. Their bytes are files beside
//! the database; here is which of them are whole and meant to be there.

use bantin_model::id::Hash;
use bantin_model::time::Seconds;

use super::Private;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table carried (
    -- As in a pack.
    kind integer not null,
    -- SHA-256 of the record's body.
    hash blob not null,
    bytes integer not null,
    came_at integer not null,
    -- 1: a hub said that it will never take this letter; it goes by hand only.
    refused integer not null default 0,
    primary key (kind, hash)
) strict, without rowid;
create index carried_age on carried (came_at);
";

/// A record that is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CarriedRow {
    /// Its kind, as in a pack.
    pub kind: u16,
    /// SHA-256 of its body.
    pub hash: Hash,
    /// Length of the body.
    pub bytes: u64,
    /// The hub that is followed will never take it.
    pub refused: bool,
}

impl Private {
    /// Everything that is carried, by kind and hash.
    pub async fn carried(&self) -> Result<Vec<CarriedRow>> {
        let sql = "select kind, hash, bytes, refused from carried order by kind, hash";
        let rows: Vec<(i64, Vec<u8>, i64, i64)> =
            sqlx::query_as(sql).fetch_all(&self.db.readers).await?;
        let row = |(kind, hash, bytes, refused): (i64, Vec<u8>, i64, i64)| {
            Ok(CarriedRow {
                kind: u16::try_from(kind).unwrap_or_default(),
                hash: column::hash(&hash)?,
                bytes: column::unsigned(bytes),
                refused: refused != 0,
            })
        };
        rows.into_iter().map(row).collect()
    }

    /// Carries records whose files are durable; those that are carried already stay as they are.
    pub async fn carry(&self, rows: &[CarriedRow], now: Seconds) -> Result<()> {
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        for row in rows {
            let sql = "insert or ignore into carried (kind, hash, bytes, came_at)
                       values (?, ?, ?, ?)";
            sqlx::query(sql)
                .bind(i64::from(row.kind))
                .bind(row.hash.as_bytes())
                .bind(column::int(row.bytes))
                .bind(column::int(now.0))
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Carries these no longer.
    pub async fn put_down(&self, rows: &[(u16, Hash)]) -> Result<()> {
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        for (kind, hash) in rows {
            sqlx::query("delete from carried where kind = ? and hash = ?")
                .bind(i64::from(*kind))
                .bind(hash.as_bytes())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Marks what the hub that is followed will not take.
    pub async fn refuse_carried(&self, kind: u16, hash: &Hash) -> Result<()> {
        sqlx::query("update carried set refused = 1 where kind = ? and hash = ?")
            .bind(i64::from(kind))
            .bind(hash.as_bytes())
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }

    /// What came before `before`.
    pub async fn carried_since_before(&self, before: Seconds) -> Result<Vec<(u16, Hash)>> {
        let sql = "select kind, hash from carried where came_at < ? order by kind, hash";
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(sql)
            .bind(column::int(before.0))
            .fetch_all(&self.db.readers)
            .await?;
        let row = |(kind, hash): (i64, Vec<u8>)| {
            Ok((
                u16::try_from(kind).unwrap_or_default(),
                column::hash(&hash)?,
            ))
        };
        rows.into_iter().map(row).collect()
    }

    /// Whether a letter of this device has this identity.
    pub async fn is_own_letter(&self, id: bantin_model::letter::LetterId) -> Result<bool> {
        let sql = "select exists (select 1 from letter where id = ?)";
        let found: i64 = sqlx::query_scalar(sql)
            .bind(id.0.as_bytes())
            .fetch_one(&self.db.readers)
            .await?;
        Ok(found != 0)
    }

    /// Whether these exact bytes of a receipt are held.
    pub async fn has_receipt(&self, bytes: &[u8]) -> Result<bool> {
        let sql = "select exists (select 1 from receipt where bytes = ?)";
        let found: i64 = sqlx::query_scalar(sql)
            .bind(bytes)
            .fetch_one(&self.db.readers)
            .await?;
        Ok(found != 0)
    }
}
