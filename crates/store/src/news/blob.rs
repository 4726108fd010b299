//! Pictures and sound of the news that lie in the device's cache, and which were not used for longest.

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

    /// Takes from the list what must leave so that at most `budget` bytes stay, the longest unused
    /// first, and names it.
    pub async fn evict_blobs(&self, budget: u64) -> Result<Vec<Hash>> {
        let mut held = self.blob_bytes().await?;
        let mut evicted = Vec::new();
        while held > budget {
            let sql = "select hash, bytes from blob order by used_at limit 1";
            let row: Option<(Vec<u8>, i64)> =
                sqlx::query_as(sql).fetch_optional(&self.db.writer).await?;
            let Some((hash, bytes)) = row else { break };
            self.forget_blob(&column::hash(&hash)?).await?;
            evicted.push(column::hash(&hash)?);
            held = held.saturating_sub(column::unsigned(bytes));
        }
        Ok(evicted)
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
