//! Table `hub`: one row about the hub itself.

use std::path::Path;

use async_trait::async_trait;
use sqlx::query;

use super::SqliteStore;
use super::column::Columns;
use super::migrate::Migration;
use crate::{Result, States, StoreError};

pub(super) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE hub (
        only INTEGER NOT NULL DEFAULT 1 CONSTRAINT hub_one_row PRIMARY KEY CHECK (only = 1),
        resting INTEGER NOT NULL DEFAULT 0 CONSTRAINT hub_resting_flag CHECK (resting IN (0, 1))
    ) STRICT;
    INSERT INTO hub (only, resting) VALUES (1, 0);",
)];

#[async_trait]
impl States for SqliteStore {
    async fn resting(&self) -> Result<bool> {
        query("SELECT resting FROM hub")
            .fetch_one(&self.read)
            .await?
            .flag("resting")
    }

    async fn set_resting(&self, resting: bool) -> Result<()> {
        let change = query("UPDATE hub SET resting = ?1").bind(i64::from(resting));
        change.execute(&self.write).await?;
        Ok(())
    }

    async fn copy_to(&self, file: &Path) -> Result<()> {
        let name = file.to_str().ok_or(StoreError::Damaged("file name"))?;
        // VACUUM INTO reads one consistent state while others go on writing.
        query("VACUUM INTO ?1")
            .bind(name)
            .execute(&self.write)
            .await?;
        Ok(())
    }

    async fn check(&self) -> Result<Vec<String>> {
        let mut wrong = Vec::new();
        for row in query("PRAGMA integrity_check")
            .fetch_all(&self.read)
            .await?
        {
            let line = row.text("integrity_check")?;
            if line != "ok" {
                wrong.push(line);
            }
        }
        for row in query("PRAGMA foreign_key_check")
            .fetch_all(&self.read)
            .await?
        {
            wrong.push(format!(
                "{} refers to a missing row of {}",
                row.text("table")?,
                row.text("parent")?
            ));
        }
        Ok(wrong)
    }
}
