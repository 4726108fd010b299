//! How the person wants it. One row.

use bantin_model::time::Seconds;

use super::Private;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table settings (
    id integer not null primary key check (id = 1),
    -- The settings as JSON; empty before they were set.
    json text not null default '',
    -- When the person last looked at the list of notices.
    looked_at integer not null default 0
) strict;
insert into settings (id) values (1);
";

/// The settings as they are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsRow {
    /// As JSON; empty before they were set.
    pub json: String,
    /// When the person last looked at the list of notices.
    pub looked_at: Seconds,
}

impl Private {
    /// The settings.
    pub async fn settings(&self) -> Result<SettingsRow> {
        let sql = "select json, looked_at from settings";
        let (json, looked_at): (String, i64) =
            sqlx::query_as(sql).fetch_one(&self.db.readers).await?;
        Ok(SettingsRow {
            json,
            looked_at: column::seconds(looked_at),
        })
    }

    /// Replaces the settings.
    pub async fn set_settings(&self, json: &str) -> Result<()> {
        sqlx::query("update settings set json = ?")
            .bind(json)
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }

    /// The person looked at the list of notices.
    pub async fn set_looked(&self, at: Seconds) -> Result<()> {
        sqlx::query("update settings set looked_at = ?1 where looked_at < ?1")
            .bind(column::int(at.0))
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }
}
