//! Tables `agency` and `agency_key`.

use async_trait::async_trait;
use bantin_model::id::{Hash, KeyId, PlaceId};
use sqlx::query;
use sqlx::sqlite::SqliteRow;

use super::column::{Columns, int};
use super::migrate::Migration;
use super::{SqliteStore, carried};
use crate::{Agencies, AgencyRow, Result, Side, StoreError};

pub(super) const MIGRATIONS: &[Migration] = &[(
    21,
    "CREATE TABLE agency (
        place TEXT NOT NULL,
        -- '.' = here, empty = above, else the place below whose node told about it.
        side TEXT NOT NULL,
        hash BLOB NOT NULL,
        parcel BLOB NOT NULL,
        key BLOB NOT NULL,
        epoch INTEGER NOT NULL,
        version INTEGER NOT NULL,
        issued_at INTEGER NOT NULL,
        -- 0 once the node that told about it does so no more.
        counts INTEGER NOT NULL DEFAULT 1 CONSTRAINT agency_counts_flag CHECK (counts IN (0, 1)),
        CONSTRAINT agency_once PRIMARY KEY (side, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE agency_key (
        key BLOB NOT NULL CONSTRAINT agency_key_once PRIMARY KEY,
        place TEXT NOT NULL,
        side TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

/// What no place is called.
const HOME: &str = ".";

fn name(side: &Side) -> &str {
    match side {
        Side::Home => HOME,
        Side::Above => "",
        Side::Below(place) => place.as_str(),
    }
}

fn side(name: String) -> Result<Side> {
    Ok(match name.as_str() {
        HOME => Side::Home,
        "" => Side::Above,
        _ => Side::Below(PlaceId::new(name).map_err(|_| StoreError::Damaged("side"))?),
    })
}

fn read(row: &SqliteRow) -> Result<AgencyRow> {
    Ok(AgencyRow {
        place: row.place("place")?,
        side: side(row.text("side")?)?,
        hash: row.hash("hash")?,
        parcel: row.blob("parcel")?,
        key: row.key_id("key")?,
        order: (row.small("epoch")?, row.number("version")?),
        issued_at: row.time("issued_at")?,
    })
}

#[async_trait]
impl Agencies for SqliteStore {
    async fn agencies(&self, side: &Side) -> Result<Vec<AgencyRow>> {
        let select = query(
            "SELECT place, side, hash, parcel, key, epoch, version, issued_at FROM agency
             WHERE side = ?1 AND counts = 1 ORDER BY place",
        );
        let rows = select.bind(name(side)).fetch_all(&self.read).await?;
        rows.iter().map(read).collect()
    }

    async fn agency_nodes(&self) -> Result<Vec<PlaceId>> {
        let select = query(
            "SELECT DISTINCT side FROM agency WHERE side NOT IN ('', '.') AND counts = 1
             ORDER BY side",
        );
        let rows = select.fetch_all(&self.read).await?;
        rows.iter().map(|row| row.place("side")).collect()
    }

    async fn keep_agency(&self, row: &AgencyRow) -> Result<()> {
        let mut tx = self.begin().await?;
        if let Side::Below(node) = &row.side {
            let select = query("SELECT epoch FROM agency WHERE side = ?1 AND place = ?2");
            let select = select.bind(node.as_str()).bind(row.place.as_str());
            let held = select.fetch_optional(&mut *tx).await?;
            let held = held.map(|held| held.small("epoch")).transpose()?;
            if held.is_some_and(|held| held < row.order.0) {
                carried::hand_again(&mut tx, node).await?;
            }
        }
        let insert = query(
            "INSERT INTO agency (place, side, hash, parcel, key, epoch, version, issued_at, counts)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)
             ON CONFLICT (side, place) DO UPDATE SET
                 hash = ?3, parcel = ?4, key = ?5, epoch = ?6, version = ?7, issued_at = ?8, counts = 1
             WHERE (epoch, version, issued_at) <= (?6, ?7, ?8)",
        );
        insert
            .bind(row.place.as_str())
            .bind(name(&row.side))
            .bind(row.hash.as_bytes())
            .bind(&row.parcel)
            .bind(row.key.as_bytes())
            .bind(i64::from(row.order.0))
            .bind(int(row.order.1))
            .bind(int(row.issued_at.0))
            .execute(&mut *tx)
            .await?;
        let insert = query(
            "INSERT INTO agency_key (key, place, side) VALUES (?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET side = ?3 WHERE place = ?2",
        );
        insert
            .bind(row.key.as_bytes())
            .bind(row.place.as_str())
            .bind(name(&row.side))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn keep_only(&self, side: &Side, parcels: &[Hash]) -> Result<()> {
        let names: Vec<String> = parcels.iter().map(|hash| format!("\"{hash}\"")).collect();
        let update = query(
            "UPDATE agency SET counts = hash IN (SELECT unhex(value) FROM json_each(?2))
             WHERE side = ?1",
        );
        let update = update
            .bind(name(side))
            .bind(format!("[{}]", names.join(",")));
        update.execute(&self.write).await?;
        Ok(())
    }

    async fn agency_side(&self, key: &KeyId) -> Result<Option<(PlaceId, Side)>> {
        let select = query("SELECT place, side FROM agency_key WHERE key = ?1");
        let row = select
            .bind(key.as_bytes())
            .fetch_optional(&self.read)
            .await?;
        row.map(|row| Ok((row.place("place")?, side(row.text("side")?)?)))
            .transpose()
    }
}
