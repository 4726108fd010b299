//! Photos taken for a letter. The JPEG itself is a file; this says which there are and what they belong to.

use bantin_model::time::Seconds;

use super::Private;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table photo (
    token text not null primary key,
    width integer not null,
    height integer not null,
    bytes integer not null,
    added_at integer not null,
    -- It belongs to a letter and stays with it.
    used integer not null default 0
) strict, without rowid;
";

/// A photo on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoRow {
    /// Its name.
    pub token: String,
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
    /// Size of the JPEG in bytes.
    pub bytes: u64,
    /// When it was added.
    pub added_at: Seconds,
}

type Row = (String, i64, i64, i64, i64);

fn read(row: Row) -> PhotoRow {
    PhotoRow {
        token: row.0,
        width: u32::try_from(row.1).unwrap_or_default(),
        height: u32::try_from(row.2).unwrap_or_default(),
        bytes: column::unsigned(row.3),
        added_at: column::seconds(row.4),
    }
}

impl Private {
    /// Adds a photo whose file is durable.
    pub async fn add_photo(&self, photo: &PhotoRow) -> Result<()> {
        let sql =
            "insert into photo (token, width, height, bytes, added_at) values (?, ?, ?, ?, ?)";
        sqlx::query(sql)
            .bind(&photo.token)
            .bind(i64::from(photo.width))
            .bind(i64::from(photo.height))
            .bind(column::int(photo.bytes))
            .bind(column::int(photo.added_at.0))
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }

    /// A photo by its name.
    pub async fn photo(&self, token: &str) -> Result<Option<PhotoRow>> {
        let sql = "select token, width, height, bytes, added_at from photo where token = ?";
        let row: Option<Row> = sqlx::query_as(sql)
            .bind(token)
            .fetch_optional(&self.db.readers)
            .await?;
        Ok(row.map(read))
    }

    /// Photos that belong to no letter yet.
    pub async fn loose_photos(&self) -> Result<Vec<PhotoRow>> {
        let sql = "select token, width, height, bytes, added_at from photo where used = 0
                   order by added_at, token";
        let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(&self.db.readers).await?;
        Ok(rows.into_iter().map(read).collect())
    }

    /// Bytes of all photos.
    pub async fn photo_bytes(&self) -> Result<u64> {
        let sql = "select coalesce(sum(bytes), 0) from photo";
        let bytes: i64 = sqlx::query_scalar(sql).fetch_one(&self.db.readers).await?;
        Ok(column::unsigned(bytes))
    }

    /// Forgets a photo; its file is the caller's to delete.
    pub async fn forget_photo(&self, token: &str) -> Result<()> {
        let sql = "delete from photo where token = ? and used = 0";
        sqlx::query(sql)
            .bind(token)
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }
}
