//! Table `officer_grant`: what officers may do.

use async_trait::async_trait;
use bantin_model::time::Validity;
use sqlx::query;
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::column::{Columns, int};
use super::migrate::Migration;
use crate::{GrantRow, Grants, Result, Role, StoreError};

pub(super) const MIGRATIONS: &[Migration] = &[(
    11,
    "CREATE TABLE officer_grant (
        officer TEXT NOT NULL CONSTRAINT officer_grant_officer REFERENCES officer (login),
        place TEXT NOT NULL CONSTRAINT officer_grant_place REFERENCES feed (place),
        role TEXT NOT NULL,
        granted_by TEXT NOT NULL,
        legal_basis TEXT NOT NULL,
        valid_from INTEGER NOT NULL,
        valid_until INTEGER,
        CONSTRAINT officer_grant_key PRIMARY KEY (officer, place, role, valid_from)
    ) STRICT, WITHOUT ROWID;",
)];

#[async_trait]
impl Grants for SqliteStore {
    async fn grants_of(&self, login: &str) -> Result<Vec<GrantRow>> {
        let select = query(
            "SELECT officer, place, role, granted_by, legal_basis, valid_from, valid_until
             FROM officer_grant WHERE officer = ?1 ORDER BY place, role, valid_from",
        );
        let read = |row: &SqliteRow| {
            let role = Role::from_name(&row.text("role")?).ok_or(StoreError::Damaged("role"))?;
            Ok(GrantRow {
                officer: row.text("officer")?,
                place: row.place("place")?,
                role,
                granted_by: row.text("granted_by")?,
                legal_basis: row.text("legal_basis")?,
                valid: Validity {
                    from: row.time("valid_from")?,
                    until: row.maybe_time("valid_until")?,
                },
            })
        };
        select
            .bind(login)
            .fetch_all(&self.read)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    async fn grant(&self, grant: &GrantRow) -> Result<()> {
        let insert = query(
            "INSERT INTO officer_grant (officer, place, role, granted_by, legal_basis, valid_from, valid_until)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (officer, place, role, valid_from) DO UPDATE SET
                granted_by = excluded.granted_by, legal_basis = excluded.legal_basis,
                valid_until = excluded.valid_until",
        );
        insert
            .bind(&grant.officer)
            .bind(grant.place.as_str())
            .bind(grant.role.as_str())
            .bind(&grant.granted_by)
            .bind(&grant.legal_basis)
            .bind(int(grant.valid.from.0))
            .bind(grant.valid.until.map(|at| int(at.0)))
            .execute(&self.write)
            .await?;
        Ok(())
    }
}
