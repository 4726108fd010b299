//! Pictures and sound of the news that lie in the device's cache, and which were not used for longest.

use std::collections::BTreeSet;

use bantin_model::id::Hash;
use bantin_model::time::Seconds;

use super::News;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table blob (
    hash blob not null primary key,
    bytes integer not null,
    used_at integer not null
) strict, without rowid;
create index blob_used on blob (used_at, bytes);
";

impl News {
    /// A blob is in the cache and was used now.
    pub async fn blob_used(&self, hash: &Hash, bytes: u64, now: Seconds) -> Result<()> {
        sqlx::query(
            "insert into blob (hash, bytes, used_at) values (?, ?, ?)
             on conflict (hash) do update set bytes = excluded.bytes, used_at = excluded.used_at",
        )
        .bind(hash.as_bytes())
        .bind(column::int(bytes))
        .bind(column::int(now.0))
        .execute(&self.db.writer)
        .await?;
        Ok(())
    }

    /// Bytes in the cache.
    pub async fn blob_bytes(&self) -> Result<u64> {
        let sql = "select coalesce(sum(bytes), 0) from blob";
        let bytes: i64 = sqlx::query_scalar(sql).fetch_one(&self.db.readers).await?;
        Ok(column::unsigned(bytes))
    }

    /// What must leave so that at most `budget` bytes stay: the longest unused first, nothing of `keep`.
    /// The caller deletes the file and then forgets the row, so that a cut in between leaves no file that
    /// nobody counts.
    pub async fn longest_unused(&self, budget: u64, keep: &BTreeSet<Hash>) -> Result<Vec<Hash>> {
        let mut held = self.blob_bytes().await?;
        let mut leave = Vec::new();
        if held <= budget {
            return Ok(leave);
        }
        let sql = "select hash, bytes from blob order by used_at, hash";
        let rows: Vec<(Vec<u8>, i64)> = sqlx::query_as(sql).fetch_all(&self.db.readers).await?;
        for (hash, bytes) in rows {
            let hash = column::hash(&hash)?;
            if held <= budget {
                break;
            }
            if !keep.contains(&hash) {
                leave.push(hash);
                held = held.saturating_sub(column::unsigned(bytes));
            }
        }
        Ok(leave)
    }

    /// Names of all blobs in the cache.
    pub async fn blobs(&self) -> Result<BTreeSet<Hash>> {
        let rows: Vec<Vec<u8>> = sqlx::query_scalar("select hash from blob")
            .fetch_all(&self.db.readers)
            .await?;
        rows.iter().map(|row| column::hash(row)).collect()
    }

    /// A blob is no longer in the cache.
    pub async fn forget_blob(&self, hash: &Hash) -> Result<()> {
        sqlx::query("delete from blob where hash = ?")
            .bind(hash.as_bytes())
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }
}
