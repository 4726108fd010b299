//! Table `officer`: who may sign in.

use async_trait::async_trait;
use sqlx::query;
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::column::{Columns, inserted, int};
use super::migrate::Migration;
use crate::{OfficerRow, Officers, Result};

pub(super) const MIGRATIONS: &[Migration] = &[(
    10,
    "CREATE TABLE officer (
        login TEXT NOT NULL CONSTRAINT officer_key PRIMARY KEY,
        name TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        sign_key BLOB NOT NULL,
        wrapped_key BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        disabled_at INTEGER
    ) STRICT, WITHOUT ROWID;",
)];

fn read(row: &SqliteRow) -> Result<OfficerRow> {
    Ok(OfficerRow {
        login: row.text("login")?,
        name: row.text("name")?,
        password_hash: row.text("password_hash")?,
        sign_key: row.public_key("sign_key")?,
        wrapped_key: row.blob("wrapped_key")?,
        created_at: row.time("created_at")?,
        disabled_at: row.maybe_time("disabled_at")?,
    })
}

#[async_trait]
impl Officers for SqliteStore {
    async fn officer(&self, login: &str) -> Result<Option<OfficerRow>> {
        let select = query(
            "SELECT login, name, password_hash, sign_key, wrapped_key, created_at, disabled_at
             FROM officer WHERE login = ?1",
        );
        let row = select.bind(login).fetch_optional(&self.read).await?;
        row.as_ref().map(read).transpose()
    }

    async fn officers(&self) -> Result<Vec<OfficerRow>> {
        let select = query(
            "SELECT login, name, password_hash, sign_key, wrapped_key, created_at, disabled_at
             FROM officer ORDER BY login",
        );
        select
            .fetch_all(&self.read)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    async fn add_officer(&self, officer: &OfficerRow) -> Result<()> {
        let insert = query(
            "INSERT INTO officer (login, name, password_hash, sign_key, wrapped_key, created_at, disabled_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (login) DO NOTHING",
        );
        let done = insert
            .bind(&officer.login)
            .bind(&officer.name)
            .bind(&officer.password_hash)
            .bind(officer.sign_key.as_bytes())
            .bind(&officer.wrapped_key)
            .bind(int(officer.created_at.0))
            .bind(officer.disabled_at.map(|at| int(at.0)))
            .execute(&self.write)
            .await?;
        inserted(done.rows_affected(), "officer")
    }

    async fn change_officer(&self, officer: &OfficerRow) -> Result<bool> {
        let update = query(
            "UPDATE officer SET name = ?2, password_hash = ?3, sign_key = ?4, wrapped_key = ?5,
                                disabled_at = ?6
             WHERE login = ?1",
        );
        let done = update
            .bind(&officer.login)
            .bind(&officer.name)
            .bind(&officer.password_hash)
            .bind(officer.sign_key.as_bytes())
            .bind(&officer.wrapped_key)
            .bind(officer.disabled_at.map(|at| int(at.0)))
            .execute(&self.write)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}
